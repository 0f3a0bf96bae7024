"""The instrument that measures the suite: its faults, what no client can see, what counts as found, what is written down."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cognito_conformance.calibration.__main__ import main
from cognito_conformance.calibration.census import Census, _page_faults, _required, parts_of
from cognito_conformance.calibration.hunt import Kill, census, is_about
from cognito_conformance.calibration.mutations import Fault, MutantReference, Mutation
from cognito_conformance.calibration.results import record_of, told, unseen
from cognito_conformance.calibration.shadows import CONVINCING, ProbingReference, Shown
from cognito_model.expect import Bag, Page, Signed
from cognito_model.model import Request
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirements import catalogue, groups
from cognito_model.world import World

PASSWORD = "Aa1!Secret0"


def service(reference):
    """Make a call and read its answer."""

    def call(operation, *, signed=True, **params):
        answer = reference.call(operation, params, signed=signed)
        return answer.status, json.loads(answer.body or b"{}")

    return call


@pytest.fixture
def mutant():
    """A pool on a reference with one fault: the call, and the pool's id."""

    def make(*fault):
        call = service(MutantReference(Mutation(*fault), seed=1))
        return call, call("CreateUserPool", PoolName="pool")[1]["UserPool"]["Id"]

    return make


def test_a_dropped_guard_lets_the_call_through(mutant):
    """Without the guard of the password, any password signs in."""
    call, pool = mutant(Fault.GUARD_DROPPED, "AdminInitiateAuth", "sign-in/password-matches")
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = call("CreateUserPoolClient", UserPoolId=pool, ClientName="c", ExplicitAuthFlows=flows)[1]
    call("AdminCreateUser", UserPoolId=pool, Username="ann")
    call("AdminSetUserPassword", UserPoolId=pool, Username="ann", Password=PASSWORD, Permanent=True)
    status, answer = call(
        "AdminInitiateAuth",
        UserPoolId=pool,
        ClientId=made["UserPoolClient"]["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": "another"},
    )
    assert status == 200
    assert "AccessToken" in answer["AuthenticationResult"]


def test_a_repeated_item_comes_on_two_pages(mutant):
    """The page after one that repeats begins with what that ended with."""
    call, pool = mutant(Fault.PAGE_REPEATED, "ListGroups", "Groups")
    for name in "abc":
        call("CreateGroup", UserPoolId=pool, GroupName=name)
    first = call("ListGroups", UserPoolId=pool, Limit=2)[1]
    second = call("ListGroups", UserPoolId=pool, Limit=2, NextToken=first["NextToken"])[1]
    assert second["Groups"][0] == first["Groups"][-1]


def test_a_page_token_can_be_left_out(mutant):
    """A listing that forgets its page token leaves the rest unseen."""
    call, pool = mutant(Fault.MEMBER_OMITTED, "ListGroups", "NextToken")
    for name in "abc":
        call("CreateGroup", UserPoolId=pool, GroupName=name)
    assert list(call("ListGroups", UserPoolId=pool, Limit=2)[1]) == ["Groups"]


def test_a_page_shows_its_faults_where_more_follows():
    """What a page or the next has too much of shows only where there is more than the page holds."""
    one = Page({"a": {}}, "GroupName", frozenset(), 1, "NextToken")
    assert set(_page_faults(one)) == {Fault.LAST_ITEM_LOST}
    assert set(_page_faults(replace(one, items={"a": {}, "b": {}}))) == {
        Fault.LAST_ITEM_LOST,
        Fault.LIMIT_OFF_BY_ONE,
        Fault.PAGE_REPEATED,
    }
    assert not list(_page_faults(replace(one, items={})))


def test_a_leak_shows_what_must_not_be_there(mutant):
    """A member that has to be absent has a value."""
    call, pool = mutant(Fault.MEMBER_LEAKED, "CreateUserPoolClient", "UserPoolClient.ClientSecret")
    answer = call("CreateUserPoolClient", UserPoolId=pool, ClientName="c")[1]
    assert answer["UserPoolClient"]["ClientSecret"]


def test_a_fault_can_sit_in_every_item(mutant):
    """A member is left out of each item of a list."""
    call, pool = mutant(Fault.MEMBER_OMITTED, "ListGroups", "Groups.Description")
    call("CreateGroup", UserPoolId=pool, GroupName="staff", Description="All of us")
    (group,) = call("ListGroups", UserPoolId=pool)[1]["Groups"]
    assert group["GroupName"] == "staff"
    assert "Description" not in group


def test_a_swapped_error_is_wrong_for_the_call(mutant):
    """Where a refusal gets another error, it is one that the call may not be refused with."""
    call, pool = mutant(Fault.ERROR_SWAPPED, "AdminGetUser", "common/user-exists")
    status, answer = call("AdminGetUser", UserPoolId=pool, Username="nobody")
    assert status == 400
    assert answer["__type"] == "InvalidParameterException"


def test_parts_of_a_token_are_its_claims():
    """The census sees the claims of a token that are no attributes, and the members of items."""
    token = Signed("term", "id", "pool", {"aud": "x", "email": "x", "custom:a": "x", "(alg)": "RS256"})
    assert dict(parts_of(token)) == {"aud": "x"}
    assert dict(parts_of(Bag(({"Name": "email", "Value": "x"},)))) == {"Name": "email", "Value": "x"}
    assert dict(parts_of(Page({"a": {"GroupName": "a"}}, "GroupName", frozenset(), 1, "NextToken"))) == {
        "GroupName": "a"
    }


def test_an_empty_list_may_be_left_out():
    """What an answer need not have is no place for a fault: the judge takes an empty list's absence as its emptiness."""
    assert list(_required({"Assets": Bag(()), "Groups": Bag(({"GroupName": "a"},))})) == [
        ("Groups.GroupName",),
        ("Groups",),
    ]


def points(*readings):
    """What a census counts of an answer that may be any of these."""
    census = Census()
    replies = tuple(Reply(groups.shows_group, members, World()) for members in readings)
    census.saw(Request(1, "GetGroup", {}), Outcome(replies=replies))
    return {(point.fault, point.point) for point in census.points if point.fault is not Fault.STALE_READ}


def test_a_fault_sits_in_what_all_right_answers_have():
    """Where several answers are right, a member that one lacks may be left out, and one that differs has no wrong value."""
    same = {"GroupName": "a", "Precedence": 1, "Description": "x"}
    assert points(same, {"GroupName": "a", "Precedence": 2}) == {
        (Fault.MEMBER_OMITTED, "GroupName"),
        (Fault.MEMBER_OMITTED, "Precedence"),
        (Fault.MEMBER_WRONG, "GroupName"),
    }


def test_a_call_that_is_rather_refused_shows_no_members():
    """Where the service is believed to refuse what it may also accept, no fault can sit in the answer."""
    census = Census()
    may = Refusal(groups.group_exists, ("ResourceNotFoundException",), likely=True)
    reply = Reply(groups.shows_group, {"GroupName": "a"}, World())
    census.saw(Request(1, "GetGroup", {}), Outcome(replies=(reply,), tolerated=(may,)))
    assert not census.points


def test_a_stale_read_sees_the_world_before_the_last_change(mutant):
    """A group that was made just now is not listed."""
    call, pool = mutant(Fault.STALE_READ, "ListGroups", "world")
    call("CreateGroup", UserPoolId=pool, GroupName="a")
    assert call("ListGroups", UserPoolId=pool)[1]["Groups"] == []


@pytest.fixture
def probed():
    reference = ProbingReference(requests=3, seed=1)
    call = service(reference)
    pool = call("CreateUserPool", PoolName="pool")[1]["UserPool"]["Id"]
    call("AdminGetUser", UserPoolId=pool, Username="nobody")
    call("AdminGetUser", UserPoolId=pool, Username="nobody", signed=False)
    return reference.shown


def test_a_look_up_cannot_be_left_out(probed):
    """Without the user there is nothing to answer: the faulty server fails, and that is another fault."""
    dropped = probed[Mutation(Fault.GUARD_DROPPED, "AdminGetUser", "common/user-exists")]
    assert "cannot go on" in dropped.reason


@pytest.mark.parametrize(
    ("fault", "slug"),
    [(Fault.ERROR_SWAPPED, "common/user-exists"), (Fault.ERROR_SWAPPED, "protocol/iam-operation-is-signed")],
)
def test_what_answers_otherwise_can_be_seen(probed, fault, slug):
    """A fault is observable where the faulty server gives an answer that the model does not allow."""
    assert probed[Mutation(fault, "AdminGetUser", slug)].reason is None


def test_what_is_likely_refused_anyhow_is_not_seen():
    """A dropped guard does not show where the service then refuses for what may be refused as well."""
    reference = ProbingReference(requests=2, seed=1)
    call = service(reference)
    pool = call("CreateUserPool", PoolName="pool")[1]["UserPool"]["Id"]
    bounds = {"MinLength": "9", "MaxLength": "2"}
    attribute = {"Name": "x", "AttributeDataType": "String", "StringAttributeConstraints": bounds}
    call("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[attribute])
    dropped = reference.shown[
        Mutation(Fault.GUARD_DROPPED, "AddCustomAttributes", "pool-schema/bounds-are-ordered")
    ]
    assert (dropped.same, dropped.shown) == (1, 0)


def test_a_stale_read_shows_right_after_a_change_of_what_is_read():
    """Reading the world before the last change shows where that was a change of what is read, and nowhere else."""
    reference = ProbingReference(requests=9, seed=1)
    call = service(reference)
    pool = call("CreateUserPool", PoolName="pool")[1]["UserPool"]["Id"]
    call("CreateGroup", UserPoolId=pool, GroupName="staff")
    call("AdminCreateUser", UserPoolId=pool, Username="ann")
    call("ListGroups", UserPoolId=pool)
    shown = reference.shown[Mutation(Fault.STALE_READ, "ListGroups", "world")]
    assert (shown.same, shown.shown) == (1, 0)
    call("CreateGroup", UserPoolId=pool, GroupName="guests")
    call("ListGroups", UserPoolId=pool)
    assert (shown.same, shown.shown) == (1, 1)


def test_an_effect_that_the_call_has_anyhow_is_not_seen():
    """A lost effect does not show where the same call writes the same for another reason, and shows where it does not."""
    reference = ProbingReference(requests=9, seed=1)
    call = service(reference)
    pool = call("CreateUserPool", PoolName="pool")[1]["UserPool"]["Id"]
    effect = Mutation(
        Fault.EFFECT_LOST, "AddCustomAttributes", "pool-schema/adds-custom-attribute", "settings"
    )
    attribute = {"Name": "a", "AttributeDataType": "String"}
    call("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[attribute])
    shown = reference.shown[effect]
    assert (shown.same, shown.shown) == (1, 0)
    call(
        "AddCustomAttributes", UserPoolId=pool, CustomAttributes=[attribute | {"Name": "b", "Mutable": True}]
    )
    assert (shown.same, shown.shown) == (1, 1)


def test_a_longer_look_brings_no_points():
    """What a census looks at longer shows more of the faults that it found, and adds none."""
    assert census(40, look=120).keys() == census(40).keys()


def test_a_census_of_some_machines_has_what_they_call():
    """With one area only its machine walks, and there are no points in what other machines call."""
    operations = {mutation.operation for mutation in census(120, areas=("groups",))}
    assert {"CreateGroup", "ListGroups"} <= operations
    assert not operations & {"CreateIdentityProvider", "AssociateSoftwareToken"}


def test_the_same_answer_a_few_times_proves_nothing():
    """A guard counts as hidden by another where it made no difference often, and never made one."""
    assert Shown(same=CONVINCING - 1).reason is None
    assert Shown(same=CONVINCING, shown=1).reason is None
    assert "another guard" in Shown(same=CONVINCING).reason


def finding(slug, operation, path=None, kind="value", trace=()):
    steps = [SimpleNamespace(request=SimpleNamespace(operation=name)) for name in (*trace, operation)]
    return SimpleNamespace(
        requirement=catalogue()[slug], operation=operation, path=path, kind=kind, steps=steps
    )


DROPPED = (Fault.GUARD_DROPPED, "SignUp", "sign-up/username-is-free")
BOUNDLESS = (Fault.GUARD_DROPPED, "SignUp", "protocol/request-keeps-constraints")
LOST = (Fault.EFFECT_LOST, "CreateGroup", "groups/creates-group", "groups")
WRONG = (Fault.MEMBER_WRONG, "GetGroup", "Group.Description")


@pytest.mark.parametrize(
    ("fault", "found", "about"),
    [
        (DROPPED, finding("sign-up/username-is-free", "SignUp", kind="accepted"), True),
        (DROPPED, finding("sign-up/username-is-free", "SignUp", kind="server fault"), False),
        (DROPPED, finding("sign-up/username-is-free", "AdminCreateUser"), False),
        (DROPPED, finding("passwords/password-keeps-policy", "SignUp"), False),
        (BOUNDLESS, finding("protocol/constraint-text", "SignUp"), True),
        (DROPPED, finding("protocol/constraint-text", "SignUp"), False),
        (LOST, finding("groups/shows-group", "GetGroup", trace=["CreateGroup"]), True),
        (LOST, finding("groups/shows-group", "GetGroup"), False),
        (LOST, finding("admin-users/shows-user", "AdminGetUser", trace=["CreateGroup"]), False),
        (WRONG, finding("groups/creates-group", "GetGroup", path="Group.Description"), True),
        (WRONG, finding("groups/creates-group", "GetGroup", path="Group"), True),
        (WRONG, finding("groups/creates-group", "GetGroup", path="Group.DescriptionOfOther"), False),
        (WRONG, finding("groups/creates-group", "CreateGroup", path="Group.Description"), False),
    ],
)
def test_only_what_is_about_the_fault_kills(fault, found, about):
    """A mutant is killed by a requirement about the behaviour that is broken, and not by any that breaks with it."""
    assert is_about(found, Mutation(*fault)) is about


def test_records_say_why_a_mutant_lives():
    """One that no call came to is told apart from one that showed nothing."""
    mutation = Mutation(*DROPPED)
    never = record_of(Kill(mutation, None, 2000, None))
    silent = record_of(Kill(mutation, None, 1400, None, passed=400))
    assert "never came to it" in never["reason"]
    assert "request 400" in silent["reason"]
    assert never["observable"]
    assert silent["observable"]


def test_what_cannot_be_seen_is_no_part_of_the_score():
    """The score is the share of the mutants that a client can observe."""
    mutation = Mutation(*DROPPED)
    records = [
        record_of(Kill(mutation, mutation.point, 12, 3)),
        record_of(Kill(mutation, None, 2000, None, crashed=True)),
        unseen(mutation, "for a reason"),
        record_of(Kill(mutation, None, 2000, None)),
    ]
    assert "score 0.500: 1 of 2 that a client can observe, 4 in all" in told(records)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_second_session_goes_on_where_the_first_ended(tmp_path):
    """Mutants that have a verdict are not run again, and both sessions report the same."""
    asked = [
        "--budget",
        "40",
        "--census-requests",
        "40",
        "--every",
        "25",
        "-n",
        "1",
        "--output",
        str(tmp_path),
    ]
    first = CliRunner().invoke(main, asked, catch_exceptions=False)
    second = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert " 0 to run" in second.stderr
    assert first.stdout == second.stdout
    assert "mutation score" in first.stdout
    assert json.loads((tmp_path / "mutation.json").read_text())["mutants"]
    assert (tmp_path / "mutation.html").exists()
