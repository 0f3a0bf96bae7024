"""The HTML report says what a run means."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from conformance_report.html import render_html
from support import sample_results as sample
from support.page import Page


def html(tmp_path, records):
    return render_html(sample.results(tmp_path, records))


def page(tmp_path, records):
    return Page(html(tmp_path, records))


def cards(parsed):
    return [e.attrs["id"] for e in parsed.all("details") if e.attrs.get("class") == "card"]


def test_the_verdict_stands_at_the_top(tmp_path):
    """The first heading is the verdict in words, and what qualifies it follows."""
    parsed = page(tmp_path, sample.typical())
    expected = "moto 5.2.5 breaks 1 of the 3 requirements that must hold and were judged."
    assert parsed.one("h1").text == expected
    beside = [e.text for e in parsed.all("p", class_="beside")]
    assert "1 of 10 requirements was not exercised." in beside


def test_the_same_results_give_the_same_bytes(tmp_path):
    """Nothing in the page depends on when or where it was made."""
    assert html(tmp_path, sample.typical()) == html(tmp_path, sample.typical())


def test_the_page_needs_nothing_but_itself(tmp_path):
    """No script, style, image or frame is fetched, and the page's own policy forbids it."""
    text = html(tmp_path, sample.typical())
    parsed = Page(text)
    fetching = {"img", "iframe", "link", "object", "embed", "audio", "video", "source", "base"}
    assert not [e.tag for e in parsed.elements if e.tag in fetching or "src" in e.attrs]
    (policy,) = [m.attrs["content"] for m in parsed.all("meta", http_equiv="Content-Security-Policy")]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert not re.search(r"@import|url\((?!#)|https?:", style)
    for name, inline in (
        ("style", style),
        ("script", re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]),
    ):
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not [e for e in parsed.elements for name in e.attrs if name == "style" or name.startswith("on")]


def test_divergences_stand_worst_first(tmp_path):
    """MUST before SHOULD before MAY, then what is flaky; provisional stands last and apart."""
    parsed = page(tmp_path, sample.typical())
    assert cards(parsed) == [
        "sign-up/username-is-free",
        "sign-up/username-is-free/text",
        "sign-up/may-say-more",
        "groups/list-is-whole",
        "groups/name-is-free",
    ]
    apart = parsed.one("section", id="group-provisional")
    assert "reported, fails nobody" in apart.text


def test_downstream_follows_what_stands_on_its_own(tmp_path):
    """A divergence that was seen only after another comes behind the others of its level."""
    records = sample.whole(
        sample.requirement("a/downstream", "fail", failures=9),
        sample.requirement("a/seldom", "fail", failures=1),
        sample.requirement("a/often", "fail", failures=5),
        sample.finding("a/downstream", "f1", downstream=True),
        sample.finding("a/seldom", "f2"),
        sample.finding("a/often", "f3"),
    )
    parsed = page(tmp_path, records)
    assert cards(parsed) == ["a/often", "a/seldom", "a/downstream"]
    assert "Seen only after another divergence" in parsed.one("details", id="a/downstream").text


def test_a_divergence_is_told_in_full(tmp_path):
    """A card has sentence, evidence with its link, story, numbered steps, expected and got, and script."""
    parsed = page(tmp_path, sample.typical())
    card = parsed.one("details", id="sign-up/username-is-free")
    inside = [e for e in parsed.elements if card in e.ancestors]
    assert "The sentence of sign-up/username-is-free." in card.text
    assert "Let u be the user that SignUp(alice) created." in card.text
    (link,) = [e.attrs["href"] for e in inside if e.tag == "a"]
    assert link == "https://github.com/getmoto/moto/blob/0af643a/tests/x.py#L4459"
    assert [e.attrs["value"] for e in inside if e.tag == "li" and "value" in e.attrs] == ["1", "2"]
    sides = [e.text for e in inside if e.attrs.get("class", "").startswith("side ")]
    assert sides == ["ExpectedUsernameExistsException", "Gotaccepted"]
    assert "import boto3 print('expected, got')" in parsed.one("pre", id="script-f1").text
    assert parsed.one("button", data_copy="script-f1").text == "Copy"
    assert "not exercised" not in card.text


def test_more_findings_of_a_requirement_are_told_below_the_first(tmp_path):
    """Each further way in which a requirement is broken is told too, the clearest first."""
    records = sample.whole(
        sample.requirement("a/b", "fail"),
        sample.finding(
            "a/b", "late", trace=[sample.step(n) for n in range(5)], cli="aws cognito-idp", pytest="def"
        ),
        sample.finding("a/b", "soon", operation="AdminCreateUser"),
    )
    parsed = page(tmp_path, records)
    ids = [e.attrs["id"] for e in parsed.all("pre") if "id" in e.attrs]
    assert ids == ["script-soon", "script-late", "cli-late", "pytest-late"]


def test_every_requirement_is_listed_with_its_verdict(tmp_path):
    """The table by area has every requirement, exercised or not, with its word."""
    parsed = page(tmp_path, sample.typical())
    rows = [e for e in parsed.all("tr") if "data-mark" in e.attrs]
    expected = sorted((r["slug"], r["verdict"]) for r in sample.typical() if r["kind"] == "requirement")
    listed = []
    for row in rows:
        slug = next(e.text for e in parsed.elements if e.attrs.get("class") == "slug" and row in e.ancestors)
        verdict = next(
            e.text for e in parsed.elements if "verdict" in e.attrs.get("class", "") and row in e.ancestors
        )
        assert verdict.split(" ", 1)[1] == row.attrs["data-mark"]
        listed.append((slug, row.attrs["data-mark"]))
    assert sorted(listed) == expected


def test_reasons_stand_beside_what_was_not_judged(tmp_path):
    """Blocked, unsupported and error say why."""
    text = page(tmp_path, sample.typical()).one("section", id="requirements").text
    assert all(reason in text for reason in ("no inbox", "NotImplemented", "timeout"))


def test_what_was_not_exercised_is_counted(tmp_path):
    """Not exercised has its row in the legend and its sentence above the list."""
    parsed = page(tmp_path, sample.typical())
    assert "not exercised: 1 of 10 requirements." in parsed.one("section", id="requirements").text
    rows = [e.text for e in parsed.all("tr") if "nothing is known" in e.text]
    assert rows == ["○ not exercised110 %no call of this run came to it; nothing is known"]


def test_a_run_that_exercised_nothing_says_so(tmp_path):
    """No report of an empty run looks like a good one."""
    parsed = page(tmp_path, sample.whole(sample.requirement("a/b", "not exercised")))
    assert parsed.one("h1").text == "Nothing was exercised: this run says nothing about moto 5.2.5."
    assert "This run found none; it exercised nothing." in parsed.one("section", id="divergences").text
    assert page(tmp_path, sample.whole()).one("h1").text.startswith("Nothing was exercised")


def test_warnings_about_the_run_stand_out(tmp_path):
    """What spoils a run's quality is told before its results."""
    parsed = page(tmp_path, sample.typical())
    assert "90 % of the answers were NotAuthorizedException." in parsed.one("aside").text


def test_operations_are_told_with_their_errors(tmp_path):
    """The table says how often an operation was called, how it answered, and how many were never called."""
    text = page(tmp_path, sample.typical()).one("section", id="operations").text
    assert "2 operations of the API's 141 were called; 139 were not." in text
    assert "SignUp106NotAuthorizedException 3 UserNotFoundException 1" in text
    assert "ListDevices ∅ unsupported" in text


def test_a_cut_run_is_told_as_one(tmp_path):
    """The report of a file without a footer says that the run did not come to its end."""
    parsed = page(tmp_path, sample.typical()[:-1])
    assert "The run did not come to its end: the file ends without a footer" in parsed.text


def test_parts_are_told_with_elapsed_time_and_work(tmp_path):
    """A run of several workers tells how long it took and how much work that was."""
    records = sample.typical()
    records[-1] |= {"parts": 2, "seconds": 30.0}
    assert "17.0 s, with 30.0 s of work in 2 parts" in page(tmp_path, records).text


@pytest.mark.parametrize("answer", [None, sample.step(1, answer=None)["answer"]])
def test_a_step_without_an_answer_says_nothing_came(tmp_path, answer):
    """Where the target did not answer, the step says so."""
    trace = [sample.step(1, answer=answer, judged=False)]
    records = sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b", trace=trace, script=None))
    text = page(tmp_path, records).one("details", id="a/b").text
    assert "not judged" in text
    assert "answered nothing" in text


def test_a_verdict_without_a_finding_is_still_told(tmp_path):
    """A requirement that failed without a recorded trace keeps its card."""
    parsed = page(tmp_path, sample.whole(sample.requirement("a/b", "fail", evidence=[])))
    assert "The file holds no finding for it." in parsed.one("details", id="a/b").text


def test_a_trace_that_was_cut_says_so(tmp_path):
    """Over a trace that no replay made short stands of how many calls it was cut, and that this was on the model."""
    cut = sample.finding("a/b", cut_from=37, confirmed=None)
    text = page(tmp_path, sample.whole(sample.requirement("a/b", "fail"), cut)).one("details", id="a/b").text
    assert "The sequence, 2 calls of 37: cut on the model, not replayed" in text
    assert "It has not been run yet." in text
    whole = page(tmp_path, sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b")))
    text = whole.one("details", id="a/b").text
    assert "cut on the model" not in text
    assert "It has not been run yet." not in text


def test_places_without_a_trace_are_a_line_each(tmp_path):
    """What is told without a trace beside a finding with one is a line that says where, and what was expected and seen."""
    records = sample.whole(
        sample.requirement("a/b", "fail"),
        sample.finding("a/b", "whole"),
        sample.finding("a/b", "brief", operation="ListUsers", path="Users", trace=[], script=None),
    )
    parsed = page(tmp_path, records)
    [line] = [e.text for e in parsed.all("li") if "ListUsers" in e.text]
    assert line == "ListUsers Users, expected UsernameExistsException, got accepted request 12"


def test_answers_on_the_way_are_short(tmp_path):
    """Of an answer that only leads to the divergence the beginning is shown, of the one that shows it more."""
    long = {"status": 200, "error": None, "message": None, "members": {"n": "v" * 900}}
    trace = [sample.step(1, answer=long), sample.step(2, answer=long)]
    parsed = page(
        tmp_path, sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b", trace=trace))
    )
    shown = [e.text for e in parsed.all("details", class_="members")]
    assert ["v" * 900 in text for text in shown] == [False, True]
    assert "more characters; the whole is in results.jsonl" in shown[0]


def test_evidence_is_not_told_twice_in_a_row(tmp_path):
    """A requirement with the same evidence as the one above it says so; what was not exercised has none here."""
    other = [sample.evidence("elsewhere")]
    records = sample.whole(
        sample.requirement("a/b"),
        sample.requirement("a/b/text"),
        sample.requirement("a/c", evidence=other),
        sample.requirement("a/d", "not exercised", evidence=[sample.evidence("unseen")]),
    )
    text = page(tmp_path, records).text
    assert text.count("Evidence: as for the requirement above.") == 1
    assert ("elsewhere" in text, "unseen" in text) == (True, False)
