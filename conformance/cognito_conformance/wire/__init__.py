"""Bytes out and in: the service model, the clients, the answers.

What sends is `wire.client` (`connect`, `Client`), what comes back is `wire.answer.Answer`, and what both are
measured with is `wire.service`, botocore's model of the API.
"""
