"""Nothing that a target says can change the page, hide in it, or make it endless."""

from __future__ import annotations

import pytest

from conformance_report.html import render_html
from conformance_report.visible import visible, visible_source
from support import sample_results as sample
from support.page import Page

MARKUP = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style></title></textarea><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "--><svg onload=alert(1)><!--",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#60;i&#62;",
    "]]><![CDATA[<b>",
    "\x00<\x00script>",
]
HIDDEN = [
    "\u202e",
    "\u2066",
    "\u200b",
    "\x1b[31m",
    "\x00",
    "\ud800",
    "\u2028",
    "\ufeff",
    "\U000e0041",
    "\xad",
]


def poisoned(text):
    """A run in which every string that a target can choose, and most others, is `text`."""
    answer = {"status": 200, "error": text, "message": text, "members": {text: [text, {text: text}]}}
    trace = [sample.step(1, operation=text, params={text: text}, answer=answer)]
    fields = dict.fromkeys(("operation", "path", "observed", "story", "script", "cli", "pytest"), text)
    return sample.whole(
        sample.requirement("a/b", "fail", operations=[text], evidence=[sample.evidence(text, note=text)]),
        sample.requirement("a/c", "blocked", reason=text, area="a"),
        sample.requirement("a/d", expectation={"reason": text}),
        sample.finding("a/b", "f1", expected={text: text}, trace=trace, **fields),
        sample.finding("a/b", "f2", expected=text, trace=trace, **fields),
        sample.operation(text, errors={text: 2}),
        {"kind": "warning", "text": text},
        target={"name": text, "description": text, "endpoint": text, "version": text},
        options={text: text},
        capabilities=[text],
    )


def page(tmp_path, text):
    html = render_html(sample.results(tmp_path, poisoned(text)))
    html.encode("utf-8")
    return Page(html)


def skeleton(parsed):
    return [(e.tag, sorted(e.attrs)) for e in parsed.elements]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_text(tmp_path, text):
    """Markup in any string makes no element and no attribute: the page has those of harmless text."""
    assert skeleton(page(tmp_path, text)) == skeleton(page(tmp_path, "harmless"))


@pytest.mark.parametrize("text", [m for m in MARKUP if "\x00" not in m])
def test_markup_is_shown_as_it_came(tmp_path, text):
    """A maintainer sees the very characters that the target sent."""
    assert text in page(tmp_path, text).one("section", id="operations").text


@pytest.mark.parametrize("text", HIDDEN)
def test_hidden_characters_are_shown(tmp_path, text):
    """Controls, direction marks, invisible characters and lone surrogates show as their code point."""
    parsed = page(tmp_path, f"a{text}b")
    assert f"⟨U+{ord(text[0]):04X}⟩" in parsed.text
    values = [value for e in parsed.elements for value in e.attrs.values()]
    assert not [value for value in [parsed.text, *values] if text[0] in value]


def test_megabytes_are_cut_with_a_note(tmp_path):
    """Endless text is shown by its beginning, and the page says how much is left out."""
    parsed = page(tmp_path, "x" * 300_000)
    assert "298,000 more characters; the whole is in results.jsonl" in parsed.text
    assert len(parsed.text) < 900_000


def test_a_program_that_is_cut_cannot_be_copied(tmp_path):
    """Nobody is offered to copy half a script."""
    assert not page(tmp_path, "x" * 300_000).all("button")
    assert len(page(tmp_path, "x").all("button")) == 6


def test_deep_nesting_does_not_break_the_page(tmp_path):
    """An answer nested hundreds of levels deep is shown or said to be too deep."""
    deep: object = "x"
    for _ in range(900):
        deep = {"a": deep}
    records = sample.whole(sample.requirement("a/b", "fail"), sample.finding("a/b", observed=deep))
    assert "Got" in Page(render_html(sample.results(tmp_path, records))).text


def test_ordinary_text_is_left_alone():
    """Letters of any script, emoji, tabs and line feeds are what they are."""
    text = "Zoë Łukasz 山田 Ελένη שלום 🙂\tx\ny"
    assert visible(text) == text


@pytest.mark.parametrize("text", ["\u202e", "\x00", "\x1b", "\U000e0041", "\ufeff"])
def test_escapes_in_a_script_mean_the_same(text):
    """A script with hidden characters shows Python's escapes for them, and so still does the same."""
    source = visible_source(f"value = '{text}'")
    assert source.isascii()
    assert eval(source.removeprefix("value = ")) == text  # noqa: S307 - a literal of this test
