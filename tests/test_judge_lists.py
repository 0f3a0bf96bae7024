"""How lists are compared: what is missing, what is too much, and that neither is told twice."""

from __future__ import annotations

import pytest

from cognito_conformance.judge.bindings import Bindings
from cognito_conformance.judge.compare import Comparison
from cognito_model import delivery
from cognito_model.expect import Bag, Because, Both, Lacks, Page
from cognito_model.requirements import catalogue

SENDS = catalogue()["user-attributes/code-goes-to-new-value"]
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


def sent(destination, attribute="email"):
    """Delivery details as an answer has them."""
    return {"Destination": destination, "DeliveryMedium": "EMAIL", "AttributeName": attribute}


@pytest.mark.parametrize(
    ("destination", "attribute", "slugs"),
    [
        ("a***@e***", "email", []),
        ("a***@example.com", "email", ["delivery/mask-keeps-first-letters"]),
        (
            "ann@example.com",
            "email",
            ["delivery/destination-is-masked", "delivery/mask-keeps-first-letters"],
        ),
        ("a***@e***", "phone_number", ["user-attributes/code-goes-to-new-value"]),
    ],
)
@pytest.mark.parametrize("may", [False, True])
def test_wrong_mask_in_a_list_of_deliveries(destination, attribute, slugs, may):
    """A wrong mask breaks what is said of masks, and not what is said of where the code goes."""
    details = delivery.details("email", "ann@example.com", SENDS)
    expected = Because(Bag((), (details,)) if may else Bag((details,)), SENDS)
    assert [slug for slug, _ in broken(expected, [sent(destination, attribute)])] == slugs
    assert [slug for slug, _ in broken(expected, [])] == ([] if may else [SENDS.slug])
    twice = broken(expected, [sent("a***@e***"), sent("a***@e***")])
    assert [slug for slug, _ in twice] == [SENDS.slug]


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
