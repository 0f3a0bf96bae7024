"""The page of the suite's calibration."""

from __future__ import annotations

import pytest

from conformance_report import problems
from conformance_report.mutation import render_mutation, score
from support.page import Page


def mutant(name, **fields):
    return {
        "id": name,
        "operation": "SignUp",
        "kind": "guard dropped",
        "requirement": "sign-up/username-is-free",
        "description": f"The mutant {name}.",
        "killed": True,
        "by": "sign-up/username-is-free",
        "requests": 25,
        "depth": 2,
        "observable": True,
        "reason": None,
    } | fields


ALIVE = {"killed": False, "by": None, "requests": None, "depth": None}
MUTANTS = [
    mutant("m1"),
    mutant("m2", requests=1500, depth=10, operation="ListUsers"),
    mutant("m3", kind="error swapped", **ALIVE, reason="two refusals always apply at once"),
    mutant("m4", requirement=None, **ALIVE),
    mutant("m5", kind="effect lost", observable=False, **ALIVE | {"reason": "bookkeeping"}),
]


def page(mutants, budget=2000):
    return Page(render_mutation({"budget": budget, "mutants": mutants}))


def rows(parsed, section):
    inside = parsed.one("section", id=section)
    return [
        [cell.text for cell in row.children]
        for row in parsed.all("tr")
        if inside in row.ancestors and row.parent.tag == "tbody"
    ]


def test_the_score_counts_what_a_client_can_observe():
    """Mutants that nobody can observe are left out of the score and told beside it."""
    parsed = page(MUTANTS)
    assert parsed.one("h1").text == "The suite kills 2 of 4 mutants that a client can observe."
    assert "A mutation score of 0.50, with 2,000 requests for each mutant." in parsed.text
    assert "1 more cannot be told from the original" in parsed.text


@pytest.mark.parametrize(
    ("killed", "alive", "expected"),
    [(899, 101, "0.89"), (9, 1, "0.90"), (0, 0, "—"), (3, 0, "1.00"), (29, 71, "0.29")],
)
def test_the_score_is_never_rounded_up(killed, alive, expected):
    """0.899 does not pass for 0.90."""
    assert score({"killed": killed, "alive": alive, "unobservable": 5}) == expected


def test_survivors_are_listed_with_their_reason():
    """Each mutant that lives is named, with why it does or that nobody knows."""
    survivors = rows(page(MUTANTS), "survivors")
    assert [row[-1] for row in survivors] == ["two refusals always apply at once", "Not known."]


def test_groups_show_the_weakest_first():
    """By kind, operation and requirement, the lowest score stands first."""
    parsed = page(MUTANTS)
    assert [row[:4] for row in rows(parsed, "kinds")] == [
        ["error swapped", "0.00", "0", "1"],
        ["guard dropped", "0.66", "2", "1"],
        ["effect lost", "—", "0", "0"],
    ]
    assert [row[0] for row in rows(parsed, "operations")] == ["SignUp", "ListUsers"]
    assert [row[0] for row in rows(parsed, "requirements")] == ["none named", "sign-up/username-is-free"]


def test_depths_stand_in_order():
    """Depths are sorted as numbers, and what has none comes last."""
    assert [row[0] for row in rows(page(MUTANTS), "depths")] == ["2", "10", "unknown"]


def test_requests_until_the_kill_are_told():
    """The page says how many were dead within so many requests, up to the budget."""
    within = [row[:3] for row in rows(page(MUTANTS), "score")]
    assert within[0] == ["10", "0.00", "0"]
    assert within[1] == ["30", "0.25", "1"]
    assert within[-1] == ["2,000", "0.50", "2"]


def test_no_mutants_are_no_score():
    """A calibration that ran nothing says so."""
    assert page([]).one("h1").text.startswith("No mutant was run")


def test_markup_stays_text():
    """Markup in a mutant makes no element."""
    hostile = "</script><img src=x onerror=alert(1)>"
    fields = dict.fromkeys(("operation", "kind", "requirement", "description", "reason"), hostile)
    plain = dict.fromkeys(fields, "plain")
    one, other = (page([mutant("m", **f | ALIVE | {"reason": f["reason"]})]) for f in (fields, plain))
    assert [(e.tag, sorted(e.attrs)) for e in one.elements] == [
        (e.tag, sorted(e.attrs)) for e in other.elements
    ]


@pytest.mark.parametrize("data", [{}, {"budget": 1, "mutants": [{}]}, {"budget": -1, "mutants": []}])
def test_other_data_is_refused(data):
    """What the schema does not allow is named and not half shown."""
    with pytest.raises(problems.InvalidRecord, match="mutation results"):
        render_mutation(data)
