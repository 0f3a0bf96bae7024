"""Bytes out and in: the service model, the clients, the answers."""
