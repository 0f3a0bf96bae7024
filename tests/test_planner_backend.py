"""The planner as a Hypothesis backend: what it decides, and that Hypothesis needs it for nothing afterwards."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, reproduce_failure, settings
from hypothesis.database import InMemoryExampleDatabase
from hypothesis.errors import Flaky
from hypothesis.internal.conjecture.provider_conformance import run_conformance_test
from hypothesis.stateful import run_state_machine_as_test

from cognito_conformance.engine.budget import BudgetSpent
from cognito_conformance.engine.run import TargetGone
from cognito_conformance.machines.factory import machine_for
from cognito_conformance.planner.backend import BACKEND, LookAheadProvider, chosen_by

HOW = settings(
    max_examples=5,
    stateful_step_count=6,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
PLANNED = settings(HOW, backend=BACKEND)
COMMANDS = 50
UNLUCKY = (7, 3, 123_456_789)
"""Choices that no generation comes upon by chance."""


class Script:
    """A chooser with a fixed plan: numbers one after another, and now and then the unlucky ones."""

    def __init__(self, unlucky_at: int | None = None, done_after: int | None = None) -> None:
        self.beginnings = 0
        self.commands = 0
        self.unlucky_at = unlucky_at
        self.done_after = done_after
        self.begun_with = 0

    def beginning(self) -> int:
        self.beginnings += 1
        self.begun_with = self.commands
        return 1000 + self.beginnings

    def command(self) -> tuple[int, int, int]:
        self.commands += 1
        if self.commands == self.unlucky_at:
            return UNLUCKY
        return (self.commands % COMMANDS, self.commands % 24, self.commands)

    def is_done(self) -> bool:
        return self.done_after is not None and self.commands - self.begun_with >= self.done_after


class Recorder:
    """Stands in for a walk: keeps what it is told, and fails on the unlucky choices."""

    def __init__(self) -> None:
        self.examples: list[list] = []

    def __call__(self, number: int) -> Recorder:
        self.examples.append([number])
        return self

    def act(self, which: int, wrong: int, picks: int) -> None:
        self.examples[-1].append((which, wrong, picks))
        assert (which, wrong, picks) != UNLUCKY


def run(recorder: Recorder, how: settings, script: Script | None = None, seed: int = 1) -> None:
    machine = hypothesis.seed(seed)(machine_for("test", COMMANDS, recorder))
    if script is None:
        run_state_machine_as_test(machine, settings=how)
        return
    with chosen_by(script):
        run_state_machine_as_test(machine, settings=how)


def test_the_chooser_decides_the_numbers_of_every_example():
    """Each example begins with the number that was chosen, and each step has the three that were chosen together."""
    recorder, script = Recorder(), Script()
    run(recorder, PLANNED, script)
    assert len(recorder.examples) == 5
    steps = 0
    for index, (beginning, *acts) in enumerate(recorder.examples):
        assert beginning == 1001 + index
        for act in acts:
            steps += 1
            assert act == (steps % COMMANDS, steps % 24, steps)
    assert steps == script.commands > 20


def test_an_example_ends_where_the_chooser_is_done():
    """An example has fewer steps than it may have where the chooser has no more for it."""
    recorder = Recorder()
    run(recorder, PLANNED, Script(done_after=2))
    assert {len(acts) for _, *acts in recorder.examples} == {2}


def test_the_simplest_example_costs_nothing():
    """Hypothesis's first example, of zeros alone, begins no walk, with the planner and without."""
    for how, script in ((PLANNED, Script()), (HOW, None)):
        recorder = Recorder()
        run(recorder, how, script)
        assert recorder.examples
        assert all(example[0] != 0 for example in recorder.examples)


def test_a_number_out_of_bounds_is_not_used():
    """Where a chooser names a command that there is not, any command is drawn in its place."""

    class Wild(Script):
        def command(self):
            return (10**6, 99, -1)

    recorder = Recorder()
    run(recorder, PLANNED, Wild())
    for act in (act for example in recorder.examples for act in example[1:]):
        assert 0 <= act[0] < COMMANDS
        assert 0 <= act[1] < 24
        assert act[2] >= 0


def test_without_a_chooser_numbers_are_drawn():
    """The backend without a planner draws evenly, and the same for the same seed."""
    recorders = [Recorder(), Recorder()]
    for recorder in recorders:
        run(recorder, PLANNED)
    assert recorders[0].examples == recorders[1].examples
    assert len({act for example in recorders[0].examples for act in example[1:]}) > 20


def test_a_failure_is_stored_and_replayed_by_hypothesis_alone():
    """A failing example that the planner chose is kept in the example database and fails again without the planner."""
    database = InMemoryExampleDatabase()
    stored = settings(PLANNED, database=database)
    with pytest.raises(AssertionError):
        run(Recorder(), stored, Script(unlucky_at=4))
    replay = Recorder()
    with pytest.raises(AssertionError):
        run(replay, settings(HOW, database=database, phases=[Phase.reuse]))
    assert replay.examples[0][-1] == UNLUCKY


def test_a_failure_is_shrunk_by_hypothesis_alone():
    """Shrinking starts from the planner's example and needs no chooser: any move can be left out, and only the unlucky stays."""
    recorder = Recorder()
    with pytest.raises(AssertionError):
        run(recorder, settings(PLANNED, phases=[Phase.generate, Phase.shrink]), Script(unlucky_at=8))
    assert recorder.examples[-1][1:] == [UNLUCKY]


def test_reproduce_failure_works():
    """The blob that Hypothesis prints for the planner's example reproduces it."""
    recorder = Recorder()
    with pytest.raises(AssertionError) as caught:
        run(recorder, settings(PLANNED, print_blob=True), Script(unlucky_at=3))
    note = next(note for note in caught.value.__notes__ if "reproduce_failure" in note)
    blob = note.split("b'")[1].split("'")[0].encode()
    again = Recorder()
    machine = reproduce_failure(hypothesis.__version__, blob)(machine_for("test", COMMANDS, again))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=HOW)
    assert again.examples[0][-1] == UNLUCKY


@pytest.mark.parametrize("how", [HOW, PLANNED])
@pytest.mark.parametrize("ending", [BudgetSpent, TargetGone])
def test_the_end_of_a_run_passes_through(how, ending):
    """What ends a run ends the Hypothesis run at once, at whichever step of whichever example: it is not caught, not
    replayed, not shrunk, and not taken for flakiness.
    """
    for last in (1, 52, 61, 67, 91, 97):
        recorder = Mortal(ending(), last)
        with pytest.raises(ending):
            run(recorder, settings(how, max_examples=150), Script())
        assert recorder.acts == last


class Mortal(Recorder):
    """Raises at its so many-th step, in whichever example."""

    def __init__(self, ending: BaseException, last: int) -> None:
        super().__init__()
        self.ending, self.last, self.acts = ending, last, 0

    def act(self, which, wrong, picks):
        self.acts += 1
        if self.acts == self.last:
            raise self.ending


def test_choices_that_depend_on_the_moment_are_flaky_for_nobody():
    """A failure that only comes once is reported as flaky, as with any backend; the planner is not asked again for it."""

    class Once(Recorder):
        def act(self, which, wrong, picks):
            self.examples[-1].append((which, wrong, picks))
            assert len(self.examples) > 1 or len(self.examples[-1]) < 4

    script = Script()
    with pytest.raises(Flaky):
        run(Once(), PLANNED, script)
    assert script.beginnings == 1


def test_the_provider_conforms():
    """The backend keeps Hypothesis's own conformance tests for providers."""
    few = settings(
        max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_conformance_test(LookAheadProvider, settings=settings(few, database=None))
