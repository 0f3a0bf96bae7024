"""What a call exercises, and what that is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from cognito_conformance.planner.aims import ABOUT, AIMED, ASIDE, CIRCUMSTANCE, Aims
from cognito_conformance.planner.coverage import Coverage, counted
from cognito_conformance.planner.features import EVENT, SEEN, SOLE, features, settings_of, state
from cognito_model.expect import Because
from cognito_model.model import Request
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirements import admin_users, common, sign_up
from cognito_model.terms import Fresh
from cognito_model.world import Mfa, Pool, User, World
from support.drive import MODEL

REQUEST = Request(3, "SignUp", {})
USER = User(Fresh("Sub", 1), "alice", "CONFIRMED", 1, 1)


def refused(*requirements) -> Outcome:
    return Outcome(tuple(Refusal(r, r.raises) for r in requirements))


def found(outcome: Outcome, user: User | None = None, earlier=(), before=(), settings=(), broken=()) -> dict:
    return dict(features(REQUEST, outcome, user, earlier, before, settings, broken))


def test_a_guard_counts_most_where_it_refuses_alone():
    """A guard that alone refuses a call is worth more than two that both do, since either hides a fault of the other."""
    one, other = sign_up.username_is_free, common.client_exists
    alone, together = found(refused(one)), found(refused(one, other))
    assert alone["sole", "SignUp", one.slug] == SOLE
    assert not [feature for feature in together if feature[0] == "sole"]
    assert sum(together.values()) < SOLE


def test_a_guard_beside_a_likelier_refusal_does_not_count_as_alone():
    """Where the service is believed to refuse for another reason, a fault of the guard stays hidden."""
    guard, other = sign_up.username_is_free, common.client_exists
    crowded = replace(refused(guard), tolerated=(Refusal(other, other.raises, likely=True),))
    doubtful = replace(refused(guard), tolerated=(Refusal(other, other.raises),))
    assert ("sole", "SignUp", guard.slug) not in found(crowded)
    assert ("sole", "SignUp", guard.slug) in found(doubtful)


def test_an_answer_shows_the_effects_of_earlier_calls():
    """What explains a member, or a success, shows what another operation did by that; if it did so last, the answer is no
    stale one.
    """
    why, success = common.pool_exists, sign_up.creates_unconfirmed_user
    shown = Outcome((), (Reply(success, {"Name": Because("x", why)}, World()),))
    before = (("CreateGroup", frozenset({success.slug})), ("UpdateGroup", frozenset({why.slug})))
    kinds = found(shown, before=before)
    assert {f for f in kinds if f[0] == "effect"} == {
        ("effect", "CreateGroup", success.slug),
        ("effect", "UpdateGroup", why.slug),
    }
    assert ("fresh", "SignUp", success.slug) in kinds
    assert ("fresh", "SignUp", success.slug) not in found(shown, before=before[::-1])
    again = found(shown, before=(("SignUp", frozenset({success.slug})),))
    assert not [f for f in again if f[0] == "effect"]


def test_an_answer_counts_what_it_shows_and_why():
    """A member that a requirement explains is a feature with that requirement's slug."""
    shown = Reply(
        sign_up.creates_unconfirmed_user, {"Group": {"Name": Because("x", common.pool_exists)}}, World()
    )
    assert found(Outcome((), (shown,)))["seen", "SignUp", "Group.Name", common.pool_exists.slug] == SEEN


def test_names_of_the_client_count_as_one():
    """What a service treats alike is one thing to exercise: custom attributes, tags, attributes that are text alone."""

    def members(attribute: str, tag: str) -> set:
        shown = {"Attributes": [{"Name": attribute, "Value": "x"}], "Tags": {tag: "x"}}
        kinds = found(Outcome((), (Reply(sign_up.creates_unconfirmed_user, shown, World()),)))
        return {feature[2] for feature in kinds if feature[0] == "member"}

    assert members("custom:a", "x") == members("custom:b", "y")
    assert members("name", "x") == members("zoneinfo", "x")
    assert members("dev:custom:a", "x") != members("custom:a", "x") != members("email", "x")


def test_what_is_known_broken_is_worth_nothing():
    """A requirement that the target is known to break is no feature, neither as a guard nor as an explanation."""
    guard = sign_up.username_is_free
    assert not found(refused(guard), broken={(guard.slug, "SignUp")}).keys() & {
        ("sole", "SignUp", guard.slug)
    }
    reply = Reply(guard, {"UserSub": Because("x", common.pool_exists)}, World())
    slugs = {
        feature[-1] for feature in found(Outcome((), (reply,)), broken={(common.pool_exists.slug, "SignUp")})
    }
    assert common.pool_exists.slug not in slugs


def test_earlier_events_are_paired_with_the_call():
    """Each earlier event on the same user makes a pair with the call and the way in which it goes."""
    pairs = [
        f
        for f in found(refused(common.client_exists), USER, ("AdminDisableUser", "ForgotPassword"))
        if f[0] == "pair"
    ]
    assert {pair[3] for pair in pairs} == {"AdminDisableUser", "ForgotPassword"}


def test_events_of_the_model_are_features():
    """What an operation of the model notes, such as an edge of the challenge table, is a feature."""
    assert ("event", "SignUp", "edge:A->B") in found(Outcome((), (), events=("edge:A->B",)))


def test_each_constraint_of_an_operation_is_a_feature():
    """Which constraint a request breaks is a feature of its own, and matters to who aims at the operation."""
    broken = ("constraint", "ListUsers", "limit max value")
    outcome = Outcome((), (), events=("breaks:limit max value",))
    weights = dict(features(Request(3, "ListUsers", {}), outcome, None, (), (), (), ()))
    assert weights[broken] < EVENT
    assert Aims.at((), {"ListUsers"}).weighed([(broken, 1.0)]) == [(broken, CIRCUMSTANCE)]


def test_a_request_says_which_constraint_it_breaks():
    """The model notes the constraint where it is the only one that a request breaks."""
    request = Request(1, "ListUsers", {"UserPoolId": "us-east-1_AbCdEfGhI", "Limit": 61})
    assert MODEL.predict(World(), request, 0.0).events == ("breaks:limit max value",)


def test_users_in_other_states_differ():
    """Status, second factors and failed attempts tell users apart; names and dates do not."""
    others = [replace(USER, enabled=False), replace(USER, mfa=Mfa(("SMS_MFA",))), replace(USER, failures=3)]
    assert len({state(user) for user in [USER, *others]}) == 4
    assert state(replace(USER, username="bob", created=9)) == state(USER)


def test_pools_that_are_set_up_otherwise_differ():
    """Each setting is a feature of its own, so that one that is new counts whatever the others are."""
    plain = set(settings_of(Pool(Fresh("PoolId", 1), 1, 1), None))
    other = set(settings_of(Pool(Fresh("PoolId", 1), 1, 1, settings={"AliasAttributes": ["email"]}), None))
    assert len(other - plain) == 1


def test_worth_falls_with_repeats():
    """What was exercised before is worth less, and ever less."""
    coverage = Coverage()
    call = [(("pair", "A", "B", "c"), 1.0)]
    worths = [coverage.count(call) for _ in range(5)]
    assert worths == sorted(worths, reverse=True)
    assert worths[0] == 1.0
    assert 0 < worths[-1] < 0.2


def test_a_plan_counts_its_own_repeats():
    """A call that repeats an earlier one of the same plan is worth as much less as if that had been made."""
    coverage, planned = Coverage(), Counter()
    call = [(("sole", "SignUp", "x"), 3.0)]
    first = coverage.worth(call, planned)
    counted(call, planned)
    assert coverage.worth(call, planned) < first
    assert coverage.counts == {}


def test_an_aim_outweighs_all_else():
    """A requirement that is aimed at counts most, then the operations that it speaks of; other calls count a little."""
    aims = Aims.at({"sign-up/username-is-free"}, ())
    weights = dict(
        aims.weighed(
            [
                (("sole", "SignUp", "sign-up/username-is-free"), 1.0),
                (("sole", "SignUp", "common/client-exists"), 1.0),
                (("state", "SignUp", "sign-up/creates-unconfirmed-user", "CONFIRMED"), 1.0),
                (("sole", "ListTagsForResource", "common/pool-exists"), 1.0),
            ]
        )
    )
    assert list(weights.values()) == [AIMED, ABOUT, CIRCUMSTANCE, ASIDE]
    assert not Aims.at((), ())


def test_an_effect_counts_where_it_shows():
    """What an operation did to the pool is exercised by a later call that shows it, be it an answer or a refusal."""
    guard = admin_users.deletes
    shown = Reply(guard, {"Member": Because("x", guard)}, World())
    effect = ("effect", "AdminDeleteUser", guard.slug)
    deleted, other = (
        ("AdminDeleteUser", frozenset({guard.slug})),
        ("SignUp", frozenset({"sign-up/creates-user"})),
    )
    for outcome in (refused(guard), Outcome((), (shown,))):
        assert effect in found(outcome, before=(deleted, other))
        assert effect not in found(outcome, before=(other,))
