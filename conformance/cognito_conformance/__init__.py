"""Asks a Cognito endpoint what it does, and judges the answers by the model."""
