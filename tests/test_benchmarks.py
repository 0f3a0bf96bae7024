"""What the benchmarks compute of their figures."""

from __future__ import annotations

import pytest
from benchmarks.figures import table
from benchmarks.memory import growth
from benchmarks.planner import NEVER, killable, requests_until


def test_a_share_is_dead_with_the_last_mutant_that_it_takes():
    """Three of four are dead when the third dies; the fourth may live."""
    killed = {"a": 10.0, "b": 30.0, "c": 20.0, "d": NEVER}
    assert requests_until(0.75, killed, killed) == 30.0
    assert requests_until(0.9, killed, killed) == NEVER


def test_killable_is_what_any_way_killed():
    """A mutant that one way never kills counts where another does."""
    runs = {"one": [{"a": 1.0, "b": NEVER}], "other": [{"a": NEVER, "b": 2.0, "c": NEVER}]}
    assert killable(runs) == ["a", "b"]


def test_growth_is_that_of_the_last_half():
    """What a run holds once it has warmed up is no leak."""
    warming = [(1000, 10.0), (2000, 60.0)]
    assert growth([*warming, (3000, 80.0), (4000, 80.0)]) == pytest.approx(0.0)
    assert growth([*warming, (3000, 80.0), (4000, 81.0)]) == pytest.approx(1024 * 1024 / 1000)


def test_a_table_is_markdown():
    """Heads, a rule, and a line a row."""
    assert table(["a", "b"], [[1, "x"]]) == "| a | b |\n| --- | --- |\n| 1 | x |"
