"""One broken constraint of a request, and the sentence with which Cognito reports it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Constraint = Literal["required", "min length", "max length", "pattern", "min value", "max value", "enum"]

NOT_NULL = "Member must not be null"
HIDDEN = "Value"


@dataclass(frozen=True, slots=True)
class Violation:
    """A member that breaks one constraint.

    `path` is Cognito's spelling (`userAttributes.1.member.name`). `rule` is the sentence after "failed to
    satisfy constraint: ". `shown` is how the value is printed ("Value 'bad'", "Value null", "Value" where it
    is sensitive) and None where nothing tells how Cognito prints it (structures, blobs, terms).
    """

    path: str
    constraint: Constraint
    rule: str
    shown: str | None

    @property
    def text(self) -> str:
        """The violation as one clause of the message of an InvalidParameterException."""
        return f"{self.shown or HIDDEN} at '{self.path}' failed to satisfy constraint: {self.rule}"

    def within(self, parent: str) -> Violation:
        """The same violation seen from the structure that holds `parent`."""
        path = f"{parent}.{self.path}" if self.path else parent
        return Violation(path, self.constraint, self.rule, self.shown)


def message(violations: Sequence[Violation]) -> str:
    """The whole message of the InvalidParameterException that reports `violations`, in the order given."""
    count = len(violations)
    noun = "error" if count == 1 else "errors"
    return f"{count} validation {noun} detected: " + "; ".join(violation.text for violation in violations)


def spelled(member: str) -> str:
    """The member as Cognito spells it in a path: `UserPoolId` gives `userPoolId` (val-member-name-camel)."""
    return member[:1].lower() + member[1:]


def printed(value: Any) -> str | None:
    """The value as Java prints it, or None where that cannot be known from outside (structures, terms)."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list() | tuple():
            items = [printed(item) for item in value if item is not None]
            known = [item for item in items if item is not None]
            return f"[{', '.join(known)}]" if len(known) == len(items) else None
        case _:
            return None


def shown(value: Any, shape: Mapping[str, Any]) -> str | None:
    """How a report prints a value of this shape; `Violation.shown` says what the results mean."""
    if sensitive := shape.get("sensitive"):
        return HIDDEN if sensitive is True else None
    if value is None:
        return "Value null"
    text = printed(value)
    return None if text is None or shape["type"] == "blob" else f"Value '{text}'"


def rule(shape: Mapping[str, Any], constraint: Constraint) -> str:
    """The sentence that states `constraint` as this shape has it."""
    match constraint:
        case "required":
            return NOT_NULL
        case "max length":
            return f"Member must have length less than or equal to {shape['max']}"
        case "min length":
            return f"Member must have length greater than or equal to {shape['min']}"
        case "max value":
            return f"Member must have value less than or equal to {shape['max']}"
        case "min value":
            return f"Member must have value greater than or equal to {shape['min']}"
        case "pattern":
            return f"Member must satisfy regular expression pattern: {shape['pattern']}"
        case "enum":
            return f"Member must satisfy enum value set: [{', '.join(shape['enum'])}]"


def constraints(shape: Mapping[str, Any]) -> tuple[Constraint, ...]:
    """The constraints that a shape puts on its own value, in the order in which Cognito lists them."""
    if shape["type"] == "structure" or shape["type"] == "boolean":
        return ()
    if "enum" in shape:
        return ("enum",)
    numeric = shape["type"] in {"integer", "long", "float", "double"}
    found: list[Constraint] = []
    if "max" in shape:
        found.append("max value" if numeric else "max length")
    if shape.get("min", 0) > 0 or (numeric and "min" in shape):
        found.append("min value" if numeric else "min length")
    if "pattern" in shape:
        found.append("pattern")
    return tuple(found)


def rules(shape: Mapping[str, Any]) -> str:
    """All constraints of an element, as a report on a list of scalars prints them (val-list-of-strings)."""
    return f"[{', '.join(rule(shape, constraint) for constraint in constraints(shape))}]"
