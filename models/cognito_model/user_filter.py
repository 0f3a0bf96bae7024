"""The filter language of ListUsers: attribute, `=` or `^=`, and a quoted value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cognito_model.terms import Term, Text

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.world import User

SEARCHABLE = frozenset(
    {
        "username",
        "email",
        "phone_number",
        "name",
        "given_name",
        "family_name",
        "preferred_username",
        "cognito:user_status",
        "status",
        "sub",
    }
)
"""Fact lu-searchable."""
CASELESS = frozenset({"email", "cognito:user_status"})
"""Attributes of which no source says that case counts, and both the guide and a report that it does not."""

_FORM = re.compile(r'\s*(?:"([\w:.-]+)"|([\w:.-]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
_HOLE = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that parsed. `value` is a term where the filter names one; `quoted` says that the attribute was."""

    attribute: str
    prefix: bool
    value: Any
    quoted: bool = False

    def finds(self, call: Call, user: User) -> bool:
        """Whether the user is certainly selected: case observed, and every character known."""
        actual, value = self._compared(call, user)
        if isinstance(actual, str) and isinstance(value, str):
            return actual.startswith(value) if self.prefix else actual == value
        return actual is not None and actual == value

    def finds_in_any_case(self, call: Call, user: User) -> bool:
        """Whether the user is certainly selected although the case may differ."""
        actual, value = self._compared(call, user)
        known = isinstance(actual, str) and isinstance(value, str)
        return self.attribute in CASELESS and known and self.may_find(call, user)

    def may_find(self, call: Call, user: User) -> bool:
        """Whether the user may be selected: where else case counts is not settled (fact lu-case-insensitive)."""
        actual, value = self._compared(call, user)
        if isinstance(actual, str) and isinstance(value, str):
            actual, value = actual.lower(), value.lower()
            return actual.startswith(value) if self.prefix else actual == value
        # The beginning of a value that only the target knows, or an attribute whose value is in doubt.
        return actual is not None and (actual == value or self.prefix or not isinstance(actual, Term))

    def _compared(self, call: Call, user: User) -> tuple[Any, Any]:
        actual = self.of(user)
        known, value = call.characters(actual), call.characters(self.value)
        return (actual, self.value) if known is None or value is None else (known, value)

    def of(self, user: User) -> Any:
        """The value that the filter looks at."""
        match self.attribute:
            case "username":
                return user.username
            case "sub":
                return user.sub
            case "status":
                return "Enabled" if user.enabled else "Disabled"
            case "cognito:user_status":
                return user.status
            case name:
                return user.attributes.get(name)


def parse(filter_: Any) -> Filter | None:
    """The filter that a text, or a text with terms in it, says; None where it does not parse."""
    parts = filter_.parts if isinstance(filter_, Text) else (filter_,)
    text = "".join(
        f"\ue000{i}\ue001" if isinstance(part, Term) else str(part) for i, part in enumerate(parts)
    )
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    value = _filled(re.sub(r"\\(.)", r"\1", found[4]), parts)
    return Filter(found[1] or found[2], found[3] == "^=", value, quoted=found[1] is not None)


def _filled(value: str, parts: tuple[Any, ...]) -> Any:
    hole = _HOLE.fullmatch(value)
    if hole is not None:
        return parts[int(hole[1])]
    return Text((value,)) if _HOLE.search(value) else value
