"""The recipes that the planner is given: current, used up, and no longer than the walk needs."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from cognito_conformance.machines.areas import AREAS, area_of, drawn
from cognito_conformance.machines.pick import commands
from cognito_conformance.machines.waiting import LATE
from cognito_conformance.machines.walk import Walk
from cognito_conformance.planner import atlas
from cognito_conformance.planner.aims import Aims
from cognito_conformance.planner.atlas import Atlas, Recipe, name_of
from cognito_conformance.planner.coverage import Coverage
from cognito_conformance.planner.features import may_show
from cognito_conformance.planner.imagine import Place
from cognito_conformance.planner.route import WORTH_A_ROUND, Route
from cognito_conformance.rehearsal import recipes as making
from cognito_conformance.rehearsal.recipes import recipes
from cognito_conformance.rehearsal.shorten import Stage
from cognito_conformance.rehearsal.tour import ordered
from cognito_conformance.rehearsal.walks import Rehearsal
from support import dry

SOLE = ("sole", "AdminConfirmSignUp", "confirm/user-is-unconfirmed")


@pytest.fixture(scope="module")
def rehearsal() -> Rehearsal:
    return Rehearsal(seed=1)


@pytest.fixture(scope="module")
def stage(rehearsal) -> Stage:
    return Stage(rehearsal.planner.imagination, rehearsal.commands)


def test_recipes_still_lead_where_they_should(rehearsal, stage):
    """Nineteen of twenty recipes of the suite exercise on the model, in a pool of their kind, something that they are for."""
    by_kind = defaultdict(list)
    for recipe in atlas.recipes():
        by_kind[recipe.profile].append(recipe)
    good = bad = 0
    for profile, of_kind in by_kind.items():
        start = rehearsal.begin(profile).here()
        for recipe in of_kind:
            leads = not stage.last(start, recipe.calls).isdisjoint(recipe.features)
            good, bad = good + leads, bad + (not leads)
    assert good > 1000
    assert bad <= 0.05 * good, "commands, profiles or the model have changed: nox -s atlas"


def test_what_is_written_is_read_again():
    """A document holds recipes as they are."""
    some = atlas.recipes()[:50]
    assert atlas.read(atlas.written(some)) == some


def test_a_walk_is_made_into_recipes(rehearsal, stage, monkeypatch):
    """All guards that a walk met alone are what some recipe is for, by its last call; no recipe comes twice."""
    monkeypatch.setattr(making, "LONGEST", 25)
    walks = list(rehearsal.walks(2, 25))
    starts = {walk.profile: walk.start for walk in walks}
    made = ordered(recipes(walks, stage, starts), starts, stage)
    assert len(set(made)) == len(made)
    for recipe in made:
        assert stage.last(starts[recipe.profile], recipe.calls) >= set(recipe.features)
    exercised = {
        feature for walk in walks for found in walk.found for feature in found if feature[0] == "sole"
    }
    by_recipes = {feature for recipe in made for feature in recipe.features}
    assert exercised <= by_recipes


def test_what_no_walk_shows_is_looked_for(rehearsal, stage):
    """Guards that no walk met alone are found where pools begin, and effects that none saw by reading right after them."""
    (walk,) = rehearsal.walks(1, 12)
    shown = frozenset().union(*walk.found)
    pursued = making._pursued([], [walk], stage, {walk.profile: walk.start}, lambda _: None)
    found = {feature for _, calls in pursued for feature in stage.last(walk.start, calls)} - shown
    kinds = Counter(feature[0] for feature in found)
    assert kinds["sole"] > 100
    assert kinds["effect"] > 0


def test_calls_that_are_not_needed_are_left_out(rehearsal, stage):
    """Of a walk's calls up to one that exercises something, few are kept, and these still do."""
    walk = next(iter(rehearsal.walks(1, 40)))
    step, feature = next(
        (step, feature)
        for step in range(39, 0, -1)
        for feature in sorted(walk.found[step])
        if feature[0] == "sole"
    )
    fewest = stage.shortened(walk.start, walk.calls[: step + 1], feature)
    assert feature in stage.last(walk.start, fewest)
    assert len(fewest) < 10


def test_waits_that_nothing_needs_are_left_out(rehearsal, stage):
    """A recipe lets time go by only where what it is for needs that."""
    profile = next(recipe.profile for recipe in atlas.recipes())
    start = rehearsal.begin(profile).here()
    call = (known_as("DescribeUserPool"), LATE, 0)
    assert stage.prompt(start, [call], stage.last(start, [call])) == ((call[0], 0, 0),)
    expired = ("sole", "GetUser", "common/access-token-is-not-expired")
    needed = next(r for r in atlas.recipes() if expired in r.features)
    start = rehearsal.begin(needed.profile).here()
    assert any(wrong == LATE for _, wrong, _ in stage.prompt(start, needed.calls, [expired]))


def known_as(operation: str) -> str:
    """The name of the command that calls an operation."""
    return next(name_of(command) for command in dry.dry_walk().wheel if command.operation == operation)


def confirming() -> Recipe:
    """Signs up, confirms, and confirms once more, which is refused."""
    sign_up, confirm = known_as("SignUp"), known_as("AdminConfirmSignUp")
    return Recipe(1, ((sign_up, 0, 7), (confirm, 0, 7), (confirm, 0, 7)), (SOLE,))


def route_of(*recipes: Recipe, coverage: Coverage | None = None, aims: Aims | None = None):
    """A walk with these recipes, and the place where it stands."""
    walk = dry.dry_walk()
    walk.begin(dry.plain())
    return walk, *route_on(walk, *recipes, coverage=coverage, aims=aims)


def route_on(walk: Walk, *recipes: Recipe, coverage: Coverage | None = None, aims: Aims | None = None):
    """These recipes on a walk, and the place where it stands."""
    numbers = {name_of(command): index for index, command in enumerate(walk.wheel)}
    book = Atlas(recipes, coverage or Coverage(), aims or Aims())
    route = Route(book, dry.planner().imagination, recipes[0].profile, numbers, walk.wheel)
    return route, Place(walk.judge.world, walk.subject, walk.number, {}, dry.NOW)


def test_only_the_calls_that_are_missing_are_planned():
    """Where a walk has made a recipe's first calls already, only the others are planned."""
    walk, route, place = route_of(confirming())
    whole = route.stretch(place)
    assert len(whole) == 3
    for choices in whole[:2]:
        walk.act(*choices)
    again, place = route_on(walk, confirming())
    assert again.stretch(place) == whole[2:]


def test_the_last_call_picks_otherwise_before_others_lead_to_it():
    """Where somebody else fits a recipe's last call, it is made about them, and nothing is done to make the first one fit."""
    signs_in = ("success", "InitiateAuth", "sign-in/password-signs-in")
    calls = [(known_as(name), 0, 7) for name in ("SignUp", "AdminConfirmSignUp", "InitiateAuth")]
    recipe = Recipe(1, tuple(calls), (signs_in,))
    walk, route, place = route_of(recipe)
    sign_up, confirm, sign_in = route.stretch(place)
    for choices in (sign_up, confirm, sign_up):
        walk.act(*choices)
    other, place = route_on(walk, recipe)
    ((which, wrong, picks),) = other.stretch(place)
    assert (which, wrong) == sign_in[:2]
    assert picks != sign_in[2]


def test_calls_that_picks_make_alike_are_looked_at_once():
    """Of the picks that make the same call in a place, the first is taken and the others are not looked at."""
    walk, _, place = route_of(confirming())
    whose = next(command for command in walk.wheel if command.operation == "DescribeUserPool")
    found = list(dry.planner().imagination.variants(place, whose, 0, range(20)))
    assert [picks for picks, _ in found] == [0]


def test_other_picks_are_not_looked_at_where_there_is_nothing_to_choose():
    """A call that has nothing to choose in a place is made once, however many picks there are."""
    walk, _, place = route_of(confirming())
    whose = next(command for command in walk.wheel if command.operation == "DescribeUserPool")
    picks = iter(range(20))
    assert len(list(dry.planner().imagination.variants(place, whose, 0, picks))) == 1
    assert next(picks) == 1


def test_a_glance_rules_out_nothing_that_a_call_exercises():
    """Of all that any call of any command exercises, what recipes may be for is what its outcome may show."""
    walk, _, place = route_of(confirming())
    imagination, kinds = dry.planner().imagination, Counter()
    for command in walk.wheel:
        for wrong in range(6):
            for _, call in imagination.variants(place, command, wrong, range(3)):
                told = [feature for feature, _ in call.found if feature[0] not in atlas.CIRCUMSTANCES]
                assert all(may_show(call.outcome, feature) for feature in told)
                kinds.update(feature[0] for feature in told)
    assert min(kinds[kind] for kind in ("sole", "success", "seen", "member", "event")) > 10


def test_only_the_best_of_known_leads_is_looked_at_again(monkeypatch):
    """Of recipes that led somewhere and were not sent, the best is looked at in the next place and no other."""
    sign_up = known_as("SignUp")
    leads = [
        Recipe(1, ((sign_up, 0, picks),), (("success", "SignUp", "sign-up/creates-user"),))
        for picks in range(5)
    ]
    _, route, place = route_of(*leads)
    looked_at = []
    monkeypatch.setattr(route, "_enough", lambda _, recipe: (looked_at.append(recipe) or 1.0, [(0, 0, 0)]))
    assert route.stretch(place)
    assert looked_at == leads[:3]
    del looked_at[:]
    assert route.stretch(place)
    assert looked_at == [leads[3]]
    del looked_at[:]
    route._queue.clear()
    assert route.stretch(place)
    assert len(looked_at) == 1


def test_what_was_exercised_is_planned_no_more():
    """A recipe whose features were all exercised is skipped."""
    coverage = Coverage()
    coverage.count([(SOLE, 1.0)])
    _, route, place = route_of(confirming(), coverage=coverage)
    assert route.stretch(place) == []


def test_a_recipe_that_leads_nowhere_is_given_up():
    """A recipe of which the target does not make what the model expects is not tried for ever."""
    recipe = confirming()
    book = Atlas([recipe], Coverage(), Aims())
    for _ in range(atlas.TRIES):
        assert book.wants(recipe)
        book.sent(recipe)
    assert not book.wants(recipe)


def test_a_recipe_that_led_nowhere_often_waits_for_the_others():
    """What was looked at in vain again and again is no reason for a pool until nothing else is, and then it is."""
    hopeless, open_ = (
        Recipe(profile, ((known_as("SignUp"), 0, 0),), (("sole", "SignUp", f"a/{profile}"),))
        for profile in (1, 2)
    )
    coverage = Coverage()
    book = Atlas([hopeless, open_], coverage, Aims())
    for _ in range(atlas.PATIENCE):
        assert book.wants(hopeless)
        assert set(book.kinds()) == {1, 2}
        book.in_vain(hopeless)
    assert not book.wants(hopeless)
    assert list(book.kinds()) == [2]
    coverage.count([(open_.features[0], 1.0)])
    assert list(book.kinds()) == [1]
    assert book.wants(hopeless)


def test_a_kind_of_pool_that_came_to_little_is_made_no_more():
    """Where a walk sent hardly any of the recipes for its kind of pool, no other pool is made for the rest of them."""
    some = [Recipe(1, ((known_as("SignUp"), 0, n),), (("sole", "SignUp", f"a/{n}"),)) for n in range(20)]
    book = Atlas(some, Coverage(), Aims())
    assert list(book.kinds()) == [1]
    for recipe in book.begin(1)[: atlas.WORTH_A_POOL]:
        book.sent(recipe)
    assert book.kinds()
    book.begin(1)
    assert not book.kinds(), "a pool that is under way, or was worth nothing"


def test_the_kinds_of_pools_that_show_most_for_a_call_come_first():
    """A few refusals that take one call each are worth a pool before more answers that take five."""
    call = (known_as("SignUp"), 0, 0)
    refusals = [Recipe(1, (call,), (("sole", "SignUp", f"a/{n}"),)) for n in range(8)]
    answers = [Recipe(2, (call,) * 5, (("success", "SignUp", f"b/{n}"),)) for n in range(12)]
    waits = [Recipe(3, (call,), (("sent", "SignUp", f"c/{n}"),)) for n in range(40)]
    book = Atlas([*waits, *answers, *refusals], Coverage(), Aims())
    assert list(book.kinds()) == [1, 2]


@pytest.mark.parametrize(
    ("feature", "count"),
    [
        (("sole", "SignUp", "sign-up/username-is-free"), 2),
        (("sole", "AdminGetUser", "common/user-exists"), 1),
        (("sole", "GetUser", "protocol/request-is-well-typed"), 1),
        (("effect", "AdminDisableUser", "admin-users/disables"), 1),
        (("member", "GetUser", "Username", "there"), 1),
    ],
)
def test_a_refusal_can_be_missing_or_wrong(feature, count):
    """A refusal shows two faults, but where nothing can be done without what it says is missing; all else shows one."""
    assert atlas.faults(feature) == count


def test_what_is_left_for_each_kind_of_pool_is_that_of_the_moment():
    """Whatever was exercised, sent or broken since the last look, what is left is what a first look would find."""
    dice = random.Random(1)
    features = [(kind, "SignUp", f"a/{n}") for n in range(25) for kind in ("sole", "seen")]
    some = [
        Recipe(dice.randrange(4), (("SignUp", 0, n),), tuple(dice.sample(features, 2))) for n in range(90)
    ]
    coverage, broken = Coverage(), set()
    book = Atlas(some, coverage, Aims(), broken)
    seen = set()
    for _ in range(60):
        match dice.randrange(4):
            case 0:
                book.sent(dice.choice(some[:2]))
                book.in_vain(dice.choice(some))
            case 1:
                broken.add((f"a/{dice.randrange(25)}", "SignUp"))
            case 2:
                coverage.count([(dice.choice(features), 1.0)])
            case _:
                coverage.heard(dice.choice(features), 1)
        book._late = dice.random() < 0.5
        found = [book._of(profile) for profile in range(4)]
        book._found.clear()
        assert found == [book._of(profile) for profile in range(4)]
        seen.add(sum(len(left.recipes) for left in found))
    assert len(seen) > 10


def test_what_leads_nowhere_waits_for_somebody_new():
    """A recipe that is not possible where the walk stands is tried in another round, if this one was worth its calls."""
    _, route, place = route_of(confirming())
    _, nowhere, _ = route_of(Recipe(1, ((known_as("AdminConfirmSignUp"), 0, 7),), (SOLE,)))
    assert not nowhere.stretch(place)
    assert nowhere.is_over
    assert not nowhere.wants_another_round
    assert route.stretch(place)
    assert route.is_over
    route._sent = WORTH_A_ROUND
    assert route.wants_another_round
    route.begin_another_round()
    assert len(route.stretch(place)) == 3


def test_what_one_call_exercises_is_found(rehearsal, stage):
    """A sweep of a kind of pool finds a call that a walk would come to by chance, with the way in which it goes wrong."""
    start = rehearsal.begin(atlas.recipes()[0].profile).here()
    found = {feature for _, exercised in stage.sweep(start) for feature in exercised}
    assert ("sole", "DescribeUserPool", "common/pool-exists") in found
    assert ("sole", "ListUsers", "protocol/required-member-is-present") in found


def test_what_spoils_much_comes_late(rehearsal, stage):
    """In the order of a tour what deletes the user follows what needs the user."""
    deletes, reads = known_as("AdminDeleteUser"), known_as("AdminGetUser")
    profile = atlas.recipes()[0].profile
    start = rehearsal.begin(profile).here()
    made = [
        Recipe(profile, (call,), tuple(stage.last(start, [call])))
        for call in ((deletes, 0, 7), *((reads, 0, picks) for picks in range(5)))
    ]
    assert ordered(made, {profile: start}, stage)[-1].calls[0][0] == deletes


def test_what_shows_a_wrong_error_at_most_comes_later(rehearsal, stage):
    """Of refusals that spoil nothing those come first that a target may fail to give at all."""
    profile = atlas.recipes()[0].profile
    start = rehearsal.begin(profile).here()
    seen: dict[int, list[Recipe]] = {1: [], 2: []}
    for call, found in stage.sweep(start, lambda operation: operation == "AdminGetUser"):
        for feature in sorted(found):
            if feature[0] == "sole":
                seen[atlas.faults(feature)].append(Recipe(profile, (call,), (feature,)))
    assert all(seen.values())
    made = ordered([*seen[1], *seen[2]], {profile: start}, stage)
    assert {*made[: len(seen[2])]} == {*seen[2]}


def test_a_run_of_one_area_has_recipes_too():
    """Where a run leaves out the area of a recipe's pool, the recipe is tried on a pool of an area that it has."""
    some = atlas.recipes_for(("groups",), commands("groups"))
    assert some
    assert {name for recipe in some for name, _, _ in recipe.calls} <= set(map(name_of, commands("groups")))
    assert {area_of(recipe.profile) for recipe in some} == {"groups"}


def test_where_the_clock_stands_still_nothing_runs_out():
    """A run that cannot move the target's clock is given no recipe that waits until something has run out, and all others."""
    every = atlas.recipes_for(AREAS, commands())
    waiting = [recipe for recipe in every if any(wrong == LATE for _, wrong, _ in recipe.calls)]
    assert waiting
    assert atlas.recipes_for(AREAS, commands(), waits=False) == [r for r in every if r not in waiting]


def test_recipes_of_other_pools_are_tried_where_users_can_sign_in():
    """The kind of pool on which a run of few areas tries the recipes of others has somebody, and a client with passwords."""
    areas = ("sign-in", "groups")
    known = [command for area in areas for command in commands(area)]
    (home, _), *_ = Counter(recipe.profile for recipe in atlas.recipes_for(areas, known)).most_common()
    kind = drawn(home, areas)
    assert kind.person != "nobody"
    assert "ALLOW_USER_PASSWORD_AUTH" in kind.clients[0]["ExplicitAuthFlows"]


def test_an_aim_leaves_out_other_recipes():
    """A run that is aimed at one requirement is given the recipes that come to it, and no others."""
    recipe = confirming()
    assert Atlas([recipe], Coverage(), Aims.at({SOLE[-1]}, ())).begin(1) == [recipe]
    assert Atlas([recipe], Coverage(), Aims.at({"groups/name-is-free"}, ())).begin(1) == []
