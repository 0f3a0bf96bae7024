"""The filter language of ListUsers: attribute, `=` or `^=`, and a quoted value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

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

_FORM = re.compile(r'\s*"?([\w:.-]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that parsed. `value` may be a term where the server knows it as one of its own."""

    attribute: str
    prefix: bool
    value: Any

    def finds(self, user: User) -> bool:
        """Whether the user is selected, case observed."""
        return self._test(user, fold=False)

    def may_find(self, user: User) -> bool:
        """Whether the user may be selected: whether case counts is not settled (fact lu-case-insensitive)."""
        return self._test(user, fold=True)

    def _test(self, user: User, *, fold: bool) -> bool:
        actual = self.of(user)
        if not isinstance(actual, str) or not isinstance(self.value, str):
            return bool(actual == self.value) and not self.prefix
        value = self.value
        if fold:
            actual, value = actual.lower(), value.lower()
        return actual.startswith(value) if self.prefix else actual == value

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


def parse(text: str) -> Filter | None:
    """The filter that a text says, or None where it does not parse."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    return Filter(found[1], found[2] == "^=", re.sub(r"\\(.)", r"\1", found[3]))
