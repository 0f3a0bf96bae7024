"""Requirements: everything that a verdict can be about, each with its evidence."""

from __future__ import annotations

import enum
import functools
import json
import re
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

SETTLED = 0.7
"""Evidence that is less sure than this makes a requirement provisional: it is reported and fails nobody."""


class Level(enum.StrEnum):
    """How much a divergence matters: code and shape, text and order, or recorded only."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"


MUST, SHOULD, MAY = Level.MUST, Level.SHOULD, Level.MAY


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to believe a requirement: where it was seen (`recorded`, `documented`, `reported`, `inferred`)."""

    kind: str
    source: str
    confidence: float
    fact: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """A stable slug, one sentence in the present tense, a level, the operations it speaks of, and its evidence.

    `raises` names the errors that keep it (any of them), where it demands a refusal; `text` is the requirement about
    that error's message, where the message is known: one of `says`, in which `{}` stands for anything. `needs` is the
    role of a function for Lambda triggers without which no call comes to it.
    """

    slug: str
    sentence: str
    level: Level
    operations: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    raises: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    disputed: bool = False
    needs: str | None = None
    text: Requirement | None = field(default=None, repr=False)

    @property
    def area(self) -> str:
        """The first part of the slug."""
        return self.slug.split("/", 1)[0]

    @property
    def provisional(self) -> bool:
        """True where the evidence is only inferred, too weak, or disagrees with itself."""
        settled = (e for e in self.evidence if e.kind != "inferred" and e.confidence >= SETTLED)
        return self.disputed or not any(settled)

    def allows_text(self, message: str) -> bool:
        """Whether `message` is one of those that the requirement knows, a trailing full stop or newline apart."""
        bare = message.rstrip(". \n")
        # Where a text ends with what may follow its full stop, the message must be seen with the stop.
        return any(pattern.fullmatch(bare) or pattern.fullmatch(message) for pattern in _patterns(self.says))

    def __repr__(self) -> str:
        return f"<{self.slug}>"


@functools.lru_cache(maxsize=2048)
def _patterns(says: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(".*".join(re.escape(part) for part in text.rstrip(". \n").split("{}")), re.DOTALL)
        for text in says
    )


_catalogue: dict[str, Requirement] = {}


class CatalogueError(ValueError):
    """A requirement that contradicts the catalogue: a slug twice, a fact that is not in the evidence."""


@functools.cache
def facts() -> dict[str, dict[str, Any]]:
    """All facts of the evidence files, by id."""
    found: dict[str, dict[str, Any]] = {}
    for entry in resources.files("cognito_model").joinpath("evidence").iterdir():
        if entry.name.endswith(".json"):
            for fact in json.loads(entry.read_text("utf-8"))["facts"]:
                if fact["id"] in found:
                    raise CatalogueError(f"fact {fact['id']} stands in the evidence twice")
                found[fact["id"]] = fact
    return found


def fact(name: str) -> Evidence:
    """The evidence that the fact `name` gives. Raises CatalogueError for an unknown one."""
    try:
        known = facts()[name]
    except KeyError:
        raise CatalogueError(f"no fact is called {name!r}") from None
    return Evidence(known["kind"], known["source"], known["confidence"], name, known.get("note"))


def documented(source: str, confidence: float = 0.9, note: str | None = None) -> Evidence:
    """Evidence from AWS's own documentation or service model."""
    return Evidence("documented", source, confidence, None, note)


def inferred(source: str, confidence: float = 0.5, note: str | None = None) -> Evidence:
    """A conclusion that nobody has seen confirmed; alone it leaves a requirement provisional."""
    return Evidence("inferred", source, confidence, None, note)


def requirement(
    slug: str,
    sentence: str,
    level: Level,
    *operations: str,
    facts: str = "",
    evidence: tuple[Evidence, ...] = (),
    raises: str = "",
    says: str | tuple[str, ...] = (),
    says_facts: str | None = None,
    says_disputed: bool = False,
    disputed: bool = False,
    needs: str | None = None,
) -> Requirement:
    """Add a requirement to the catalogue and return it.

    `facts` names facts of the evidence files, and `raises` errors of the service, separated by spaces. `says` is the
    message of the refusal, or several where all are known to occur; it becomes a requirement of its own,
    slug + "/text", level SHOULD, resting on `says_facts` (by default on the same evidence).
    Raises CatalogueError where the slug is taken or a fact is unknown.
    """
    grounds = tuple(fact(name) for name in facts.split()) + evidence
    errors = tuple(raises.split())
    texts = (says,) if isinstance(says, str) else says
    text = None
    if texts:
        text_grounds = grounds if says_facts is None else tuple(fact(name) for name in says_facts.split())
        text = _add(
            Requirement(
                f"{slug}/text",
                f"The refusal's message tells the reason in Cognito's words: {sentence[0].lower()}{sentence[1:]}",
                SHOULD,
                operations,
                text_grounds,
                raises=errors,
                says=texts,
                disputed=says_disputed,
                needs=needs,
            )
        )
    return _add(
        Requirement(
            slug,
            sentence,
            level,
            operations,
            grounds,
            errors,
            texts,
            disputed=disputed,
            needs=needs,
            text=text,
        )
    )


def _add(new: Requirement) -> Requirement:
    if new.slug in _catalogue:
        raise CatalogueError(f"two requirements are called {new.slug!r}")
    _catalogue[new.slug] = new
    return new


def registered() -> dict[str, Requirement]:
    """Every requirement that has been defined so far, by slug, in the order of definition."""
    return dict(_catalogue)
