"""Resource servers, identity providers, domains and tags."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none


def _existing(pick: Pick, table: str, otherwise: str) -> str:
    known = [key for key in pick.pool.resources.get(table, {}) if isinstance(key, str)]
    if pick.goes_wrong() or not known:
        return otherwise
    return pick.of(known)


@command("CreateResourceServer", "pools", weight=2)
def create_resource_server(pick: Pick) -> Params:
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("write", "read", "admin")]
    known = list(pick.pool.resources.get("ResourceServers", {}))
    taken = pick.goes_wrong() and known
    return without_none(
        UserPoolId=roles.pool_id(pick),
        Identifier=known[-1] if taken else f"https://api{pick.step}.example.com",
        Name=f"api {pick.step}",
        Scopes=pick.maybe(60, lambda: scopes[: pick.index(3) + 1]),
    )


@command("DescribeResourceServer", "pools", weight=2)
def describe_resource_server(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Identifier": _existing(pick, "ResourceServers", "https://none"),
    }


@command("UpdateResourceServer", "pools", weight=1)
def update_resource_server(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Identifier": _existing(pick, "ResourceServers", "https://none"),
        "Name": f"renamed {pick.step}",
    }


@command("ListResourceServers", "pools", weight=1)
def list_resource_servers(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "MaxResults": 51 if pick.goes_wrong() else 50}


@command("DeleteResourceServer", "pools", weight=1)
def delete_resource_server(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Identifier": _existing(pick, "ResourceServers", "https://none"),
    }


@command("CreateIdentityProvider", "pools", weight=1)
def create_identity_provider(pick: Pick) -> Params:
    details: dict[str, Any] = {"client_id": "id", "client_secret": "secret", "authorize_scopes": "openid"}
    return {
        "UserPoolId": roles.pool_id(pick),
        "ProviderName": "MyGoogle" if pick.goes_wrong() else "Google",
        "ProviderType": "Google",
        "ProviderDetails": details,
    }


@command("DescribeIdentityProvider", "pools", weight=1)
def describe_identity_provider(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "ProviderName": _existing(pick, "IdentityProviders", "NoProvider"),
    }


@command("ListIdentityProviders", "pools", weight=1)
def list_identity_providers(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "MaxResults": 60}


@command("CreateUserPoolDomain", "pools", weight=1)
def create_user_pool_domain(pick: Pick) -> Params:
    domain = (
        pick.of(["my-aws-login", "Upper_Case"])
        if pick.goes_wrong()
        else f"conf-{pick.step}-{pick.index(999983)}"
    )
    return {"UserPoolId": roles.pool_id(pick), "Domain": domain}


@command("DescribeUserPoolDomain", "pools", weight=1)
def describe_user_pool_domain(pick: Pick) -> Params:
    known = [domain for domain in pick.world.domains if isinstance(domain, str)]
    return {"Domain": pick.of(known) if known and not pick.goes_wrong() else "no-such-domain-here"}


@command("GetCSVHeader", "pools", weight=1)
def get_csv_header(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}
