"""Letting time go by: which moments a call's values run out at, how the clock moves, and how traces carry the wait."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.trace import requests_of, simpler, without
from cognito_conformance.judge.judge import Fate, Judge, Step
from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Command, Pick, Subject
from cognito_conformance.machines.waiting import EARLY, LATE, MARGIN
from cognito_conformance.machines.walk import request_of
from cognito_conformance.server.core import Reference
from cognito_conformance.wire import service
from cognito_model.deadlines import deadlines
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome
from cognito_model.terms import Code, Fresh, TotpCode
from support.people import GOOD, Town

NOW = 1_000_000.0


def signed_in() -> tuple[Town, Any, dict[str, Any]]:
    """A pool in which Ann has signed in: the town, its pool, and her tokens."""
    town = Town()
    town.admin("AdminCreateUser", "ann")
    town.admin("AdminSetUserPassword", "ann", Password=GOOD, Permanent=True)
    answer = town.public(
        "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ann", "PASSWORD": GOOD}
    )
    tokens = answer["AuthenticationResult"]
    tokens = {name: getattr(value, "term", value) for name, value in tokens.items()}
    return town, town.drive.world.pools[town.id], tokens


def test_tokens_run_out():
    """An access token's deadline is its expiry, an hour after the sign-in by default."""
    _, pool, tokens = signed_in()
    (end,) = deadlines(pool, "GetUser", {"AccessToken": tokens["AccessToken"]})
    assert end == pool.tokens[tokens["AccessToken"]].expires


def test_temporary_passwords_run_out():
    """A user with a temporary password has a deadline, seven days later by default."""
    town = Town()
    town.admin("AdminCreateUser", "ann", TemporaryPassword=GOOD)
    pool = town.drive.world.pools[town.id]
    (user,) = pool.users.values()
    params = {"AuthParameters": {"USERNAME": "ann", "PASSWORD": GOOD}}
    assert deadlines(pool, "InitiateAuth", params) == [user.temporary_since + 7 * 86400]


def test_codes_run_out():
    """A confirmation code's deadline is a day after it was sent."""
    town = Town(AutoVerifiedAttributes=["email"])
    town.public(
        "SignUp", "ann", Password=GOOD, UserAttributes=[{"Name": "email", "Value": "ann@example.com"}]
    )
    pool = town.drive.world.pools[town.id]
    (user,) = pool.users.values()
    (sent,) = (message for messages in user.codes.values() for message in messages)
    assert deadlines(pool, "ConfirmSignUp", {"ConfirmationCode": Code(sent.term)}) == [sent.at + 86400]


@pytest.mark.parametrize(("wrong", "side"), [(LATE, 1), (EARLY, -1)])
def test_waits_end_beside_the_deadline(wrong, side):
    """A call comes a little after the deadline, or a little before, in seconds that do not tell of the machine's speed."""
    town, pool, tokens = signed_in()
    command = Command("GetUser", frozenset(), 1, lambda _pick: {"AccessToken": tokens["AccessToken"]})
    end = pool.tokens[tokens["AccessToken"]].expires
    waits = set()
    for late in (0.0, 0.4):
        pick = Pick(town.drive.world, Subject(town.id), 9, 0, wrong, end - 3600 + late)
        made = request_of(command, pick, waits=True)
        assert made is not None
        waits.add(made.wait)
    assert max(waits) - min(waits) <= 10
    assert all(10 <= side * (wait - 3600) <= MARGIN + 10 for wait in waits)


def test_what_has_run_out_is_not_waited_for_again():
    """A call that is to come too late uses a token that is over, where there is one beside a live one."""
    town, pool, tokens = signed_in()
    town.drive.now += 2 * 3600
    town.public(
        "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ann", "PASSWORD": GOOD}
    )
    command = Command("GetUser", frozenset(), 1, lambda pick: {"AccessToken": roles.access_token(pick)})
    late, plain = (
        request_of(command, Pick(town.drive.world, Subject(town.id), 9, 0, wrong, town.drive.now), waits=True)
        for wrong in (LATE, 0)
    )
    assert late is not None
    assert plain is not None
    assert (late.params["AccessToken"], late.wait) == (tokens["AccessToken"], 0)
    assert plain.params["AccessToken"] not in pool.tokens, "the live one"


def test_target_without_clock_is_never_asked_to_wait():
    """Where the clock cannot be moved, the same choices make the plain call."""
    town, _, tokens = signed_in()
    command = Command("GetUser", frozenset(), 1, lambda _pick: {"AccessToken": tokens["AccessToken"]})
    pick = Pick(town.drive.world, Subject(town.id), 9, 0, LATE, NOW)
    assert request_of(command, pick) == Request(9, "GetUser", {"AccessToken": tokens["AccessToken"]})


def test_judge_moves_the_clock_and_predicts_after_it():
    """A wait moves the target's clock before the call: a session that was good is then too old, and the judge knows."""
    budget = Budget(20)
    judge = Judge(Model(service.description()), ReferenceEndpoint.of(reference := Reference(seed=1), budget))
    calls: list[tuple[str, dict[str, Any], int]] = [
        ("CreateUserPool", {"PoolName": "p"}, 0),
        (
            "CreateUserPoolClient",
            {
                "UserPoolId": Fresh("PoolId", 1),
                "ClientName": "c",
                "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            },
            0,
        ),
        (
            "AdminCreateUser",
            {"UserPoolId": Fresh("PoolId", 1), "Username": "ann", "TemporaryPassword": GOOD},
            0,
        ),
        (
            "InitiateAuth",
            {
                "AuthFlow": "USER_PASSWORD_AUTH",
                "ClientId": Fresh("ClientId", 2),
                "AuthParameters": {"USERNAME": "ann", "PASSWORD": GOOD},
            },
            0,
        ),
        (
            "RespondToAuthChallenge",
            {
                "ClientId": Fresh("ClientId", 2),
                "ChallengeName": "NEW_PASSWORD_REQUIRED",
                "Session": Fresh("Session", 4),
                "ChallengeResponses": {"USERNAME": "ann", "NEW_PASSWORD": "N3w-Passw0rd!"},
            },
            600,
        ),
    ]
    steps = [
        judge.step(Request(number, operation, params, wait=wait))
        for number, (operation, params, wait) in enumerate(calls, 1)
    ]
    last = steps[-1]
    assert reference.offset == 600
    assert {r.requirement.slug for r in last.outcome.refusals} == {"challenges/session-is-fresh"}
    assert last.answer is not None
    assert last.answer.error == "NotAuthorizedException"
    assert not [check for step in steps for check in step.broken]


def test_a_shorter_trace_waits_as_long():
    """What calls waited that were left out, the next one waits."""
    trace = [Request(1, "A", {}, wait=10), Request(2, "B", {}, wait=20), Request(3, "C", {})]
    assert [request.wait for request in without(trace, [0, 1])] == [30]
    assert without(trace, []) == trace


def test_a_wait_is_left_out_first():
    """The first thing that a request is tried without is its wait."""
    request = Request(1, "GetUser", {"AccessToken": "x"}, wait=10)
    assert [simple.wait for simple in simpler(request, ())] == [0, 10]


def test_replays_use_codes_of_their_own_time():
    """A one-time code that was pinned to the moment of sending is one of the moment of the replay in a replay."""
    code = TotpCode(Fresh("TotpSecret", 2), 1, step=77)
    step = Step(Request(3, "VerifySoftwareToken", {"UserCode": code}), Outcome(), None, Fate.JUDGED)
    assert requests_of([step])[0].params == {"UserCode": TotpCode(Fresh("TotpSecret", 2), 1)}


@pytest.mark.parametrize("wrong", [EARLY, LATE])
def test_without_a_pool_nothing_runs_out(wrong):
    """A command that is to wait for the end of something does not apply where the walk has no pool."""
    plain = Command("ListUserPools", frozenset(), 1, lambda pick: {"MaxResults": 10})
    assert request_of(plain, Pick(Town().drive.world, Subject(), 1, 0, wrong), waits=True) is None
