"""An app client as Create-, Describe- and UpdateUserPoolClient show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, Bag, Because, Both, Exactly, OneOf, Pattern
from cognito_model.requirements import clients as R
from cognito_model.settings import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.world import Client

LISTS = (
    "ReadAttributes",
    "WriteAttributes",
    "ExplicitAuthFlows",
    "SupportedIdentityProviders",
    "CallbackURLs",
    "LogoutURLs",
    "AllowedOAuthFlows",
    "AllowedOAuthScopes",
)
SCALARS = (
    "RefreshTokenValidity",
    "AccessTokenValidity",
    "IdTokenValidity",
    "TokenValidityUnits",
    "DefaultRedirectURI",
    "AllowedOAuthFlowsUserPoolClient",
    "AnalyticsConfiguration",
    "PreventUserExistenceErrors",
    "EnableTokenRevocation",
    "EnablePropagateAdditionalUserContextData",
    "AuthSessionValidity",
    "RefreshTokenRotation",
)
NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(LISTS, OneOf.of(ABSENT, [])),
    "AccessTokenValidity": ABSENT,
    "IdTokenValidity": ABSENT,
    "PreventUserExistenceErrors": OneOf.of(ABSENT, "LEGACY"),
    "DefaultRedirectURI": ABSENT,
    "AnalyticsConfiguration": ABSENT,
    "TokenValidityUnits": OneOf.of(Exactly({}), ABSENT),
}
"""What a member looks like that nobody set."""

_SECRET = Pattern(r"[a-z0-9]{40,64}", "")
_SERVICE_ROLE = Pattern(
    r"arn:aws[\w-]*:iam::[0-9]{12}:role/aws-service-role/cognito-idp\.amazonaws\.com/AWSServiceRoleForAmazonCognitoIdp",
    "arn:aws:iam::123456789012:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp",
)


def user_pool_client(client: Client, modified: Any) -> dict[str, Any]:
    """UserPoolClientType of the client; `modified` is what LastModifiedDate must look like."""
    settings = client.settings
    members: dict[str, Any] = {
        "UserPoolId": client.pool,
        "ClientName": shown(client, "ClientName", settings["ClientName"]),
        "ClientId": client.id,
        "ClientSecret": secret(client),
        "CreationDate": client.created,
        "LastModifiedDate": modified,
    }
    for name in SCALARS:
        if name in settings:
            members[name] = shown(client, name, settings[name])
    if settings.get("AnalyticsConfiguration"):
        members["AnalyticsConfiguration"] = shown(client, "AnalyticsConfiguration", analytics(settings))
    for name in LISTS:
        if settings.get(name):
            members[name] = shown(client, name, Bag(tuple(settings[name])))
    for name, value in NOTHING.items():
        if name not in members:
            members[name] = shown(client, name, value, R.shows_no_unset_member)
    return members


def analytics(settings: Mapping[str, Any]) -> dict[str, Any]:
    """AnalyticsConfiguration: as it was given; no data are shared unless it was asked for."""
    given = settings["AnalyticsConfiguration"]
    shown_too: dict[str, Any] = {"UserDataShared": Because(False, R.analytics_share_nothing)}
    if "ApplicationArn" in given:
        # Recorded of AWS; a target may have no such role.
        shown_too["RoleArn"] = OneOf.of(_SERVICE_ROLE, ABSENT)
    return {**shown_too, **given}


def secret(client: Client) -> Any:
    """ClientSecret: the one that was generated; a chosen one may stay hidden."""
    if client.secret is None:
        return Because(ABSENT, R.no_secret_unless_asked)
    if client.settings.get("_secret") == "chosen":
        return Because(OneOf.of(client.secret, ABSENT), R.secret_is_shown)
    if client.settings.get("_secret") == "added":
        return OneOf.of(ABSENT, client.secret)
    return Both.of(Because(_SECRET, R.secret_has_form), Because(client.secret, R.secret_is_shown))
