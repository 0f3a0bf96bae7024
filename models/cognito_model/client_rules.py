"""Rules that the settings of an app client must keep, whoever sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cognito_model import attributes, clients, regions
from cognito_model.requirements import client_rules as R

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cognito_model.call import Call
    from cognito_model.world import Client, Pool

BUILT_IN_SCOPES = frozenset({"phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"})
UNWRITABLE = frozenset({"sub", "email_verified", "phone_number_verified", "identities"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
DAY = 86400


def check(call: Call, pool: Pool, client: Client, *, doing: str) -> None:
    """Refuse settings of `client` that do not go together. `doing` is "creating" or "updating"."""
    settings = client.settings
    check_validity(call, settings)
    check_flows(call, pool, client)
    check_oauth(call, pool, client)
    check_urls(call, settings)
    check_attributes(call, pool, settings, doing)
    call.refuse_if(
        settings.get("EnablePropagateAdditionalUserContextData") and client.secret is None,
        R.user_context_needs_secret,
    )
    analytics = settings.get("AnalyticsConfiguration") or {}
    application = [analytics.get("ApplicationArn")]
    call.refuse_if(regions.are_elsewhere(call.region, application), R.analytics_is_in_region)
    call.tolerate_if(regions.may_be_elsewhere(call.region, application), R.analytics_is_in_region)
    by_id = analytics.get("ApplicationId")
    call.refuse_if(
        (by_id and not analytics.get("RoleArn")) or (by_id and analytics.get("ApplicationArn")),
        R.analytics_is_of_one_kind,
    )
    providers = pool.resources.get("IdentityProviders", {})
    for name in settings.get("SupportedIdentityProviders") or ():
        call.refuse_if(name != "COGNITO" and name not in providers, R.provider_exists, name, pool.id)


def check_validity(call: Call, settings: Mapping[str, Any]) -> None:
    """Refuse token validities outside their ranges."""
    lives = {kind: clients.seconds(settings, kind) for kind in ("access", "id", "refresh")}
    short = any(not 300 <= lives[kind] <= DAY for kind in ("access", "id"))
    call.refuse_if(short, R.token_validity_in_range)
    # Whether a unit alone makes thirty minutes of the thirty days that are the default is not settled.
    refuse_if = call.guard(call.RefreshTokenValidity)
    refuse_if(not 3600 <= lives["refresh"] <= 3650 * DAY, R.refresh_validity_in_range)
    refuse_if(lives["refresh"] < max(lives["access"], lives["id"]), R.refresh_outlives_access)


def check_flows(call: Call, pool: Pool, client: Client) -> None:
    """Refuse flow names that do not go together."""
    named = client.settings.get("ExplicitAuthFlows") or ()
    legacy = [name for name in named if name in clients.LEGACY_FLOWS]
    modern = [name for name in named if name not in clients.LEGACY_FLOWS]
    call.refuse_if(legacy and modern, R.flows_of_one_kind)
    refreshes = "ALLOW_REFRESH_TOKEN_AUTH" in modern
    # Beside rotation the flow was seen to be refused; its absence without rotation was in 2020, and is taken today.
    wrong = modern and refreshes == clients.rotates(client)
    call.tolerate_if(wrong, R.refresh_flow_is_allowed, likely=refreshes)
    is_lite = pool.settings["UserPoolTier"] == "LITE"
    call.tolerate_if("ALLOW_USER_AUTH" in modern and is_lite, R.user_auth_needs_essentials)
    call.tolerate_if(clients.rotates(client) and is_lite, R.rotation_needs_essentials)


def check_oauth(call: Call, pool: Pool, client: Client) -> None:
    """Refuse OAuth settings that do not go together."""
    settings = client.settings
    flows = settings.get("AllowedOAuthFlows") or ()
    scopes = settings.get("AllowedOAuthScopes") or ()
    call.refuse_if(
        settings.get("AllowedOAuthFlowsUserPoolClient") and not (flows and scopes),
        R.oauth_needs_flows_and_scopes,
    )
    refuse_if = oauth_guard(call, settings)
    redirects = "code" in flows or "implicit" in flows
    refuse_if(redirects and not settings.get("CallbackURLs"), R.code_flow_needs_callback)
    if "client_credentials" in flows:
        refuse_if(client.secret is None, R.client_credentials_needs_secret)
        refuse_if(len(flows) > 1, R.client_credentials_is_alone)
        about_users = [scope for scope in scopes if scope in BUILT_IN_SCOPES]
        certain = [scope for scope in about_users if scope in ("openid", "email")]
        wrong = R.client_credentials_has_custom_scopes
        refuse_if(certain, wrong, *certain[:1])
        call.tolerate_if(about_users and not certain, wrong, *about_users[:1], likely=True)
    known = custom_scopes(pool)
    for scope in scopes:
        refuse_if(scope not in BUILT_IN_SCOPES and scope not in known, R.scope_exists, scope)


def oauth_guard(call: Call, settings: Mapping[str, Any]) -> Callable[..., None]:
    """The guard of a rule about OAuth settings: sources have a client that uses OAuth; of others nothing is known."""
    return call.guard(settings.get("AllowedOAuthFlowsUserPoolClient"))


def custom_scopes(pool: Pool) -> frozenset[str]:
    """The scopes of the pool's resource servers, each as identifier/name."""
    servers = pool.resources.get("ResourceServers", {})
    return frozenset(
        f"{identifier}/{scope['ScopeName']}"
        for identifier, server in servers.items()
        for scope in server.members.get("Scopes") or ()
    )


def check_urls(call: Call, settings: Mapping[str, Any]) -> None:
    """Refuse redirect URLs that OAuth does not allow."""
    refuse_if = oauth_guard(call, settings)
    callbacks = settings.get("CallbackURLs") or ()
    for url in callbacks:
        parts = _split(url)
        refuse_if(parts is None or not parts[0], R.callback_is_absolute)
        refuse_if(parts is not None and parts[2], R.callback_has_no_fragment, url)
    for url in (*callbacks, *(settings.get("LogoutURLs") or ())):
        parts = _split(url)
        refuse_if(parts is not None and parts[0] == "http" and parts[1] not in LOOPBACK, R.url_is_https, url)
    default = settings.get("DefaultRedirectURI")
    refuse_if(default is not None and default not in callbacks, R.default_redirect_is_callback, default)


def _split(url: Any) -> tuple[str, str | None, str] | None:
    """Scheme, host and fragment of a URL, or None where it is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except (ValueError, TypeError, AttributeError):
        return None
    return parts.scheme, host, parts.fragment


def check_attributes(call: Call, pool: Pool, settings: Mapping[str, Any], doing: str) -> None:
    """Refuse lists of attributes that the pool does not have, or that no client writes."""
    known = attributes.schema(pool)
    readable = settings.get("ReadAttributes") or ()
    writable = settings.get("WriteAttributes") or ()
    invalid = f"Invalid write attributes specified while {doing} a client"
    call.refuse_if(
        any(name not in known for name in readable),
        R.read_attributes_exist,
        f"Invalid read attributes specified while {doing} a client",
    )
    call.refuse_if(
        any(name not in known or name in UNWRITABLE for name in writable),
        R.write_attributes_are_writable,
        invalid,
    )
    required = [name for name, attribute in known.items() if attribute.get("Required") and name != "sub"]
    # Whether an update is refused for it nobody tried.
    blame = call.refuse_if if call.operation == "CreateUserPoolClient" else call.tolerate_if
    lacking = writable and any(name not in writable for name in required)
    blame(lacking, R.required_attributes_are_writable, invalid)
