"""A page of Markdown for the summary of a CI job."""

from __future__ import annotations

import re

import pytest

from conformance_report.markdown import MOST_CARDS, render_markdown
from support import sample_results as sample


def markdown(tmp_path, records):
    return render_markdown(sample.results(tmp_path, records))


def test_it_begins_with_the_verdict(tmp_path):
    """The first line is the verdict in words."""
    text = markdown(tmp_path, sample.typical())
    assert text.startswith("## moto 5.2.5 breaks 1 of the 3 requirements that must hold and were judged.\n")


def test_every_verdict_that_occurs_is_counted(tmp_path):
    """The table counts each verdict, and always those not exercised."""
    text = markdown(tmp_path, sample.whole(sample.requirement("a/b")))
    assert re.findall(r"^\| . ([a-z ]+) \| (\d+) \|", text, re.MULTILINE) == [
        ("pass", "1"),
        ("not exercised", "0"),
    ]


def test_divergences_come_worst_first(tmp_path):
    """MUST stands before SHOULD, MAY and flaky, and provisional comes last."""
    text = markdown(tmp_path, sample.typical())
    titles = re.findall(r"^### (\w+) \(1\)$", text, re.MULTILINE)
    assert titles == ["MUST", "SHOULD", "MAY", "Flaky", "Provisional"]
    assert "`SignUp`: expected `UsernameExistsException`, got `accepted`" in text


def test_it_stays_short(tmp_path):
    """A run with hundreds of divergences still fits into a comment, and says how many are left out."""
    slugs = [f"a/r{number}" for number in range(300)]
    records = [sample.requirement(slug, "fail") for slug in slugs]
    records += [sample.finding(slug, slug[2:], observed="x" * 9_000) for slug in slugs]
    text = markdown(tmp_path, sample.whole(*records))
    assert len(text) < 20_000
    assert f"and {300 - MOST_CARDS} more" in text


@pytest.mark.parametrize(
    "text",
    [
        "`` ` `` <b>bold</b>",
        "a\n\n# heading\n- @somebody #12",
        "![x](http://evil.example/x.png)",
        "`",
        "|||",
        "<!-- ",
        "\u202egnp.exe",
        "\ud800",
        "",
    ],
)
def test_what_a_target_says_stays_in_code_spans(tmp_path, text):
    """No text of a target becomes markup, mentions somebody, loads an image or starts a line."""
    records = sample.whole(
        sample.requirement("a/b", "fail"),
        sample.finding("a/b", observed=text, expected=text or "-", operation=text),
        {"kind": "warning", "text": text or "-"},
    )
    plain = markdown(tmp_path, records)
    plain.encode()
    assert "\u202e" not in plain
    outside = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", plain)
    assert not set(outside) & set("`<>@!["), outside
    assert len(plain.splitlines()) == len(markdown(tmp_path, _plain()).splitlines())


def test_a_targets_name_is_no_markup(tmp_path):
    """The name and version that a target gives itself are escaped."""
    target = {"name": "<b>m</b>", "version": "[x](http://e.example)"}
    text = markdown(tmp_path, sample.whole(sample.requirement("a/b"), target=target))
    assert r"\<b\>m\</b\> \[x\]\(http\://e.example\)" in text


def _plain():
    records = [sample.requirement("a/b", "fail"), sample.finding("a/b"), {"kind": "warning", "text": "-"}]
    return sample.whole(*records)


def test_a_trace_that_was_cut_says_so(tmp_path):
    """A finding whose trace was cut on the model is marked as not replayed; another is not."""
    for fields, marked in (({"cut_from": 37, "confirmed": None}, True), ({}, False)):
        records = sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b", **fields))
        told = "(cut on the model, not replayed: 2 calls of 37)" in markdown(tmp_path, records)
        assert told is marked
