"""Signing in with a password: flows, parameters, secrets, and who may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cognito_model.expect import ABSENT, Exactly
from cognito_model.terms import Junk, SecretHash
from support.door import WRONG, Door
from support.expectations import rests_on, texts, tolerated
from support.people import GOOD, OTHER

HIDING = {"PreventUserExistenceErrors": "ENABLED"}
PASSWORD_FLOWS = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"]
SECRET = {"GenerateSecret": True}


@pytest.mark.parametrize("flow", [*PASSWORD_FLOWS, "ADMIN_NO_SRP_AUTH"])
def test_password_signs_in(flow):
    """The right password of a confirmed user gives three tokens, and asks nothing more."""
    door = Door()
    outcome = door.start_outcome(flow)
    assert {"sign-in/password-signs-in", "sign-in/token-type-is-bearer"} <= rests_on(outcome)
    answer = door.start(flow)
    assert answer["ChallengeParameters"] == Exactly({})
    assert (answer["ChallengeName"], answer["Session"]) == (ABSENT, ABSENT)
    result = answer["AuthenticationResult"]
    assert {"AccessToken", "IdToken", "RefreshToken"} <= result.keys()
    assert (result["TokenType"], result["ExpiresIn"]) == ("Bearer", 3600)


@pytest.mark.parametrize("name", ["ann smith", "   "])
@pytest.mark.parametrize("flow", PASSWORD_FLOWS)
def test_ill_formed_name_may_be_told(flow, name):
    """A sign-in with a name in which there is a space may be refused as ill-formed, and else is nobody's."""
    outcome = Door().start_outcome(flow, USERNAME=name)
    assert [refusal.requirement.slug for refusal in outcome.refusals] == ["sign-in/unknown-user-is-named"]
    first = outcome.likeliest_refusal
    assert (first.requirement.slug, first.errors) == (
        "sign-in/name-may-be-ill-formed",
        ("InvalidParameterException",),
    )


def test_expiry_is_that_of_the_access_token():
    """ExpiresIn is the lifetime of the access token, in seconds."""
    validity = {"AccessTokenValidity": 10, "TokenValidityUnits": {"AccessToken": "minutes"}}
    door = Door(client=validity)
    assert "sign-in/expiry-is-access-tokens" in rests_on(door.start_outcome())
    assert door.start()["AuthenticationResult"]["ExpiresIn"] == 600


@pytest.mark.parametrize(
    ("flow", "admin"),
    [("ADMIN_USER_PASSWORD_AUTH", False), ("ADMIN_NO_SRP_AUTH", False), ("USER_PASSWORD_AUTH", True)],
)
def test_flow_belongs_to_operation(flow, admin):
    """InitiateAuth refuses the administrators' flows, and AdminInitiateAuth the public one, before anything else."""
    refused = Door().start_refused(flow, more={"admin": admin}, PASSWORD=None)
    assert refused == {"sign-in/flow-fits-operation"}


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"),
        ("ADMIN_USER_PASSWORD_AUTH", "Auth flow not enabled for this client"),
        ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
        ("CUSTOM_AUTH", "CUSTOM_AUTH flow not enabled for this client"),
        ("USER_AUTH", "USER_AUTH flow not enabled for this client"),
    ],
)
def test_flow_must_be_enabled(flow, words):
    """A flow that ExplicitAuthFlows leaves out is refused, each in words of its own."""
    door = Door(client={"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]})
    outcome = door.start_outcome(flow)
    assert outcome.refusals[0].requirement.slug == "sign-in/flow-is-enabled"
    assert (words,) in texts(outcome)
    assert outcome.refusals[0].requirement.allows_text(words)


@pytest.mark.parametrize(
    ("explicit", "to_blame"),
    [
        (None, "sign-in/flows-by-default"),
        (["ADMIN_NO_SRP_AUTH"], "sign-in/legacy-flows-add"),
        (["USER_PASSWORD_AUTH"], "sign-in/legacy-flows-add"),
    ],
)
def test_legacy_flows_add_to_the_default_ones(explicit, to_blame):
    """SRP is on by default, and the legacy names of flows take nothing away."""
    door = Door()
    settings = {} if explicit is None else {"ExplicitAuthFlows": explicit}
    made = door.admin("CreateUserPoolClient", ClientName="other", **settings)["UserPoolClient"]
    outcome = door.start_outcome("USER_SRP_AUTH", more={"ClientId": made["ClientId"]})
    assert "sign-in/verifier-is-asked" in rests_on(outcome)
    assert outcome.suspects["InvalidParameterException"].slug == to_blame


@pytest.mark.parametrize("flow", ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"])
def test_legacy_flow_signs_in(flow):
    """The legacy name of a password flow allows it."""
    Door(client={"ExplicitAuthFlows": [flow]}).start(flow)


def test_default_client_has_no_password_flow():
    """A client without ExplicitAuthFlows refuses passwords that are sent as they are."""
    door = Door()
    made = door.admin("CreateUserPoolClient", ClientName="other")["UserPoolClient"]
    for flow in PASSWORD_FLOWS:
        assert "sign-in/flow-is-enabled" in door.start_refused(flow, more={"ClientId": made["ClientId"]})


def test_refreshing_must_perhaps_be_enabled():
    """A client that does not allow refreshing may be refused it, and was not where that was measured."""
    door = Door(client={"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]})
    outcome = door.start_outcome("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=door.tokens().result["RefreshToken"])
    assert tolerated(outcome) == {"sign-in/refresh-flow-is-enabled"}
    assert "tokens/refresh-renews" in rests_on(outcome)


def test_custom_flow_only():
    """CUSTOM_AUTH_FLOW_ONLY takes SRP away, and leaves refreshing."""
    door = Door(client={"ExplicitAuthFlows": ["CUSTOM_AUTH_FLOW_ONLY"]})
    assert "sign-in/custom-flow-only" in door.start_refused("USER_SRP_AUTH")
    assert "sign-in/flow-is-enabled" not in door.start_refused("REFRESH_TOKEN", REFRESH_TOKEN=Junk("x"))


@pytest.mark.parametrize(
    ("flow", "missing"),
    [
        ("USER_PASSWORD_AUTH", "USERNAME"),
        ("USER_PASSWORD_AUTH", "PASSWORD"),
        ("ADMIN_USER_PASSWORD_AUTH", "PASSWORD"),
        ("USER_SRP_AUTH", "SRP_A"),
        ("CUSTOM_AUTH", "USERNAME"),
        ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"),
    ],
)
def test_parameter_is_missing(flow, missing):
    """A flow without a parameter that it needs is refused, and the message names it."""
    outcome = Door().start_outcome(flow, **{missing: None})
    assert ("sign-in/parameter-is-given", (missing,)) in [
        (r.requirement.slug, r.text) for r in outcome.refusals
    ]


@pytest.mark.parametrize(
    ("given", "slug"), [(None, "common/secret-hash-is-sent"), ("x", "common/secret-hash-matches")]
)
def test_hash_may_be_missed_before_the_name(given, slug):
    """Without USERNAME, a client with a secret may speak of the hash instead."""
    outcome = Door(client=SECRET).start_outcome(USERNAME=None, SECRET_HASH=given)
    assert "sign-in/parameter-is-given" in {r.requirement.slug for r in outcome.refusals}
    assert slug in {r.requirement.slug for r in outcome.tolerated}


def test_parameters_are_spelled_in_capitals():
    """The names of parameters are case-sensitive; what is not known is ignored."""
    door = Door()
    assert "sign-in/parameter-is-given" in door.start_refused(USERNAME=None, UserName="ann")
    door.start(Unknown="ignored")


@pytest.mark.parametrize("flow", PASSWORD_FLOWS)
@pytest.mark.parametrize("password", [WRONG, "x" * 257])
def test_wrong_password(flow, password):
    """A wrong password is refused, one that is too long to be any like any other."""
    assert Door().start_refused(flow, PASSWORD=password) == {"sign-in/password-matches"}


@pytest.mark.parametrize("flow", [*PASSWORD_FLOWS, "USER_SRP_AUTH", "CUSTOM_AUTH"])
def test_unknown_user_is_named(flow):
    """Where the client does not hide users, a sign-in tells that there is none of this name."""
    assert "sign-in/unknown-user-is-named" in Door().start_refused(flow, USERNAME="nobody")


@pytest.mark.parametrize("name", ["nobody", "x" * 129])
def test_unknown_user_is_hidden(name):
    """Where the client hides users, an unknown one is refused like a wrong password."""
    door = Door(client=HIDING)
    assert door.start_refused(USERNAME=name) == {"sign-in/unknown-user-is-hidden"}


def test_sub_is_perhaps_no_name():
    """Signing in with the sub in place of the username may be refused."""
    door = Door()
    assert tolerated(door.start_outcome(USERNAME=door.user().sub)) == {"sign-in/sub-may-be-no-name"}
    mail = Door(UsernameAttributes=["email"])
    mail.confirmed("ann@example.com")
    assert tolerated(mail.start_outcome(USERNAME=mail.user("ann@example.com").sub)) == set()


def test_alias_signs_in():
    """A verified alias names its user, an unverified one nobody."""
    door = Door(AliasAttributes=["email"], ann={"email": "ann@example.com", "email_verified": "true"})
    door.start(USERNAME="ann@example.com")
    door.confirmed("bob", email="bob@example.com")
    assert door.start_refused(USERNAME="bob@example.com") == {"sign-in/unknown-user-is-named"}


def test_case_of_username():
    """Whether the case of a username matters is for the pool to say."""
    strict, lenient = Door(), Door(UsernameConfiguration={"CaseSensitive": False})
    assert strict.start_refused(USERNAME="ANN") == {"sign-in/unknown-user-is-named"}
    lenient.start(USERNAME="ANN")


@pytest.mark.parametrize("flow", PASSWORD_FLOWS)
@pytest.mark.parametrize("password", [GOOD, WRONG])
def test_disabled_user(flow, password):
    """A disabled user cannot sign in."""
    door = Door()
    door.admin("AdminDisableUser", "ann")
    assert "sign-in/user-is-enabled" in door.start_refused(flow, PASSWORD=password)


def refusals(outcome: object) -> tuple[set[str], set[str]]:
    """Why a call must be refused, and what other refusals are as right."""
    must, may = outcome.refusals, outcome.tolerated
    return {refusal.requirement.slug for refusal in must}, {refusal.requirement.slug for refusal in may}


def test_unconfirmed_user():
    """An unconfirmed user cannot sign in; a wrong password may be told of the status too."""
    door = Door()
    door.sign_up("bob")
    assert door.start_refused(USERNAME="bob") == {"sign-in/user-is-confirmed"}
    wrong = door.start_outcome(USERNAME="bob", PASSWORD=WRONG)
    assert refusals(wrong) == ({"sign-in/password-matches"}, {"sign-in/unconfirmed-may-be-told"})


def with_status(door: Door, status: str, **fields: object) -> None:
    """Ann has this status."""
    user = replace(door.user(), status=status, **fields)
    door.drive.world = door.drive.world.with_pool(door.pool.put(user=user))


def test_reset_comes_first():
    """Who must reset the password learns so from the right one alone, and gets no challenge."""
    door = Door()
    with_status(door, "RESET_REQUIRED")
    assert door.start_refused() == {"sign-in/reset-comes-first"}
    assert door.start_refused(PASSWORD=WRONG) == {"sign-in/password-matches"}


def test_reset_may_be_hidden():
    """Where the client hides users, a required reset may look like a wrong password."""
    door = Door(client=HIDING)
    with_status(door, "RESET_REQUIRED")
    assert refusals(door.start_outcome()) == ({"sign-in/reset-comes-first"}, {"sign-in/reset-may-be-hidden"})


def test_federated_user():
    """A user of an identity provider has no password to sign in with."""
    door = Door()
    with_status(door, "EXTERNAL_PROVIDER")
    assert door.start_refused() == {"sign-in/federated-user-has-no-password"}


def test_user_without_password():
    """Where there is no password, none is right."""
    door = Door()
    with_status(door, "CONFIRMED", password=None)
    assert door.start_refused() == {"sign-in/user-has-password"}


def test_temporary_password_goes_stale():
    """A temporary password counts for the days that the policy gives it, seven by default."""
    door = Door()
    door.create("bob")
    door.later(7 * 86400 - 60)
    assert door.start(USERNAME="bob")["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    door.later(120)
    assert door.start_refused(USERNAME="bob") == {"sign-in/temporary-password-is-fresh"}


def test_stale_temporary_password_is_renewed():
    """After AdminSetUserPassword the user whose temporary password had expired can sign in."""
    door = Door()
    door.create("bob")
    door.later(8 * 86400)
    door.admin("AdminSetUserPassword", "bob", Password=OTHER, Permanent=False)
    assert door.start(USERNAME="bob", PASSWORD=OTHER)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_writing_attributes_may_renew_the_temporary_password():
    """Whether an administrator who writes an attribute gives the temporary password its days anew is open."""
    door = Door()
    door.create("bob")
    door.later(8 * 86400)
    door.admin("AdminUpdateUserAttributes", "bob", UserAttributes=[{"Name": "name", "Value": "Bob"}])
    outcome = door.start_outcome(USERNAME="bob")
    assert outcome.replies
    assert "sign-in/temporary-password-is-fresh" in tolerated(outcome)
    door.later(8 * 86400)
    assert door.start_refused(USERNAME="bob") == {"sign-in/temporary-password-is-fresh"}


def test_lockout_is_right_after_five_failures():
    """From the fifth failure on a lock is as right as an answer, and none is ever demanded."""
    door = Door()
    for _ in range(5):
        assert door.start_refused(PASSWORD=WRONG) == {"sign-in/password-matches"}
    assert tolerated(door.start_outcome()) == {"sign-in/lockout"}
    wrong = door.start_outcome(PASSWORD=WRONG)
    assert refusals(wrong) == ({"sign-in/password-matches"}, {"sign-in/lockout"})
    door.start()
    assert tolerated(door.start_outcome()) == set()


def test_secret_hash():
    """A client with a secret needs the hash over the username as it is sent."""
    door = Door(
        client=SECRET, AliasAttributes=["email"], ann={"email": "a@example.com", "email_verified": "true"}
    )
    door.start()
    door.start(USERNAME="a@example.com")
    other = SecretHash(door.client, "ann")
    assert "common/secret-hash-matches" in door.start_refused(USERNAME="a@example.com", SECRET_HASH=other)
    assert "common/secret-hash-is-sent" in door.start_refused(SECRET_HASH=None)


def test_several_reasons():
    """Of several reasons to refuse any is right: the order in which they are looked at is not settled."""
    door = Door(client=SECRET)
    door.sign_up("bob")
    refused = door.start_refused(USERNAME="bob", PASSWORD=WRONG, SECRET_HASH=None)
    assert refused == {"common/secret-hash-is-sent", "sign-in/password-matches", "sign-in/user-is-confirmed"}


def test_pool_and_client_must_exist():
    """Nobody signs in through a client or to a pool that does not exist."""
    door = Door()
    params = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": {}}
    unknown = Junk("ClientId")
    assert door.drive.refused("InitiateAuth", ClientId=unknown, AuthFlow="USER_SRP_AUTH") == {
        "common/client-exists"
    }
    refused = door.drive.refused(
        "AdminInitiateAuth", UserPoolId=Junk("PoolId"), ClientId=door.client, **params
    )
    assert refused == {"common/pool-exists"}


def test_custom_auth_needs_triggers():
    """CUSTOM_AUTH is refused in a pool that has not all three triggers of it."""
    assert Door().start_refused("CUSTOM_AUTH") == {"sign-in/custom-auth-needs-triggers"}
    door = Door()
    door.admin("AdminDisableUser", "ann")
    outcome = door.start_outcome("CUSTOM_AUTH")
    assert [refusal.requirement.slug for refusal in outcome.tolerated] == ["sign-in/state-may-show-early"]


def test_triggers_decide():
    """With its triggers CUSTOM_AUTH is for them to say, and so is every answer."""
    arn = "arn:aws:lambda:us-east-1:123456789012:function:x"
    names = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    door = Door(LambdaConfig=dict.fromkeys(names, arn))
    assert tolerated(door.start_outcome("CUSTOM_AUTH")) == {"sign-in/triggers-decide"}
    session = door.start("CUSTOM_AUTH")["Session"].choices[0]
    assert tolerated(door.answer_outcome("CUSTOM_CHALLENGE", session, ANSWER="5")) == {
        "sign-in/triggers-decide"
    }
    assert "sign-in/unknown-user-is-named" in door.start_refused("CUSTOM_AUTH", USERNAME="nobody")


def test_triggers_may_refuse():
    """A pool with a trigger at sign-in may refuse for the trigger's own reasons."""
    door = Door(LambdaConfig={"PreAuthentication": "arn:aws:lambda:us-east-1:123456789012:function:x"})
    assert tolerated(door.start_outcome()) == {"sign-in/triggers-may-refuse"}
    must, may = refusals(door.start_outcome(USERNAME=None))
    assert "sign-in/triggers-may-refuse" in may - must


def test_who_tells_what_is_hidden_is_to_blame():
    """Of several reasons to refuse a sign-in, a target that says there is no such user broke the one that hides users."""
    door = Door(client=HIDING)
    outcome = door.start_outcome(USERNAME="nobody", PASSWORD=None)
    assert outcome.suspects["UserNotFoundException"].slug == "sign-in/unknown-user-is-hidden"


def test_what_is_to_blame():
    """A target that does not know an alias, or that a user was confirmed, is told of that and not of the sign-in."""
    door = Door(AliasAttributes=["email"], ann={"email": "ann@example.com", "email_verified": "true"})
    suspects = door.start_outcome(USERNAME="ann@example.com").suspects
    assert suspects["UserNotFoundException"].slug == "common/alias-names-user"
    assert suspects["UserNotConfirmedException"].slug == "recovery/sets-permanent-password"
    hiding = Door(client=HIDING, UsernameConfiguration={"CaseSensitive": False})
    assert (
        hiding.start_outcome(USERNAME="ANN").suspects["NotAuthorizedException"].slug
        == "common/case-is-ignored"
    )
