"""An answer of thousands of levels is shown in a report, and does not break the run."""

from __future__ import annotations

import json

import pytest

from cognito_conformance.engine.results import described
from cognito_conformance.narrate.redact import DEEPER, scrubbed


def nested(levels: int, wrap) -> object:
    value: object = "bottom"
    for _ in range(levels):
        value = wrap(value)
    return value


@pytest.mark.parametrize("wrap", [lambda v: [v], lambda v: {"a": v}, lambda v: ({"Password": v},)])
@pytest.mark.parametrize("show", [described, scrubbed])
def test_what_is_nested_too_deep_is_cut(show, wrap):
    """However deep, it becomes JSON with a word where it goes on."""
    text = json.dumps(show(nested(20_000, wrap)), ensure_ascii=False)
    assert DEEPER in text
    assert "bottom" not in text


@pytest.mark.parametrize("show", [described, scrubbed])
def test_what_answers_have_is_shown_whole(show):
    """Ten levels are shown to the bottom."""
    assert "bottom" in json.dumps(show(nested(10, lambda v: {"a": [v]})))
