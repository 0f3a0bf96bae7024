"""What the benchmarks compute of their figures."""

from __future__ import annotations

import pytest
from benchmarks.__main__ import COMMANDS
from benchmarks.figures import table
from benchmarks.memory import growth
from benchmarks.minimise import Example, NotShown, summary
from benchmarks.planner import NEVER, keep, kept, killable, requests_until

from cognito_conformance.calibration.hunt import Kill
from cognito_conformance.calibration.mutations import Fault, Mutation


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


def test_every_benchmark_writes_its_figures_where_it_is_told():
    """`all` gives each benchmark a file, so each takes one."""
    assert all("output" in {option.name for option in command.params} for command in COMMANDS.values())


def test_an_example_says_its_numbers_once():
    """Hypothesis gets the numbers that found something as one example, and no other that is generated."""
    example = Example(9, [(1, 2, 3)])
    assert (example.beginning(), example.command()) == (9, (1, 2, 3))
    with pytest.raises(NotShown):
        example.command()
    with pytest.raises(NotShown):
        example.beginning()


def test_only_findings_that_both_ways_show_are_compared():
    """A finding that one way cannot show again says nothing about the other; our own requests count all the same."""

    def row(requests: int, theirs: int | None) -> dict:
        hypothesis = {"requests": 1000, "length": theirs, "ended": True}
        return {"found with": 7, "ours": {"requests": requests, "length": 3}, "hypothesis": hypothesis}

    found = summary([row(10, 4), row(50, None)])
    assert found["shown by both"] == 1
    assert found["ratio, median"] == 100
    assert found["ours, worst"] == 50
    assert (found["ratio, 6 to 15 calls (findings)"], found["ratio, 6 to 15 calls (median)"]) == (1, 100)
    assert (found["ours longer"], found["ours shorter"]) == (0, 1)


def test_a_run_with_another_budget_is_made_again(tmp_path):
    """What was kept of a run is used for the same run alone: not for other requests, patience or mutants."""
    log, mutation = tmp_path / "runs.jsonl", Mutation(Fault.STALE_READ, "GetUser", "x")
    kill = Kill(mutation, "a/b", 7, 3)
    keep(log, {"way": "planner", "seed": 1, "requests": 100, "patience": 10}, [kill])
    assert kept(log, [mutation], {"planner": 100}, 10) == {("planner", 1): [kill]}
    assert kept(log, [mutation], {"planner": 200}, 10) == {}
    assert kept(log, [mutation], {"planner": 100}, 20) == {}
    assert kept(log, [], {"planner": 100}, 10) == {}
