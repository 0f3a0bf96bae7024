"""How lists are compared: what is missing, what is too much, and that neither is told twice."""

from __future__ import annotations

import pytest

from cognito_conformance.judge.bindings import Bindings
from cognito_conformance.judge.compare import Comparison
from cognito_model.expect import Bag, Because, Both, Lacks, Page
from cognito_model.requirements import catalogue

LISTS, DELETES = catalogue()["listing/lists-users"], catalogue()["user-attributes/blank-deletes"]


def item(name, value="x"):
    """An item of a list of attributes."""
    return {"Name": name, "Value": value}


def broken(expected, observed):
    """The requirements and places that a list breaks."""
    comparison = Comparison(Bindings(lambda message: "", lambda: 0.0), lambda pool, token, kind: {})
    comparison.members({"A": expected}, {"A": observed}, LISTS)
    return [(check.requirement.slug, check.path) for check in comparison.checks if not check.held]


@pytest.mark.parametrize(
    ("observed", "places"),
    [
        ([item("a"), item("b")], []),
        ([item("b"), item("a")], []),
        ([item("a")], ["A"]),
        ([item("a"), item("b"), item("c")], ["A"]),
        ([item("a"), item("b", "y")], ["A[b].Value"]),
        ([item("a"), item("b", "y"), item("c")], ["A[b].Value", "A"]),
        ([item("a"), item("c")], ["A"]),
        ([item("a"), item("c"), item("d")], ["A", "A"]),
    ],
)
def test_bag(observed, places):
    """Each missing, wrong or surplus item is told once; one that may be a missing one under another name is not told again."""
    expected = Bag((item("a"), item("b")))
    assert [path for _, path in broken(expected, observed)] == places


def test_what_is_blamed_for_being_there_is_not_too_much():
    """An item that must be gone breaks the requirement that takes it away, and not also the one about the list."""
    expected = Both.of(Because(Lacks("Name", ("gone",)), DELETES), Bag((item("a"),)))
    assert broken(expected, [item("a"), item("gone")]) == [("user-attributes/blank-deletes", "A")]
    assert broken(expected, [item("a"), item("gone"), item("b")]) == [
        ("user-attributes/blank-deletes", "A"),
        ("listing/lists-users", "A"),
    ]


@pytest.mark.parametrize(("observed", "places"), [([], 0), ([item("a")], 0), ([item("a"), {}], 1), (None, 0)])
def test_member_that_every_item_has(observed, places):
    """A list may be asked to have no item without a member."""
    expected = Because(Lacks("Name", (None,)), DELETES)
    assert len(broken(expected, observed)) == places


@pytest.mark.parametrize(
    ("observed", "slugs"),
    [
        (["a"], []),
        (["a", "b"], ["paging/page-keeps-limit"]),
        (["a", "x"], ["paging/page-keeps-limit", LISTS.slug]),
    ],
)
def test_a_page_that_is_too_long(observed, slugs):
    """More items than were asked for break the requirement about that, and what the listing is about only if it is wrong too."""
    bound = Because(1, catalogue()["paging/page-keeps-limit"])
    page = Page({key: key for key in "ab"}, "Name", frozenset(), 1, "NextToken", bound=bound)
    assert [slug for slug, _ in broken(page, observed)] == slugs
