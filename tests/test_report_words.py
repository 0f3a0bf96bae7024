"""A run is told in sentences that a person can rely on."""

from __future__ import annotations

import pytest

from conformance_report import words
from support import sample_results as sample


def told(tmp_path, *records, **fields):
    return words.headline(sample.results(tmp_path, sample.whole(*records, **fields)))


def test_a_run_that_exercised_nothing_says_so(tmp_path):
    """Where nothing was judged the verdict is that nothing is known, whatever was listed."""
    headline = told(
        tmp_path, sample.requirement("a/b", "not exercised"), sample.requirement("c/d", "blocked")
    )
    assert headline.sentence == "Nothing was exercised: this run says nothing about moto 5.2.5."
    assert "1 of 2 requirements was not exercised." in headline.beside


def test_a_conformant_target_is_told_with_what_was_judged(tmp_path):
    """A clean run says how many requirements it judged and how many it did not come to."""
    records = [sample.requirement(f"a/r{n}") for n in range(3)] + [sample.requirement("a/x", "not exercised")]
    headline = told(tmp_path, *records)
    assert headline.sentence == "moto 5.2.5 keeps all 3 requirements that must hold and were judged."
    assert headline.beside == ("1 of 4 requirements was not exercised.",)


def test_only_settled_musts_break_a_target(tmp_path):
    """SHOULD, MAY, provisional and flaky divergences are told beside the verdict and are not part of it."""
    headline = words.headline(sample.results(tmp_path, sample.typical()))
    assert headline.sentence == "moto 5.2.5 breaks 1 of the 3 requirements that must hold and were judged."
    assert headline.beside == (
        "2 requirements of level SHOULD or MAY were broken.",
        "1 provisional requirement was broken; they fail nobody.",
        "1 of 10 requirements was not exercised.",
    )


def test_a_cut_run_is_told_as_one(tmp_path):
    """What holds in a run that did not come to its end holds so far."""
    results = sample.results(tmp_path, [sample.header(), sample.requirement("a/b")])
    headline = words.headline(results)
    assert headline.sentence == "moto 5.2.5 keeps the one requirement that must hold and was judged so far."
    assert "The run did not come to its end: the file ends without a footer" in headline.beside[0]


def test_soft_requirements_alone_are_no_conformance(tmp_path):
    """Where no MUST was judged, a run does not claim that the target conforms."""
    headline = told(tmp_path, sample.requirement("a/b", level="SHOULD"))
    assert (
        headline.sentence
        == "No requirement that must hold was judged: this run says little about moto 5.2.5."
    )


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 10, "0 %"),
        (10, 10, "100 %"),
        (1, 1000, "< 1 %"),
        (999, 1000, "> 99 %"),
        (1, 3, "33 %"),
        (0, 0, "—"),
    ],
)
def test_percentages_never_round_to_nothing_or_all(part, whole, expected):
    """One failure among a thousand is not 0 %, and the rest is not 100 %."""
    assert words.share(part, whole) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.85, "850 ms"), (16.7, "16.7 s"), (250, "4 min 10 s"), (7500, "2 h 5 min")]
)
def test_durations_are_for_people(seconds, expected):
    """A duration has the unit that fits it."""
    assert words.lasting(seconds) == expected
