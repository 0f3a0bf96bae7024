"""The results in a page of Markdown, for the summary of a CI job or a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance_report import words
from conformance_report.ranking import ranked
from conformance_report.visible import one_line, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance_report.ranking import Card
    from conformance_report.records import Results

MOST_CARDS = 20
"""Broken requirements told one by one; GitHub cuts a comment at 65,536 characters."""
MOST_WARNINGS = 5
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#!|~&@$^]|:(?=//))")


def render_markdown(results: Results) -> str:
    """The verdict, the counts, the worst divergences; GitHub-flavoured, and without HTML.

    Whatever a target may have said stands in code spans, where nothing is markup and nobody is mentioned.
    """
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    headline = words.headline(results)
    yield f"## {_plain(headline.sentence)}"
    yield ""
    for line in headline.beside:
        yield f"- {_plain(line)}"
    for warning in results.warnings[:MOST_WARNINGS]:
        yield f"- **Warning:** {_code(warning['text'], 300)}"
    if len(results.warnings) > MOST_WARNINGS:
        yield f"- … and {len(results.warnings) - MOST_WARNINGS} more warnings"
    yield ""
    yield "| verdict | requirements | share |"
    yield "|---|---:|---:|"
    for verdict, count in results.verdicts.items():
        if count or verdict == "not exercised":
            part = words.share(count, len(results.requirements))
            yield f"| {words.SYMBOLS[verdict]} {verdict} | {count:,} | {part} |"
    yield ""
    left = MOST_CARDS
    for group in ranked(results):
        if left == 0:
            break
        yield f"### {group.title} ({len(group.cards)})"
        yield ""
        for card in group.cards[:left]:
            yield from _card(card)
        if len(group.cards) > left:
            yield f"- … and {len(group.cards) - left} more, in the report"
        left -= min(left, len(group.cards))
        yield ""
    suite = _code(f"cognito-conformance {results.header['suite_version']}", 100)
    yield f"{words.counted(results.requests, 'request')}, seed {results.header['seed']}, {suite}."


def _card(card: Card) -> Iterator[str]:
    requirement = card.requirement
    mark = " (downstream)" if card.downstream else ""
    yield f"- {_plain(requirement['sentence'])} {_code(requirement['slug'], 200)}{mark}"
    for finding in card.findings[:1]:
        expected, got = _code(told(finding["expected"]), 160), _code(told(finding["observed"]), 160)
        cut = f" ({words.cut(finding)})" if "cut_from" in finding else ""
        yield f"  {_code(finding['operation'], 80)}: expected {expected}, got {got}{cut}"


def _plain(text: str) -> str:
    """Text of ours, or a target's name, with nothing in it that Markdown would act on."""
    return _SPECIAL.sub(r"\\\1", one_line(text, 600))


def _code(text: str, most: int) -> str:
    """A code span that its content cannot leave: the fence is longer than any run of backticks in it."""
    content = one_line(text, most) or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", content)), default=0) + 1)
    return (
        f"{fence} {content} {fence}"
        if content[0] in "` " or content[-1] in "` "
        else f"{fence}{content}{fence}"
    )
