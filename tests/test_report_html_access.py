"""The pages can be used without a mouse, without colours, without sight, and without scripts."""

from __future__ import annotations

import itertools
import re

import pytest

from conformance_report.html import render_html
from conformance_report.mutation import render_mutation
from support import sample_results as sample
from support.page import Page
from test_report_mutation import MUTANTS


@pytest.fixture(params=["report", "mutation"])
def text(request, tmp_path):
    if request.param == "report":
        return render_html(sample.results(tmp_path, sample.typical()))
    return render_mutation({"budget": 2000, "mutants": MUTANTS})


@pytest.fixture
def page(text):
    return Page(text)


def test_every_control_is_labelled(page):
    """Each field, box and button has words that say what it does."""
    labels = {e.attrs["for"] for e in page.all("label") if "for" in e.attrs}
    for control in page.all("input"):
        around = [e for e in control.ancestors if e.tag == "label"]
        assert control.attrs.get("id") in labels or around[0].text
    assert all(button.text for button in page.all("button"))
    assert all(fieldset.children[0].tag == "legend" for fieldset in page.all("fieldset"))
    assert all(e.children[0].tag == "summary" and e.children[0].text for e in page.all("details"))


def test_headings_stand_in_order(page):
    """There is one h1, and no heading skips a level."""
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_page_has_landmarks_and_a_way_past_them(page):
    """Language, main, navigation and a link that skips to the content are there."""
    assert page.one("html").attrs["lang"] == "en"
    skip = next(e for e in page.elements if e.tag == "a")
    assert skip.attrs["href"] == "#main"
    assert page.one("main").attrs["id"] == "main"
    assert all(e.attrs.get("aria-label") for e in page.all("nav"))


def test_tables_have_captions_and_headers(page):
    """Each table says what it is, and each header cell what it heads."""
    for table in page.all("table"):
        assert table.children[0].tag == "caption"
        assert table.children[0].text
    assert all(e.attrs.get("scope") in ("col", "row") for e in page.all("th"))


def test_bars_are_told_in_words_and_patterns(page, text):
    """Each bar says in words what it shows, and each verdict has a pattern of its own."""
    bars = [e for e in page.all("svg") if "aria-label" in e.attrs]
    assert bars
    assert all(e.attrs["role"] == "img" and e.attrs["aria-label"] for e in bars)
    assert all(e.attrs.get("aria-hidden") == "true" for e in page.all("svg") if e not in bars)
    shapes = [re.sub(r'id="[^"]*"', "", found) for found in re.findall(r"<pattern .*?</pattern>", text)]
    assert len(set(shapes)) == len(shapes) == 7


def test_verdicts_are_words(page):
    """Wherever a verdict is shown it is a word; its sign is for the eye alone."""
    shown = [e for e in page.all("span") if "verdict" in e.attrs.get("class", "").split()]
    assert shown
    for verdict in shown:
        assert verdict.children[0].attrs["aria-hidden"] == "true"
        assert verdict.text.split(" ", 1)[1].isascii()


def test_ids_are_unique_and_links_lead_somewhere(page):
    """No id stands twice, and every link within the page has its target."""
    ids = [e.attrs["id"] for e in page.elements if "id" in e.attrs]
    assert len(set(ids)) == len(ids)
    assert {e.attrs["href"][1:] for e in page.all("a") if e.attrs["href"].startswith("#")} <= set(ids)
    named = ("aria-labelledby", "aria-describedby", "data-copy")
    assert {e.attrs[name] for e in page.elements for name in named if name in e.attrs} <= set(ids)


def test_what_needs_scripts_is_hidden_without_them(page):
    """The filter and the copy buttons show only once their script runs."""
    assert all("hidden" in e.attrs for e in [*page.all("form"), *page.all("button")])


def test_both_colour_schemes_are_there(text):
    """The page follows the reader's choice of light or dark and has a form for paper."""
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert '<meta name="color-scheme" content="light dark">' in text


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_text_has_contrast(text):
    """Every colour of text reaches 4.5 : 1 on every ground that it stands on, in both schemes."""
    light, dark = re.findall(r":root \{(.*?)\}", text, re.DOTALL)[:2]
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", scheme))
        for name in ["ink", "soft", "link", *(n for n in colours if n.endswith("-ink"))]:
            for ground in ("paper", "raised", "sunk"):
                pair = sorted((_luminance(colours[name]), _luminance(colours[ground])))
                assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, (name, ground)
