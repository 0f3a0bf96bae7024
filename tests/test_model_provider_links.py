"""Identities of other providers that are linked to local users."""

from __future__ import annotations

from typing import Any

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.judge.judge import Judge
from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_model.expect import ABSENT, Both, OneOf, unwrap
from cognito_model.model import Model, Request
from cognito_model.terms import Fresh
from support.expectations import rests_on, tolerated
from support.people import GOOD, Town

GOOGLE = {
    "ProviderName": "Google",
    "ProviderType": "Google",
    "ProviderDetails": {"client_id": "x", "client_secret": "y", "authorize_scopes": "email"},
}


def someone(provider: str, value: Any) -> dict[str, Any]:
    """A ProviderUserIdentifierType."""
    return {
        "ProviderName": provider,
        "ProviderAttributeName": "Cognito_Subject",
        "ProviderAttributeValue": value,
    }


def town() -> Town:
    """A pool with a Google provider, and Ann in it."""
    made = Town()
    made.drive.call("CreateIdentityProvider", UserPoolId=made.id, **GOOGLE)
    made.admin("AdminCreateUser", "ann")
    return made


def link(made: Town, source: dict[str, Any], destination: Any = "ann") -> dict[str, Any]:
    """The params that link an identity to a user."""
    return {
        "UserPoolId": made.id,
        "SourceUser": source,
        "DestinationUser": someone("Cognito", destination),
    }


def test_linked_identity_is_shown():
    """AdminLinkProviderForUser answers with nothing, and the user's identities show the provider and the id."""
    made = town()
    assert made.drive.call("AdminLinkProviderForUser", **link(made, someone("Google", "g-1"))) == {}
    assert "provider-links/links-identity" in rests_on(made.admin_outcome("AdminGetUser", "ann"))


def test_identities_that_are_deleted():
    """Whether the identities of a linked user show after they were deleted as an attribute, no fact says: either is right."""
    made = town()
    made.drive.call("AdminLinkProviderForUser", **link(made, someone("Google", "g-1")))
    made.admin("AdminDeleteUserAttributes", "ann", UserAttributeNames=["identities"])
    listed = made.admin_outcome("AdminGetUser", "ann").replies[0].members["UserAttributes"]
    assert not isinstance(listed, Both)
    assert "identities" not in [unwrap(item)["Name"] for item in listed.items]
    assert "identities" in [unwrap(item)["Name"] for item in listed.optional]


def test_destination_exists():
    """An identity for a user whom the pool does not have is refused."""
    made = town()
    refused = made.drive.refused("AdminLinkProviderForUser", **link(made, someone("Google", "g"), "bob"))
    assert refused == {"provider-links/destination-exists"}


def test_only_the_username_surely_finds_the_destination():
    """Whether the sub names the user of an identity as the username does is open."""
    made = town()
    sub = made.pool.find("ann").sub
    outcome = made.drive.outcome("AdminLinkProviderForUser", **link(made, someone("Google", "g"), sub))
    assert tolerated(outcome) == {"provider-links/destination-exists"}
    outcome = made.drive.outcome("AdminLinkProviderForUser", **link(made, someone("Google", "g")))
    assert not tolerated(outcome)
    local = {"UserPoolId": made.id, "User": someone("Cognito", sub)}
    outcome = made.drive.outcome("AdminDisableProviderForUser", **local)
    assert tolerated(outcome) == {"common/user-exists"}


def test_source_is_federated():
    """An identity that is a local user's is refused."""
    made = town()
    refused = made.drive.refused("AdminLinkProviderForUser", **link(made, someone("Cognito", "bob")))
    assert refused == {"provider-links/source-is-federated"}


def test_source_is_short():
    """An identity whose three parts have more than 128 characters together may be refused."""
    made = town()
    for length, expected in (
        (128 - len("Google") - len("Cognito_Subject"), set()),
        (129, {"source-is-short"}),
    ):
        outcome = made.drive.outcome(
            "AdminLinkProviderForUser", **link(made, someone("Google", "g" * length))
        )
        assert tolerated(outcome) == {f"provider-links/{slug}" for slug in expected}


def test_social_source_is_subject():
    """An identity of a social provider may be refused where it is not named by its Cognito_Subject."""
    made = town()
    source = {**someone("Google", "g-1"), "ProviderAttributeName": "email"}
    outcome = made.drive.outcome("AdminLinkProviderForUser", **link(made, source))
    assert tolerated(outcome) == {"provider-links/social-source-is-subject"}


def test_identity_shows_its_type():
    """The identities of a linked user tell the provider's type where they tell one."""
    made = town()
    made.drive.call("AdminLinkProviderForUser", **link(made, someone("Google", "g-1")))
    listed = made.admin_outcome("AdminGetUser", "ann").replies[0].members["UserAttributes"]
    [text] = [unwrap(item)["Value"] for item in listed.items if unwrap(item)["Name"] == "identities"]
    assert text.value.items[0]["providerType"] == OneOf.of("Google", ABSENT)


def test_sixth_identity_is_refused():
    """A user has five identities at most, and a second one of the same provider may be refused."""
    made = town()
    for number in range(5):
        outcome = made.drive.outcome(
            "AdminLinkProviderForUser", **link(made, someone("Google", f"g-{number}"))
        )
        may_be_refused = "provider-links/second-link-may-be-refused" in tolerated(outcome)
        assert may_be_refused == (number > 0)
        made.drive.call("AdminLinkProviderForUser", **link(made, someone("Google", f"g-{number}")))
    refused = made.drive.refused("AdminLinkProviderForUser", **link(made, someone("Google", "g-5")))
    assert refused == {"provider-links/five-identities"}


def test_link_is_made_once():
    """An identity that is linked to this user already is refused."""
    made = town()
    again = link(made, someone("Google", "g-1"))
    made.drive.call("AdminLinkProviderForUser", **again)
    assert made.drive.refused("AdminLinkProviderForUser", **again) == {"provider-links/link-is-new"}


def test_unknown_provider_may_be_refused():
    """A provider that the pool does not have may be refused."""
    made = town()
    outcome = made.drive.outcome("AdminLinkProviderForUser", **link(made, someone("Facebook", "f-1")))
    assert tolerated(outcome) == {"provider-links/provider-is-known"}


def test_link_ends():
    """AdminDisableProviderForUser ends a link; that of an identity which nobody has may be refused."""
    made = town()
    made.drive.call("AdminLinkProviderForUser", **link(made, someone("Google", "g-1")))
    made.drive.call("AdminDisableProviderForUser", UserPoolId=made.id, User=someone("Google", "g-1"))
    assert "provider-links/links-identity" not in rests_on(made.admin_outcome("AdminGetUser", "ann"))
    again = made.drive.outcome(
        "AdminDisableProviderForUser", UserPoolId=made.id, User=someone("Google", "g-1")
    )
    assert tolerated(again) == {"provider-links/identity-is-linked"}


def test_local_password_ends():
    """AdminDisableProviderForUser of a local user ends the use of its password; there must be such a user."""
    made = town()
    made.admin("AdminSetUserPassword", "ann", Password=GOOD, Permanent=True)
    outcome = made.drive.outcome(
        "AdminDisableProviderForUser", UserPoolId=made.id, User=someone("Cognito", "ann")
    )
    assert rests_on(outcome) == {"provider-links/local-password-ends"}
    nobody = made.drive.refused(
        "AdminDisableProviderForUser", UserPoolId=made.id, User=someone("Cognito", "bob")
    )
    assert nobody == {"common/user-exists"}


def test_pool_exists():
    """A pool that nobody has is refused; the form of its id is not looked at (idp-link-userpoolid-unvalidated)."""
    made = town()
    params = {**link(made, someone("Google", "g")), "UserPoolId": "no pool"}
    assert made.drive.refused("AdminLinkProviderForUser", **params) == {"common/pool-exists"}


def test_reference_shows_what_is_linked():
    """What the reference answers of a linked user is what the judge expects, in every reading."""
    judge = Judge(Model(service.description()), ReferenceEndpoint.of(Reference(seed=1), Budget(20)))
    pool = {"UserPoolId": Fresh("PoolId", 1)}
    linked = {"DestinationUser": someone("Cognito", "ann"), "SourceUser": someone("Google", "g-1")}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("CreateUserPool", {"PoolName": "p"}),
        ("AdminCreateUser", {**pool, "Username": "ann"}),
        ("AdminLinkProviderForUser", {**pool, **linked}),
        ("AdminGetUser", {**pool, "Username": "ann"}),
        ("ListUsers", pool),
        ("AdminDisableProviderForUser", {**pool, "User": someone("Google", "g-1")}),
        ("AdminGetUser", {**pool, "Username": "ann"}),
    ]
    steps = [judge.step(Request(number, *call)) for number, call in enumerate(calls, 1)]
    assert [step.answer.error for step in steps if step.answer] == [None] * len(calls)
    assert [check for step in steps for check in step.broken] == []
