"""Pools and app clients looked at, changed and listed."""

from __future__ import annotations

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model.terms import Junk

FLOWS = (
    ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ["USER_PASSWORD_AUTH"],
    ["ADMIN_NO_SRP_AUTH"],
)


@command("DescribeUserPool", "pools", "listing", weight=4)
@command("DescribeUserPool", "life cycle", weight=1)
def describe_user_pool(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


@command("ListUserPools", "pools", weight=2)
def list_user_pools(pick: Pick) -> Params:
    following = roles.next_page(pick, "ListUserPools")
    if following is not None:
        return following
    most = pick.of([0, 61]) if pick.goes_wrong() else pick.of([60, 60, 10, 1])
    return without_none(MaxResults=most)


@command("UpdateUserPool", "pools", weight=3)
def update_user_pool(pick: Pick) -> Params:
    return without_none(
        UserPoolId=roles.pool_id(pick),
        AutoVerifiedAttributes=pick.maybe(30, lambda: ["email"]),
        Policies=pick.maybe(
            40, lambda: {"PasswordPolicy": {"MinimumLength": 5 if pick.goes_wrong() else pick.of([8, 10])}}
        ),
        DeletionProtection=pick.maybe(20, lambda: pick.of(["ACTIVE", "INACTIVE"])),
        PoolName=pick.maybe(20, lambda: f"renamed-{pick.step}"),
    )


@command("DeleteUserPool", "pools", weight=1)
def delete_user_pool(pick: Pick) -> Params:
    return {"UserPoolId": Junk("PoolId", 3)}


@command("AddCustomAttributes", "pools", weight=2)
def add_custom_attributes(pick: Pick) -> Params:
    name = pick.of(["department", "x" * 21]) if pick.goes_wrong() else f"extra{pick.step}"
    required = {"Required": True} if pick.goes_wrong() else {}
    entry = {"Name": name, "AttributeDataType": pick.of(["String", "Number"]), **required}
    return {"UserPoolId": roles.pool_id(pick), "CustomAttributes": [entry]}


@command("CreateUserPoolClient", "pools", weight=4)
def create_user_pool_client(pick: Pick) -> Params:
    return without_none(
        UserPoolId=roles.pool_id(pick), ClientName=f"client-{pick.step}", **_client_settings(pick)
    )


@command("UpdateUserPoolClient", "pools", weight=3)
def update_user_pool_client(pick: Pick) -> Params:
    client = pick.client()
    settings = _client_settings(pick)
    settings.pop("GenerateSecret", None)
    return without_none(UserPoolId=roles.pool_id(pick), ClientId=roles.client_id(pick, client), **settings)


@command("DescribeUserPoolClient", "pools", weight=3)
def describe_user_pool_client(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "ClientId": roles.client_id(pick, pick.client())}


@command("ListUserPoolClients", "pools", weight=2)
def list_user_pool_clients(pick: Pick) -> Params:
    following = roles.next_page(pick, "ListUserPoolClients")
    if following is not None:
        return following
    most = 61 if pick.goes_wrong() else pick.of([None, 1, 2, 60])
    return without_none(UserPoolId=roles.pool_id(pick), MaxResults=most)


@command("DeleteUserPoolClient", "pools", weight=1)
def delete_user_pool_client(pick: Pick) -> Params:
    clients = list(pick.pool.clients)
    return {
        "UserPoolId": roles.pool_id(pick),
        "ClientId": Junk("ClientId", 4) if pick.goes_wrong() or len(clients) < 2 else clients[-1],
    }


def _client_settings(pick: Pick) -> Params:
    validity = -1 if pick.goes_wrong() else pick.of([1, 5, 24, 1440])
    return {
        "ExplicitAuthFlows": pick.maybe(
            60, lambda: ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] if pick.goes_wrong() else pick.of(FLOWS)
        ),
        "AccessTokenValidity": pick.maybe(40, lambda: validity),
        "TokenValidityUnits": pick.maybe(40, lambda: {"AccessToken": pick.of(["minutes", "hours"])}),
        "RefreshTokenValidity": pick.maybe(30, lambda: 4000 if pick.goes_wrong() else pick.of([1, 30])),
        "PreventUserExistenceErrors": pick.maybe(40, lambda: pick.of(["ENABLED", "LEGACY"])),
        "GenerateSecret": pick.maybe(20, lambda: True),
        "ReadAttributes": pick.maybe(25, lambda: ["no_such"] if pick.goes_wrong() else ["email", "name"]),
        "WriteAttributes": pick.maybe(
            25, lambda: ["email_verified"] if pick.goes_wrong() else ["email", "name"]
        ),
        "AuthSessionValidity": pick.maybe(20, lambda: 16 if pick.goes_wrong() else pick.of([3, 15])),
        "EnableTokenRevocation": pick.maybe(20, lambda: pick.chance(50)),
    }
