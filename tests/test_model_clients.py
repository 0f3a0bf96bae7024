"""App clients: made, described, listed, deleted, with their defaults."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Bag, Exactly, unwrap
from cognito_model.requirements import catalogue
from cognito_model.terms import Fresh, Junk
from support.drive import Drive, plain
from support.expectations import reasons, rests_on


def with_pool() -> tuple[Drive, Fresh]:
    """A world with one pool in it, and the pool's id."""
    drive = Drive()
    return drive, drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]


def shown(**params: object) -> dict[str, object]:
    """The UserPoolClient that DescribeUserPoolClient must show for a client made with these settings."""
    drive, pool = with_pool()
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app", **params)["UserPoolClient"]
    outcome = drive.outcome("DescribeUserPoolClient", UserPoolId=pool, ClientId=made["ClientId"])
    assert "clients/describes-client" in rests_on(outcome)
    return outcome.replies[0].members["UserPoolClient"]


def test_creation_answers_client():
    """CreateUserPoolClient makes an app client and answers with its id, its name and its pool."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateUserPoolClient", UserPoolId=pool, ClientName="app")
    assert "clients/creates-client" in rests_on(outcome)
    made = plain(outcome.replies[0].members)["UserPoolClient"]
    assert (made["ClientId"], made["UserPoolId"], made["ClientName"]) == (Fresh("ClientId", 2), pool, "app")


@pytest.mark.parametrize(
    ("member", "requirement", "value"),
    [
        ("RefreshTokenValidity", "refresh-token-counts-thirty-days", 30),
        ("EnableTokenRevocation", "revocation-is-on", True),
        ("EnablePropagateAdditionalUserContextData", "user-context-is-not-propagated", False),
        ("AuthSessionValidity", "session-counts-three-minutes", 3),
        ("AllowedOAuthFlowsUserPoolClient", "oauth-is-off", False),
    ],
)
def test_bare_client_shows_default(member, requirement, value):
    """A setting that CreateUserPoolClient was not given has its documented default."""
    found = shown()[member]
    assert reasons(found) == {f"clients/{requirement}"}
    assert plain(found) is value or plain(found) == value


@pytest.mark.parametrize(
    "member",
    [
        "AccessTokenValidity",
        "ExplicitAuthFlows",
        "ReadAttributes",
        "CallbackURLs",
        "PreventUserExistenceErrors",
    ],
)
def test_bare_client_shows_no_other_member(member):
    """A client does not show validities, flows, attributes or URLs that nobody set."""
    found = shown()[member]
    assert reasons(found) == {"clients/shows-no-unset-member"}
    assert plain(found) is ABSENT or ABSENT in plain(found).choices


def test_given_values_are_shown():
    """The settings that CreateUserPoolClient was given are the client's settings."""
    client = shown(IdTokenValidity=1, AuthSessionValidity=15, TokenValidityUnits={"IdToken": "days"})
    for member in ("IdTokenValidity", "AuthSessionValidity", "TokenValidityUnits"):
        assert reasons(client[member]) == {"clients/keeps-settings"}
    assert plain(client["TokenValidityUnits"]) == {"IdToken": "days"}


def test_given_lists_are_shown_in_any_order():
    """A list that a client is created with holds the same items afterwards, in any order."""
    client = shown(ExplicitAuthFlows=["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
    assert reasons(client["ExplicitAuthFlows"]) == {"clients/keeps-lists"}
    assert unwrap(client["ExplicitAuthFlows"]) == Bag(("ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"))


def test_refresh_validity_zero_is_default():
    """A client with RefreshTokenValidity 0 shows 30."""
    assert plain(shown(RefreshTokenValidity=0)["RefreshTokenValidity"]) == 30


def test_rotation_that_is_off_has_no_grace():
    """A rotation that is disabled shows a grace period of 0 seconds."""
    rotation = shown(RefreshTokenRotation={"Feature": "DISABLED", "RetryGracePeriodSeconds": 10})
    assert plain(rotation["RefreshTokenRotation"]) == {"Feature": "DISABLED", "RetryGracePeriodSeconds": 0}


def test_generated_secret_is_shown():
    """A client that was created with GenerateSecret shows its secret, of Cognito's form."""
    secret = shown(GenerateSecret=True)["ClientSecret"]
    assert reasons(secret) == {"clients/secret-is-shown", "clients/secret-has-form"}
    assert catalogue()["clients/secret-has-form"].level == "SHOULD"  # a form, which no client need know
    assert unwrap(secret.parts[-1]) == Fresh("ClientSecret", 2)


def test_chosen_secret_may_stay_hidden():
    """A client that was created with a ClientSecret shows it, or hides it."""
    secret = plain(shown(ClientSecret="chosenSecretOfTwentyFourOrMore")["ClientSecret"])
    assert secret.choices == ("chosenSecretOfTwentyFourOrMore", ABSENT)


def test_public_client_shows_no_secret():
    """A client that was created without GenerateSecret shows no secret."""
    secret = shown()["ClientSecret"]
    assert reasons(secret) == {"clients/no-secret-unless-asked"}
    assert plain(secret) is ABSENT


def test_deleted_client_is_gone():
    """DeleteUserPoolClient deletes the app client."""
    drive, pool = with_pool()
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]
    one = {"UserPoolId": pool, "ClientId": made["ClientId"]}
    assert "clients/deletes-client" in rests_on(drive.outcome("DeleteUserPoolClient", **one))
    drive.call("DeleteUserPoolClient", **one)
    assert drive.refused("DescribeUserPoolClient", **one) == {"clients/deletes-client"}
    assert drive.refused("DeleteUserPoolClient", **one) == {"clients/deletes-client"}


def test_client_of_another_pool_is_refused():
    """An operation that names a pool and an app client of another pool is refused."""
    drive, pool = with_pool()
    other = drive.call("CreateUserPool", PoolName="others")["UserPool"]["Id"]
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]
    refused = drive.refused("DescribeUserPoolClient", UserPoolId=other, ClientId=made["ClientId"])
    assert refused == {"common/client-belongs-to-pool"}
    refused = drive.refused("DescribeUserPoolClient", UserPoolId=pool, ClientId=Junk("ClientId"))
    assert refused == {"common/client-exists"}


def test_clients_are_listed_briefly():
    """ListUserPoolClients lists every app client once, with just id, pool and name."""
    drive, pool = with_pool()
    ids = [
        drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName=name)["UserPoolClient"]["ClientId"]
        for name in ("one", "two")
    ]
    outcome = drive.outcome("ListUserPoolClients", UserPoolId=pool)
    assert {"clients/lists-clients", "clients/listed-client-is-brief"} <= rests_on(outcome)
    page = outcome.replies[0].members["UserPoolClients"]
    assert page.required == frozenset(ids)
    brief = unwrap(page.items[ids[0]])
    assert isinstance(brief, Exactly)
    assert plain(dict(brief.members)) == {"ClientId": ids[0], "UserPoolId": pool, "ClientName": "one"}
    page = (
        drive.outcome("ListUserPoolClients", UserPoolId=pool, MaxResults=1)
        .replies[0]
        .members["UserPoolClients"]
    )
    assert (page.limit, page.required) == (1, frozenset(ids))
    dynamic = drive.outcome("ListUserPoolClients", UserPoolId=pool, ClientType="DCR")
    assert not dynamic.replies[0].members["UserPoolClients"].items
