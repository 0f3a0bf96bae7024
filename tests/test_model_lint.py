"""The linter of the catalogue finds what is wrong with it."""

from __future__ import annotations

import pytest

from cognito_model import lint


def test_catalogue_is_clean():
    """Nothing is to be said against the requirements as they are."""
    assert list(lint.problems()) == []


@pytest.mark.parametrize(
    ("cited", "examples", "not_judged", "said"),
    [
        ({"a"}, {}, {"why": "b"}, []),
        ({"a"}, {"area/slug": "b"}, {}, []),
        ({"a"}, {}, {}, ["b: cited by no requirement"]),
        ({"a", "b"}, {}, {"why": "b"}, ["b: excused, and cited"]),
        ({"a"}, {}, {"why": "b c"}, ["c: excused, and no fact"]),
        ({"a"}, {"area/slug": "b"}, {"why": "b"}, ["b: excused twice"]),
        ({"a"}, {"area/gone": "b"}, {}, ["area/gone: has examples and is no requirement"]),
    ],
)
def test_every_fact_is_cited_or_excused(cited, examples, not_judged, said):
    """Every fact is cited by a requirement, or named once with the reason why it is not."""
    assert list(lint.of_facts({"a", "b"}, cited, examples, not_judged, {"area/slug"})) == said
