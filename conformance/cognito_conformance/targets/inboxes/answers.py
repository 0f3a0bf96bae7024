"""Codes that need no looking for: known beforehand, or in the answer itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cognito_conformance.targets.inboxes.purposes import check_purposes, for_purpose, scripted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_conformance.targets.inbox import Delivery, Inbox, Place
    from cognito_conformance.targets.table import Table


class _Nothing:
    """Nothing can be read."""

    private = True

    def code(self, to: Delivery) -> str | None:
        del to
        return None


@dataclass(frozen=True, slots=True)
class _Fixed:
    """The same code every time, by purpose."""

    private = True

    codes: Mapping[str, str]

    def code(self, to: Delivery) -> str | None:
        return for_purpose(self.codes, to.purpose)

    @property
    def script(self) -> str:
        return f"{scripted(self.codes)}    return found"


@dataclass(frozen=True, slots=True)
class _Header:
    """A header of the answer to the call that sent the code, by purpose."""

    private = True

    names: Mapping[str, str]

    def code(self, to: Delivery) -> str | None:
        name = for_purpose(self.names, to.purpose)
        return None if name is None or to.answer is None else to.answer.headers.get(name.lower())

    @property
    def script(self) -> str:
        headers = "answer['ResponseMetadata']['HTTPHeaders']"
        return f"{scripted(self.names)}    return {headers}.get(found.lower()) if found else None"


def no_inbox(options: Table, place: Place) -> Inbox:
    """No message can be read: what needs one is blocked."""
    del options, place
    return _Nothing()


def fixed_inbox(options: Table, place: Place) -> Inbox:
    """`codes`: the code of each purpose; "*" for every purpose but an invitation.

    Also for a target that accepts any code.
    """
    del place
    return _Fixed(_by_purpose(options, "codes"))


def header_inbox(options: Table, place: Place) -> Inbox:
    """`names`: for each purpose the header of the answer that has the code."""
    del place
    return _Header(_by_purpose(options, "names"))


def _by_purpose(options: Table, key: str) -> Mapping[str, str]:
    found = options.pairs(key)
    problem = check_purposes(found) or (None if found else f"{key} is missing: a table of texts by purpose")
    if problem:
        raise options.wrong(problem)
    return found
