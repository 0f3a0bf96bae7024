"""Does a message that a target sent say what was expected?

Equality would be too strict: AWS prints enum sets in hash order (val-enum), violations of one member in
either order (val-multiple-order), and regular expressions that have drifted from the published ones
(auua-empty-name).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cognito_model.shapes.violation import Violation

_HEAD = re.compile(r"(\d+) validation errors? detected: ")
_ENUM = "Member must satisfy enum value set: ["
_ZERO = r"Value '0' at '{path}' failed to satisfy constraint: Member must have value greater than or equal to"


def agrees(violations: Sequence[Violation], text: str) -> bool:
    """Whether `text` reports as many violations as expected, and each of them in a form that Cognito uses."""
    head = _HEAD.match(text)
    return (
        head is not None and int(head[1]) == len(violations) and all(_reported(v, text) for v in violations)
    )


def _reported(violation: Violation, text: str) -> bool:
    value = r"Value(?: null| '.*')?" if violation.shown is None else re.escape(violation.shown)
    start = f"{value} at '{re.escape(violation.path)}' failed to satisfy constraint: "
    if violation.constraint == "required" and re.search(_ZERO.format(path=re.escape(violation.path)), text):
        return True  # a missing primitive is reported as its default (val-primitive-default-zero)
    if violation.rule.startswith(_ENUM):
        found = re.search(start + re.escape(_ENUM) + r"([^\]]*)\]", text, re.DOTALL)
        return found is not None and _words(found[1]) == _words(violation.rule[len(_ENUM) : -1])
    fixed = violation.rule.partition(": ")[0]
    return re.search(start + re.escape(fixed) + r"(?!\d)", text, re.DOTALL) is not None


def _words(text: str) -> set[str]:
    return set(text.split(", "))
