"""SRP: what PASSWORD_VERIFIER asks, and what its answer must be."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Both
from cognito_model.operations import srp
from cognito_model.terms import Fresh, Junk, SrpA, SrpProof
from support.door import WRONG, Door, block_of
from support.expectations import rests_on, tolerated
from support.people import GOOD, OTHER

HIDING = {"PreventUserExistenceErrors": "ENABLED"}


@pytest.mark.parametrize("admin", [False, True])
def test_verifier_is_asked(admin):
    """USER_SRP_AUTH asks for a proof with salt, B, secret block and the user's name, and gives no session."""
    door = Door()
    outcome = door.start_outcome("USER_SRP_AUTH", more={"admin": admin})
    wanted = {"verifier-is-asked", "verifier-is-hex", "verifier-has-no-session", "verifier-names-user"}
    assert {f"sign-in/{slug}" for slug in wanted} <= rests_on(outcome)
    asked = door.start("USER_SRP_AUTH", more={"admin": admin})
    assert (asked["ChallengeName"], asked["Session"]) == ("PASSWORD_VERIFIER", ABSENT)
    parameters = asked["ChallengeParameters"]
    assert parameters.keys() == {"SALT", "SRP_B", "SECRET_BLOCK", "USER_ID_FOR_SRP", "USERNAME"}
    assert (parameters["USER_ID_FOR_SRP"], parameters["USERNAME"]) == ("ann", "ann")
    assert isinstance(parameters["SALT"], Both)


def test_internal_name_is_given():
    """Whatever alias was given, the challenge names the user by the username that the pool stores."""
    door = Door(UsernameAttributes=["email"])
    door.confirmed("ann@example.com")
    parameters = door.start("USER_SRP_AUTH", USERNAME="ann@example.com")["ChallengeParameters"]
    assert parameters["USER_ID_FOR_SRP"] == door.user("ann@example.com").sub


@pytest.mark.parametrize("admin", [False, True])
def test_proof_signs_in(admin):
    """The right signature signs in, without a session too."""
    door = Door()
    asked = door.start("USER_SRP_AUTH", more={"admin": admin})
    outcome = door.answer_outcome("PASSWORD_VERIFIER", None, more={"admin": admin}, **door.proof(asked))
    assert outcome.replies[0].requirement.slug == "challenges/proof-signs-in"
    answer = door.answer(
        "PASSWORD_VERIFIER", "a-session-of-no-meaning", more={"admin": admin}, **door.proof(asked)
    )
    assert "AccessToken" in answer["AuthenticationResult"]


def test_same_srp_a_serves_again():
    """Two sign-ins may send the same SRP_A."""
    door = Door()
    for _ in range(2):
        asked = door.start("USER_SRP_AUTH", SRP_A=SrpA(1))
        door.answer("PASSWORD_VERIFIER", None, **door.proof(asked))


def test_srp_a_is_a_number():
    """An SRP_A that is no number is refused."""
    assert Door().start_refused("USER_SRP_AUTH", SRP_A="not hex") == {"sign-in/srp-a-is-sound"}


@pytest.mark.parametrize("srp_a", ["0", "00" * 384])
def test_srp_a_of_zeros_is_rather_refused(srp_a):
    """An SRP_A that is zero may be refused, and the reference server does."""
    outcome = Door().start_outcome("USER_SRP_AUTH", SRP_A=srp_a)
    assert "sign-in/srp-a-is-sound" in tolerated(outcome)
    assert outcome.likeliest_refusal.requirement.slug == "sign-in/srp-a-is-sound"


def test_wrong_proof():
    """A signature by a wrong password, or over another name than the stored one, is refused."""
    door = Door()
    asked = door.start("USER_SRP_AUTH")
    assert door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(asked, WRONG)) == {
        "challenges/proof-is-right"
    }
    assert door.user().failures == 1
    other = door.proof(asked, GOOD, "ann@example.com")
    assert door.answer_refused("PASSWORD_VERIFIER", None, **other) == {"challenges/proof-is-right"}


def test_right_proof_after_a_wrong_one():
    """Whether a block that was answered wrongly serves once more is not settled."""
    door = Door()
    asked = door.start("USER_SRP_AUTH")
    door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(asked, WRONG))
    assert "challenges/proof-is-right" in tolerated(
        door.answer_outcome("PASSWORD_VERIFIER", None, **door.proof(asked))
    )


def test_proof_may_come_again():
    """Whether the same block can be answered twice is not settled: the state travels in it."""
    door = Door()
    asked = door.start("USER_SRP_AUTH")
    door.answer("PASSWORD_VERIFIER", None, **door.proof(asked))
    again = door.answer_outcome("PASSWORD_VERIFIER", None, **door.proof(asked))
    assert tolerated(again) == {"challenges/proof-may-come-again"}


def test_proof_is_prompt():
    """A proof that takes more than a few seconds may be refused, and one that takes a whole session is."""
    door = Door()
    asked = door.start("USER_SRP_AUTH")
    door.later(10)
    outcome = door.answer_outcome("PASSWORD_VERIFIER", None, **door.proof(asked))
    assert tolerated(outcome) == {"challenges/proof-is-prompt"}
    door.later(180)
    assert "challenges/session-is-fresh" in door.answer_refused(
        "PASSWORD_VERIFIER", None, **door.proof(asked)
    )


@pytest.mark.parametrize(
    "missing", ["USERNAME", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP"]
)
def test_part_of_proof_is_missing(missing):
    """PASSWORD_VERIFIER takes a name, a signature, the secret block and the time."""
    door = Door()
    proof = door.proof(door.start("USER_SRP_AUTH"))
    assert "challenges/response-is-given" in door.answer_refused(
        "PASSWORD_VERIFIER", None, **{**proof, missing: None}
    )


@pytest.mark.parametrize(
    "given",
    [
        "Mon Feb 12 15:26:37 +05:30 2018",
        "2026-09-05T10:00:00Z",
        "Sat Sep 5 10:00:00 utc 2026",
        "Sat Sep 31 10:00:00 UTC 2026",
    ],
)
def test_timestamp_has_format(given):
    """A TIMESTAMP in another format than Cognito's is refused."""
    door = Door()
    proof = {**door.proof(door.start("USER_SRP_AUTH")), "TIMESTAMP": given}
    assert "challenges/timestamp-has-format" in door.answer_refused("PASSWORD_VERIFIER", None, **proof)


@pytest.mark.parametrize(
    "given", ["sat SEP 5 10:00:00 UTC 2026", "Sat Sep 05 10:00:00 GMT 2026", "Mon Sep 5 10:00:00 UTC 2026"]
)
def test_odd_timestamp(given):
    """A TIMESTAMP that can be read is held for the canonical one, or refused."""
    door = Door()
    proof = {**door.proof(door.start("USER_SRP_AUTH")), "TIMESTAMP": given}
    outcome = door.answer_outcome("PASSWORD_VERIFIER", None, **proof)
    assert not outcome.refusals
    assert "challenges/timestamp-may-be-odd" in tolerated(outcome)
    assert srp.canonical(given) == "Sat Sep 5 10:00:00 UTC 2026"


def test_signature_is_base64():
    """A signature that is no base64 is refused as such."""
    door = Door()
    proof = {**door.proof(door.start("USER_SRP_AUTH")), "PASSWORD_CLAIM_SIGNATURE": "@@@"}
    assert "challenges/signature-is-base64" in door.answer_refused("PASSWORD_VERIFIER", None, **proof)


def test_no_responses():
    """An answer without any response is told so."""
    door = Door()
    door.start("USER_SRP_AUTH")
    outcome = door.drive.outcome(
        "RespondToAuthChallenge", ClientId=door.client, ChallengeName="PASSWORD_VERIFIER"
    )
    assert outcome.refusals[0].text == ("challenge responses",)


def test_good_timestamp():
    """A day of one digit stands alone in a TIMESTAMP."""
    door = Door()
    proof = {**door.proof(door.start("USER_SRP_AUTH")), "TIMESTAMP": "Sat Sep 5 10:00:00 UTC 2026"}
    door.answer("PASSWORD_VERIFIER", None, **proof)


def test_secret_block_is_genuine():
    """A secret block that nothing issued is refused."""
    door = Door()
    proof = {**door.proof(door.start("USER_SRP_AUTH")), "PASSWORD_CLAIM_SECRET_BLOCK": Junk("SecretBlock")}
    assert "challenges/block-is-genuine" in door.answer_refused("PASSWORD_VERIFIER", None, **proof)


def test_challenge_belongs_to_user_and_client():
    """The block of one user's challenge serves no other user, and no other client."""
    door = Door()
    door.confirmed("bob")
    asked = door.start("USER_SRP_AUTH")
    other = door.another_client()
    proof = door.proof(asked)
    assert door.answer_refused("PASSWORD_VERIFIER", None, USERNAME="bob", **proof) == {
        "challenges/session-fits-answer"
    }
    refused = door.answer_refused("PASSWORD_VERIFIER", None, more={"ClientId": other}, **proof)
    assert refused == {"challenges/session-fits-answer"}


def test_unknown_user_is_simulated():
    """Where the client hides users, one who does not exist is asked like any other, and no proof is right."""
    door = Door(client=HIDING)
    outcome = door.start_outcome("USER_SRP_AUTH", USERNAME="nobody")
    assert outcome.replies[0].requirement.slug == "sign-in/unknown-user-is-simulated"
    asked = door.start("USER_SRP_AUTH", USERNAME="nobody")
    proof = door.proof(asked, GOOD, "nobody")
    refused = door.answer_refused("PASSWORD_VERIFIER", None, USERNAME="nobody", **proof)
    assert refused == {"sign-in/unknown-user-is-hidden"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("AdminDisableUser", {}), "sign-in/user-is-enabled"),
        (("AdminResetUserPassword", {}), "sign-in/reset-comes-first"),
    ],
)
def test_state_shows_early_or_late(change, reason):
    """A user who may not sign in is refused before the proof or after it, with the right password."""
    door = Door(
        ann={"email": "ann@example.com", "email_verified": "true"},
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    )
    operation, params = change
    door.admin(operation, "ann", **params)
    assert "sign-in/state-may-show-early" in tolerated(door.start_outcome("USER_SRP_AUTH"))
    asked = door.start("USER_SRP_AUTH")
    assert door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(asked)) == {reason}


def test_unconfirmed_user():
    """An unconfirmed user is refused at the latest when the proof comes."""
    door = Door()
    door.sign_up("bob")
    asked = door.start("USER_SRP_AUTH", USERNAME="bob")
    proof = door.proof(asked, GOOD, "bob")
    assert door.answer_refused("PASSWORD_VERIFIER", None, USERNAME="bob", **proof) == {
        "sign-in/user-is-confirmed"
    }


def test_password_changed_meanwhile():
    """Between challenge and proof the password may change; whether the old or the new one counts is not settled."""
    door = Door()
    asked = door.start("USER_SRP_AUTH")
    door.admin("AdminSetUserPassword", "ann", Password=OTHER, Permanent=True)
    for password in (GOOD, OTHER):
        outcome = door.answer_outcome("PASSWORD_VERIFIER", None, **door.proof(asked, password))
        assert "challenges/proof-is-right" in tolerated(outcome)
    assert door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(asked, WRONG)) == {
        "challenges/proof-is-right"
    }


def test_proof_names_pool_and_user():
    """The proof is over pool and stored name, which the block alone does not tell."""
    door = Door()
    asked = door.start("USER_SRP_AUTH")
    block = block_of(asked)
    forged = {
        **door.proof(asked),
        "PASSWORD_CLAIM_SIGNATURE": SrpProof(block, GOOD, "ann", Fresh("PoolId", 99)),
    }
    assert door.answer_refused("PASSWORD_VERIFIER", None, **forged) == {"challenges/proof-is-right"}


def test_lockout_counts_proofs():
    """Wrong proofs count like wrong passwords: from the fifth on a lock is right."""
    door = Door()
    for _ in range(5):
        door.answer_refused("PASSWORD_VERIFIER", None, **door.proof(door.start("USER_SRP_AUTH"), WRONG))
    assert tolerated(door.start_outcome("USER_SRP_AUTH")) == {"sign-in/lockout"}
    asked = door.start("USER_SRP_AUTH")
    assert tolerated(door.answer_outcome("PASSWORD_VERIFIER", None, **door.proof(asked))) == {
        "sign-in/lockout"
    }


def test_simulated_salt_is_stable():
    """Where the client hides users, one who does not exist has the same salt at every attempt."""
    door = Door(client=HIDING)
    asked = door.start("USER_SRP_AUTH", USERNAME="nobody")
    salt = asked["ChallengeParameters"]["SALT"].parts[-1]
    outcome = door.start_outcome("USER_SRP_AUTH", USERNAME="nobody")
    assert "sign-in/simulation-is-stable" in rests_on(outcome)
    again = door.start("USER_SRP_AUTH", USERNAME="nobody")["ChallengeParameters"]["SALT"].parts[-1]
    assert again.value == salt
    assert "sign-in/simulation-is-stable" not in rests_on(
        door.start_outcome("USER_SRP_AUTH", USERNAME="other")
    )
