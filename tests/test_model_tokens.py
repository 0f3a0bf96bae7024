"""Tokens: what they say of user, client, pool and time."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Because, Both, Epoch, OneOf, Present, unwrap
from cognito_model.requirement import Requirement
from cognito_model.terms import Fresh, Issuer
from support.door import TRACKED, Door, Tokens
from support.expectations import reasons, rests_on
from support.people import attributes

ROLE = "arn:aws:iam::123456789012:role/r{}"


def claims(members: dict, kind: str) -> dict:
    """The claims of a token in an answer, without the requirements attached to them."""
    return {name: unwrap(value) for name, value in members["AuthenticationResult"][kind].claims.items()}


def signed_in(door: Door, **parameters: object) -> tuple[dict, dict]:
    """The claims of access and id token of a sign-in."""
    members = door.start(**parameters)
    return claims(members, "AccessToken"), claims(members, "IdToken")


def test_both_tokens_share():
    """Both tokens name the user by sub, the pool as issuer, the time, and have ids of their own."""
    door = Door()
    outcome = door.start_outcome()
    wanted = (
        "signature-verifies pool-describes-itself keys-are-the-pools-own header-is-plain sub-is-the-users issuer-is-the-pool times-are-right auth-time-is-sign-in "
        "auth-time-stays jti-is-new origin-jti-is-shared event-id-is-given groups-are-told"
    )
    assert {f"tokens/{slug}" for slug in wanted.split()} <= rests_on(outcome)
    access, identity = signed_in(door)
    for said in (access, identity):
        assert (said["sub"], said["iss"]) == (door.user().sub, Issuer(door.id))
        assert (said["iat"], said["exp"]) == (Epoch(door.drive.now), Epoch(door.drive.now + 3600))
        assert said["(lifetime)"] == 3600
    assert access["jti"] != identity["jti"]
    assert access["origin_jti"] == identity["origin_jti"]
    assert access["auth_time"] == identity["auth_time"]
    assert (access["(kid)"].owner, identity["(kid)"].owner) == ((door.id, "access"), (door.id, "id"))


def test_access_token():
    """An access token has client_id, username and the fixed scope, and nothing of the profile."""
    door = Door(ann={"email": "ann@example.com"})
    outcome = door.start_outcome()
    wanted = "access-token-claims access-token-hides-profile scope-is-fixed"
    assert {f"tokens/{slug}" for slug in wanted.split()} <= rests_on(outcome)
    access, _ = signed_in(door)
    assert (access["token_use"], access["client_id"], access["username"]) == ("access", door.client, "ann")
    assert access["scope"] == "aws.cognito.signin.user.admin"
    assert (access["aud"], access["email"], access["cognito:username"]) == (ABSENT, ABSENT, ABSENT)


def test_id_token():
    """An id token has the client as aud, the username and the attributes, flags as booleans."""
    door = Door(ann={"email": "ann@example.com", "email_verified": "true", "phone_number": "+15550100100"})
    outcome = door.start_outcome()
    assert {"tokens/id-token-claims", "tokens/attributes-are-told", "tokens/verified-is-boolean"} <= rests_on(
        outcome
    )
    _, identity = signed_in(door)
    assert (identity["token_use"], identity["aud"], identity["cognito:username"]) == (
        "id",
        door.client,
        "ann",
    )
    assert (identity["client_id"], identity["scope"]) == (ABSENT, ABSENT)
    boolean, right = identity["email_verified"].parts
    # A flag of the wrong type is put down to its type alone, and one that is false to its value.
    assert (identity["email"], unwrap(boolean), unwrap(right)) == (
        "ann@example.com",
        OneOf.of(True, False, ABSENT),
        OneOf.of(True, "true"),
    )
    assert (boolean.requirement.slug, right.requirement.slug) == (
        "tokens/verified-is-boolean",
        "tokens/attributes-are-told",
    )
    assert identity["phone_number"] == "+15550100100"


def test_odd_attributes():
    """An address is an object; of which type a number is, no fact says."""
    schema = [{"Name": "level", "AttributeDataType": "Number", "Mutable": True}]
    door = Door(Schema=schema, ann={"address": "Main Street 1", "custom__level": "5"})
    _, identity = signed_in(door)
    assert identity["address"] == Present({"formatted": "Main Street 1"})
    assert identity["custom:level"] == Present("5")


def test_custom_attribute():
    """Custom attributes are told under their full names."""
    door = Door(
        Schema=[{"Name": "team", "AttributeDataType": "String", "Mutable": True}], ann={"custom__team": "red"}
    )
    assert signed_in(door)[1]["custom:team"] == "red"


def test_username_of_email_pool():
    """Where users sign in with an e-mail address, both tokens name the sub, and the id token alone the address."""
    door = Door(UsernameAttributes=["email"])
    user = door.confirmed("ann@example.com")
    access, identity = signed_in(door, USERNAME="ann@example.com")
    assert access["username"] == identity["cognito:username"] == user.sub
    assert (identity["email"], access["email"]) == ("ann@example.com", ABSENT)


def test_unreadable_attributes():
    """What the client may not read is not in its id tokens."""
    door = Door(client={"ReadAttributes": ["email"]}, ann={"email": "ann@example.com", "nickname": "a"})
    assert "tokens/unreadable-is-hidden" in rests_on(door.start_outcome())
    _, identity = signed_in(door)
    assert (identity["email"], identity["nickname"]) == ("ann@example.com", ABSENT)


def test_groups():
    """Both tokens name the user's groups, and without any there is no such claim."""
    door = Door()
    assert signed_in(door)[0]["cognito:groups"] == ABSENT
    for name in ("red", "blue"):
        door.admin("CreateGroup", GroupName=name)
        door.admin("AdminAddUserToGroup", "ann", GroupName=name)
    for said in signed_in(door):
        assert set(said["cognito:groups"].items) == {"red", "blue"}


@pytest.mark.parametrize(
    ("groups", "preferred"),
    [
        ([(1, 2), (2, 1)], ROLE.format(2)),
        ([(1, 1), (2, 1)], ABSENT),
        ([(1, 1), (1, 1)], ROLE.format(1)),
    ],
)
def test_roles(groups, preferred):
    """The id token lists the groups' roles; the preferred one is that of the lowest precedence, or none on a tie."""
    door = Door()
    for number, (role, precedence) in enumerate(groups):
        arn = ROLE.format(role)
        door.admin("CreateGroup", GroupName=f"g{number}", RoleArn=arn, Precedence=precedence)
        door.admin("AdminAddUserToGroup", "ann", GroupName=f"g{number}")
    assert "tokens/roles-are-told" in rests_on(door.start_outcome())
    _, identity = signed_in(door)
    assert isinstance(identity["cognito:roles"], OneOf)
    assert identity["cognito:preferred_role"] == preferred


def test_no_roles():
    """Without roles there are no claims about them."""
    door = Door()
    door.admin("CreateGroup", GroupName="g")
    door.admin("AdminAddUserToGroup", "ann", GroupName="g")
    _, identity = signed_in(door)
    assert (identity["cognito:roles"], identity["cognito:preferred_role"]) == (ABSENT, ABSENT)


def test_validity_units():
    """Validities count in hours and days unless the client says otherwise."""
    door = Door(
        client={"AccessTokenValidity": 5, "IdTokenValidity": 20, "TokenValidityUnits": {"IdToken": "minutes"}}
    )
    access, identity = signed_in(door)
    assert (access["(lifetime)"], identity["(lifetime)"]) == (5 * 3600, 1200)


def test_revocation_off():
    """Whether tokens of a client that turned revocation off have an origin_jti is not settled."""
    door = Door(client={"EnableTokenRevocation": False})
    assert "origin_jti" not in signed_in(door)[0]


def test_device_is_told():
    """Where devices are tracked, the access token names that of its sign-in."""
    door = Door(DeviceConfiguration=TRACKED)
    assert "tokens/device-is-told" in rests_on(door.start_outcome())
    members = door.start()
    named = members["AuthenticationResult"]["NewDeviceMetadata"]
    assert claims(members, "AccessToken")["device_key"] == named["DeviceKey"]
    assert signed_in(Door())[0]["device_key"] == ABSENT


def test_auth_time():
    """The claim auth_time is near the sign-in, and what it was first is what it stays."""
    door = Door()
    access, _ = signed_in(door)
    near, first = (unwrap(part) for part in access["auth_time"].parts)
    assert near == Epoch(door.drive.now, 1000.0)
    assert first == Fresh("AuthTime", door.drive.step)


def test_attributes_at_the_time_of_issue():
    """A refreshed id token tells an attribute as it is then."""
    door = Door(ann={"nickname": "a"})
    tokens = Tokens.of(door.start())
    door.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(nickname="b"))
    renewed = door.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens.refresh)
    assert claims(renewed, "IdToken")["nickname"] == "b"


def test_every_claim_has_a_reason():
    """Every claim is judged by a requirement of its own, so that a lost one is named."""
    access = Door().start()["AuthenticationResult"]["AccessToken"]
    for name, value in access.claims.items():
        assert isinstance(value, Because | Both), name
        assert all(isinstance(slug, str) for slug in reasons(value))
    assert isinstance(access.claims["sub"].requirement, Requirement)


def test_trigger_that_rewrites_tokens():
    """Where a trigger may rewrite tokens, what it can change is not judged."""
    arn = "arn:aws:lambda:us-east-1:123456789012:function:x"
    door = Door(LambdaConfig={"PreTokenGeneration": arn}, ann={"email": "ann@example.com"})
    access, identity = signed_in(door)
    assert "email" not in identity
    assert "cognito:groups" not in access
    assert access["sub"] == identity["sub"] == door.user().sub


def test_group_without_precedence_comes_last():
    """The preferred role is that of a group with a Precedence before that of one without."""
    door = Door()
    for name, precedence in (("g0", {}), ("g1", {"Precedence": 9})):
        door.admin("CreateGroup", GroupName=name, RoleArn=ROLE.format(name), **precedence)
        door.admin("AdminAddUserToGroup", "ann", GroupName=name)
    _, identity = signed_in(door)
    assert identity["cognito:preferred_role"] == ROLE.format("g1")
