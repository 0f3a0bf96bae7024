"""The functions for Lambda triggers that the reference server has, under ARNs of its own: it needs no Lambda for them."""

from __future__ import annotations

from cognito_conformance.server.values import ACCOUNT
from cognito_model.functions import ROLES, SENDER_KEY
from cognito_model.terms import Function


def arn(role: str, region: str = "us-east-1") -> str | None:
    """The ARN of the function (or key) with this role, or None for a role that nobody knows."""
    if role == SENDER_KEY:
        return f"arn:aws:kms:{region}:{ACCOUNT}:key/cognito-conformance"
    return f"arn:aws:lambda:{region}:{ACCOUNT}:function:cognito-conformance-{role}" if role in ROLES else None


def terms(region: str) -> dict[str, Function]:
    """The functions of a region, by ARN."""
    return {str(arn(role, region)): Function(role) for role in ROLES}
