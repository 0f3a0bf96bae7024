"""Cognito's cryptography, client and server side."""
