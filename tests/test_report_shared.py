"""What programs have in common is on a page once, and each program is whole again where scripts run."""

from __future__ import annotations

import re

from conformance_report.html import render_html
from conformance_report.shared import SharedParts
from support import sample_results as sample
from support.page import Page

HELPER = f'def helper():\n    """{"x" * 300}"""'
OTHER = f'def other():\n    """{"y" * 300}"""'
RARE = f'def rare():\n    """{"z" * 300}"""'
PROGRAMS = [
    f'"""One."""\n\n\n{HELPER}\n\n\n{OTHER}\n\n\none()\n',
    f'"""Two."""\n\n\n{HELPER}\n\n\n{OTHER}\n\n\n{RARE}\n\n\ntwo("<&>")\n',
    f'"""Three."""\n\n\n{HELPER}\n\n\n{OTHER}',
]


def test_pieces_are_the_program():
    """A program is its pieces one after the other."""
    shared = SharedParts(PROGRAMS)
    for program in PROGRAMS:
        assert "".join(piece.text for piece in shared.pieces(program)) == program


def test_what_comes_together_is_one_part():
    """Blocks that only come in a row are one part; what two programs have is none, nor is what is short."""
    assert SharedParts(PROGRAMS).numbered == [(1, f"{HELPER}\n\n\n{OTHER}")]


def test_blocks_that_come_apart_are_parts_of_their_own():
    """Where one program has only one of two blocks, they are two parts."""
    shared = SharedParts([*PROGRAMS, f"{OTHER}\n\n\nx = 1"])
    assert shared.numbered == [(1, HELPER), (2, OTHER)]


def test_a_program_may_have_a_block_twice():
    """A block that follows itself is found each time."""
    program = f"{HELPER}\n\n\n{HELPER}\n\n\n"
    shared = SharedParts([program] * 3)
    assert "".join(piece.text for piece in shared.pieces(program)) == program


def test_programs_without_shared_parts_stay_whole():
    """Where nothing is shared, a program is one piece, and nothing is said of parts."""
    shared = SharedParts(PROGRAMS[:2])
    assert not shared
    assert [piece.text for piece in shared.pieces(PROGRAMS[0])] == [PROGRAMS[0]]


def with_parts(html):
    """The programs of a page as its script makes them: each link to a part replaced by the part."""
    parts = dict(re.findall(r'<pre id="(part-\d+)" tabindex="0"><code>(.*?)</code></pre>', html, re.DOTALL))
    whole = re.sub(r'<a class="shared" href="#(part-\d+)">[^<]*</a>', lambda found: parts[found[1]], html)
    return re.findall(r'<pre id="script-[^"]*"[^>]*><code>(.*?)</code></pre>', whole, re.DOTALL)


def test_a_page_has_a_shared_part_once(tmp_path):
    """The text of a part comes once on a page; with it in its places the programs are what they were."""
    findings = [sample.finding("a/b", f"f{n}", script=text) for n, text in enumerate(PROGRAMS)]
    html = render_html(sample.results(tmp_path, sample.whole(sample.requirement("a/b", "fail"), *findings)))
    assert html.count("x" * 300) == html.count("y" * 300) == 1
    shown = [
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for text in with_parts(html)
    ]
    assert sorted(shown) == sorted(PROGRAMS)
    parsed = Page(html)
    assert parsed.one("section", id="shared")
    assert "document.querySelectorAll('a.shared')" in html


def test_many_findings_make_no_large_page(tmp_path):
    """Hundreds of programs with the same beginning, and of places that are told without a trace, take little."""
    program = "\n\n\n".join([HELPER, OTHER, "x" * 5000, "one()"])
    full = [sample.finding("a/b", f"f{n}", script=program) for n in range(200)]
    brief = [sample.finding("a/b", f"b{n}", script=None, trace=[], confirmed=None) for n in range(500)]
    html = render_html(
        sample.results(tmp_path, sample.whole(sample.requirement("a/b", "fail"), *full, *brief))
    )
    assert len(html) < 700_000
