"""What an app client permits: flows, how long tokens and sessions count, which attributes it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call
    from cognito_model.world import Client

DEFAULT_FLOWS = frozenset({"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"})
"""What a client without ExplicitAuthFlows supports (fact default-explicit-auth-flows)."""

LEGACY_FLOWS: Mapping[str, str] = {
    "ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH",
    "CUSTOM_AUTH_FLOW_ONLY": "ALLOW_CUSTOM_AUTH",
}
"""The older names, and what each stands for; they add to the default flows and do not replace them."""

_FLOW: Mapping[str, str] = {
    "USER_SRP_AUTH": "ALLOW_USER_SRP_AUTH",
    "REFRESH_TOKEN_AUTH": "ALLOW_REFRESH_TOKEN_AUTH",
    "REFRESH_TOKEN": "ALLOW_REFRESH_TOKEN_AUTH",
    "CUSTOM_AUTH": "ALLOW_CUSTOM_AUTH",
    "ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ADMIN_USER_PASSWORD_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH",
    "USER_AUTH": "ALLOW_USER_AUTH",
}
SECONDS: Mapping[str, int] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_VALIDITY: Mapping[str, tuple[str, str, str, int]] = {
    "access": ("AccessTokenValidity", "AccessToken", "hours", 3600),
    "id": ("IdTokenValidity", "IdToken", "hours", 3600),
    "refresh": ("RefreshTokenValidity", "RefreshToken", "days", 30 * 86400),
}
DEFAULT_SESSION_MINUTES = 3


def effective_flows(explicit: Any) -> frozenset[str]:
    """The ALLOW_* flows that a list of ExplicitAuthFlows comes to."""
    named = frozenset(explicit or ())
    if not named:
        return DEFAULT_FLOWS
    legacy = frozenset(LEGACY_FLOWS[name] for name in named if name in LEGACY_FLOWS)
    if not legacy:
        return named
    base = DEFAULT_FLOWS - {"ALLOW_USER_SRP_AUTH"} if "CUSTOM_AUTH_FLOW_ONLY" in named else DEFAULT_FLOWS
    return base | legacy | frozenset(name for name in named if name not in LEGACY_FLOWS)


def allows_flow(client: Client, flow: str) -> bool:
    """Whether the client may be signed in through with this AuthFlow of InitiateAuth or AdminInitiateAuth.

    Token rotation takes REFRESH_TOKEN_AUTH away, since GetTokensFromRefreshToken replaces it.
    """
    wanted = _FLOW.get(flow)
    if wanted == "ALLOW_REFRESH_TOKEN_AUTH" and rotates(client):
        return False
    return wanted in effective_flows(client.settings.get("ExplicitAuthFlows"))


def rotates(client: Client) -> bool:
    """Whether refresh tokens of the client are rotated."""
    rotation = client.settings.get("RefreshTokenRotation") or {}
    return bool(rotation.get("Feature") == "ENABLED")


def rotation_grace_seconds(client: Client) -> int:
    """For how many seconds a refresh token that was rotated out still counts."""
    return int((client.settings.get("RefreshTokenRotation") or {}).get("RetryGracePeriodSeconds") or 0)


def seconds(settings: Mapping[str, Any], kind: str) -> int:
    """How long a token of this kind counts, in seconds, by the settings of a client."""
    member, unit_member, default_unit, default = _VALIDITY[kind]
    value = settings.get(member)
    if not value:
        return default
    unit = (settings.get("TokenValidityUnits") or {}).get(unit_member, default_unit)
    return int(value) * SECONDS.get(unit, SECONDS[default_unit])


def validity_seconds(client: Client, kind: str) -> int:
    """How long a token of this kind ("access", "id", "refresh") of the client counts, in seconds."""
    return seconds(client.settings, kind)


def auth_session_seconds(client: Client) -> int:
    """How long a challenge's session counts, in seconds."""
    return int(client.settings.get("AuthSessionValidity") or DEFAULT_SESSION_MINUTES) * 60


def may_read(client: Client, attribute: str) -> bool:
    """Whether a token of the client shows this attribute of its user. `sub` is always shown."""
    readable = client.settings.get("ReadAttributes")
    return not readable or attribute == "sub" or attribute in readable


def other_secrets(client: Client) -> tuple[Any, ...]:
    """The secrets of a client beside the one that it was made with, or that has come in its place."""
    kept = client.settings.get("_secrets") or ()
    return tuple(secret["value"] for secret in kept if secret["value"] != client.secret)


def knows_secret(call: Call, client: Client, given: Any) -> bool:
    """Whether `given` is a secret of the client."""
    return any(call.same(given, secret) for secret in (client.secret, *other_secrets(client)))
