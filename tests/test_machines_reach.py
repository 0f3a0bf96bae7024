"""What the machines reach on the reference target, with a fixed seed and a bounded number of requests."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.run import Options, Run
from cognito_conformance.machines import profiles, triggers
from cognito_conformance.machines.people import KNOWN
from cognito_conformance.machines.waiting import LATE
from cognito_conformance.server.core import Reference
from cognito_model.challenge_table import EDGES, TRIGGER_EDGES, edge
from cognito_model.functions import AUTO_CONFIRM, ROLES
from cognito_model.operations.custom_auth import CREATE
from cognito_model.terms import Function
from cognito_model.world import Challenge
from support.directed import Place, Tried, beginnings, named, tries
from support.drive import MODEL

EXPIRY = (
    "challenges/session-is-fresh",
    "common/access-token-is-not-expired",
    "tokens/refresh-token-is-not-expired",
    "sign-in/temporary-password-is-fresh",
    "confirm/code-is-fresh",
    "recovery/code-is-fresh",
    "user-attributes/code-is-fresh",
)
"""Requirements that only time shows."""
AREAS = ("life cycle", "attributes", "passwords", "sign-in", "tokens")
SIGN_IN = ("challenges", "mfa", "devices", "passkeys")
PERSONS = [name for name in KNOWN if name != "nobody"]
BEGIN = named(
    "sign_in",
    "admin_sign_in",
    "sign_in_by_srp",
    "sign_in_by_choice",
    "admin_set_user_password",
)
BEGIN_CUSTOM = named("sign_in_by_custom_challenge")
ANSWER = named("respond")
SET_UP = named("respond", "associate_software_token", "verify_software_token")
VERIFY = ("get_user_attribute_verification_code", "verify_user_attribute")
HANDFUL = 5
DAY = 86400
PICKS = 32
"""So many different choices of a command's roles are tried in a place."""
SOME = 6
MOST_WALKS = 120
"""So many walks are looked at until all is found; a third of them does."""


def explored(seed: int, requests: int, areas: tuple[str, ...], *, clock: bool = True) -> Run:
    """A run on a reference, which must be silent."""
    budget = Budget(requests)
    endpoint = ReferenceEndpoint.of(Reference(seed=seed), budget)
    run = Run(MODEL, endpoint, budget, Options(seed=seed, areas=areas, minimise=False, clock=clock))
    run.explore()
    assert [finding.requirement.slug for finding in run.ledger.findings.values()] == []
    return run


def exercised(run: Run) -> set[str]:
    """The slugs of the requirements that the run judged."""
    return {requirement.slug for requirement, tally in run.ledger.tallies.items() if tally.checks}


def is_near(
    area: str,
    person: str,
    names: tuple[str, ...],
    slug: str,
    *,
    wrong: Iterable[int],
    pause: float = 0,
) -> bool:
    """Whether these commands in a row, the last going wrong in one of these ways, are refused for this alone.

    `pause` is the time after the first of them.
    """
    for place in beginnings(area, range(1, MOST_WALKS), person):
        places = [place]
        for name in names[:-1]:
            done = [t for here in places for t in tries(here, named(name), picks=PICKS)]
            later = place.now + pause
            good = [replace(tried.after, now=later) for tried in done if not tried.outcome.refusals]
            places = good[:: 1 + len(good) // SOME]
        last = named(names[-1])
        if any({slug} == t.slugs for here in places for t in tries(here, last, picks=PICKS, wrong=wrong)):
            return True
    return False


@pytest.mark.parametrize(
    ("area", "person", "names", "slug"),
    [
        ("challenges", "software token", ("admin_sign_in", "respond"), "challenges/session-is-fresh"),
        ("sessions", "several sessions", ("get_user",), "common/access-token-is-not-expired"),
        ("sessions", "several sessions", ("refresh",), "tokens/refresh-token-is-not-expired"),
        ("challenges", "temporary", ("admin_sign_in",), "sign-in/temporary-password-is-fresh"),
        ("life cycle", "nobody", ("sign_up", "confirm_sign_up"), "confirm/code-is-fresh"),
        ("passwords", "confirmed", ("forgot_password", "confirm_forgot_password"), "recovery/code-is-fresh"),
    ],
)
def test_time_shows_what_runs_out(area: str, person: str, names: tuple[str, ...], slug: str) -> None:
    """A wait before a call or two from where a walk begins shows that a token, a session, a code, a password runs out."""
    assert is_near(area, person, names, slug, wrong=(LATE,))


def test_time_shows_that_a_code_for_an_attribute_runs_out() -> None:
    """The code lives as long as the longest token, and so it takes a sign-in after the wait."""
    names = ("get_user_attribute_verification_code", "admin_sign_in", "verify_user_attribute")
    slug = "user-attributes/code-is-fresh"
    assert is_near("attributes", "namesakes", names, slug, wrong=range(8), pause=2 * DAY)


def test_machines_wait() -> None:
    """On a target whose clock can be moved a run waits until something has run out."""
    assert not exercised(explored(1, 1000, AREAS)).isdisjoint(EXPIRY)


def test_nothing_runs_out_where_the_clock_cannot_be_moved() -> None:
    """On a target whose clock stands still no call waits, and no requirement about expiry is exercised."""
    assert exercised(explored(2, 400, AREAS, clock=False)).isdisjoint(EXPIRY)


def waiting(place: Place) -> Challenge | None:
    """The challenge that waits for an answer, or None."""
    pool = place.world.pools[place.subject.pool]
    open_ones = [c for c in pool.challenges.values() if c.name not in ("(used)", "SIGNED_UP")]
    return open_ones[-1] if open_ones else None


def state(place: Place) -> tuple[Any, ...]:
    """What tells one place of a sign-in from another: the challenge that waits, and how the user stands."""
    user = place.world.pools[place.subject.pool].users[place.subject.user]
    challenge = waiting(place)
    asked = None if challenge is None else (challenge.name, challenge.details.get("verified"))
    return asked, user.status, user.mfa.candidate


def next_calls(place: Place) -> Iterator[Tried]:
    """The calls that begin a sign-in or go on with one."""
    challenge = waiting(place)
    if challenge is None:
        has_triggers = place.world.pools[place.subject.pool].settings.get("LambdaConfig")
        return tries(place, BEGIN_CUSTOM if has_triggers else BEGIN, picks=PICKS)
    return tries(place, SET_UP if challenge.name == "MFA_SETUP" else ANSWER, picks=PICKS)


def taken_from(place: Place, most: int) -> set[str]:
    """The edges that at most so many calls from there take, as the events that they are noted as."""
    taken: set[str] = set()
    known = {state(place)}
    places = [place]
    for _ in range(most):
        found = [tried for here in places for tried in next_calls(here) if not tried.outcome.refusals]
        taken.update(event for tried in found for event in tried.outcome.events)
        new = {state(tried.after): tried.after for tried in found if state(tried.after) not in known}
        known.update(new)
        places = list(new.values())
    return taken


def test_triggers_decide() -> None:
    """Where the target has functions for custom challenges, a handful of calls takes every edge that triggers decide."""
    left = {edge(start, end) for start, _, end in TRIGGER_EDGES}
    for place in beginnings("challenges", range(1, MOST_WALKS), "confirmed", functions=frozenset(ROLES)):
        if CREATE in (place.world.pools[place.subject.pool].settings.get("LambdaConfig") or {}):
            left -= taken_from(place, HANDFUL)
        if not left:
            break
    assert left == set()


def test_no_function_no_trigger() -> None:
    """Whatever a target offers, its other pools are the same, and one without functions has no pool with triggers."""
    for area in AREAS:
        for seed in range(1, MOST_WALKS):
            bare, full = (triggers.draw(seed, area, functions=roles) for roles in ((), frozenset(ROLES)))
            assert bare == profiles.draw(seed, area)
            assert "LambdaConfig" not in bare.pool
            assert full == bare or "LambdaConfig" in full.pool
            one = triggers.draw(seed, area, functions={AUTO_CONFIRM}).pool.get("LambdaConfig", {})
            assert set(one.values()) <= {Function(AUTO_CONFIRM)}


def test_edges_are_taken() -> None:
    """A handful of calls from where walks begin takes every edge of the challenge table."""
    left = {edge(start, end) for start, _, end in EDGES}
    for seed, area in itertools.product(range(1, MOST_WALKS), SIGN_IN):
        for place in beginnings(area, [seed], *PERSONS):
            left -= taken_from(place, HANDFUL)
        if not left:
            break
    assert left == set()


@pytest.mark.parametrize(
    ("area", "person", "names", "slug"),
    [
        ("resources", "linked", ("admin_link_provider_for_user",), "provider-links/five-identities"),
        ("sessions", "several sessions", ("revoke_user_session",), "user-sessions/own-session-stays"),
        ("pools", "nobody", ("set_user_pool_mfa_config",), "mfa-config/email-needs-essentials"),
        ("challenges", "temporary", ("admin_sign_in", "respond"), "challenges/required-attribute-is-given"),
        ("devices", "remembered device", ("forget_device", "get_device"), "devices/forgets-device"),
    ],
)
def test_what_is_rare_is_near(area: str, person: str, names: tuple[str, ...], slug: str) -> None:
    """A call or two from where a fitting walk begins is refused for what few walks come to."""
    assert is_near(area, person, names, slug, wrong=range(8))


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("admin_update_user_attributes",), "user-attributes/alias-moves"),
        (VERIFY, "user-attributes/verified-alias-moves"),
    ],
)
def test_an_alias_moves(names: tuple[str, ...], slug: str) -> None:
    """A call or two from where a walk of namesakes begins give one of them the verified address of the other."""
    found = (
        requirement
        for place in beginnings("attributes", range(1, MOST_WALKS), "namesakes")
        for after in followed(place, names)
        for user in after.world.pools[place.subject.pool].users.values()
        for requirement in user.causes.values()
    )
    assert any(requirement.slug == slug for requirement in found)


def followed(place: Place, names: tuple[str, ...]) -> Iterator[Place]:
    """Where these commands in a row lead, one by one."""
    for tried in tries(place, named(names[0]), picks=20 * PICKS if len(names) == 1 else PICKS):
        if tried.outcome.refusals:
            continue
        if len(names) == 1:
            yield tried.after
        else:
            yield from followed(tried.after, names[1:])
