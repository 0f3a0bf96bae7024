"""Codes in the file where a target keeps its users."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cognito_conformance.targets.inboxes.purposes import check_purposes, for_purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cognito_conformance.targets.inbox import Delivery, Inbox, Place
    from cognito_conformance.targets.table import Table

EVERY = 0.02


@dataclass(frozen=True, slots=True)
class _File:
    """One JSON file a pool, with a table of users in it."""

    private = True

    folder: Path | None
    path: str
    users: str
    fields: Mapping[str, str]
    patience: float

    def code(self, to: Delivery) -> str | None:
        field = for_purpose(self.fields, to.purpose)
        # The pool's id comes from the target, and names a file.
        if field is None or self.folder is None or not re.fullmatch(r"[\w-]+", to.pool_id):
            return None
        file = self.folder / self.path.replace("{pool}", to.pool_id)
        deadline = time.monotonic() + self.patience
        while True:
            try:
                users = json.loads(file.read_text("utf-8")).get(self.users)
                return _field(_user(users, to), field)
            except (OSError, ValueError, AttributeError):
                # It is being written.
                if time.monotonic() > deadline:
                    return None
            time.sleep(EVERY)


def _field(user: Mapping[str, Any] | None, name: str) -> str | None:
    value = None if user is None else user.get(name)
    return value if isinstance(value, str) and value else None


def _user(users: Any, to: Delivery) -> Mapping[str, Any] | None:
    """The record of the user: by name, else the only one with the destination."""
    if not isinstance(users, dict):
        return None
    if isinstance(users.get(to.username), dict):
        found: Mapping[str, Any] = users[to.username]
        return found
    records = [user for user in users.values() if isinstance(user, dict)]
    if to.destination is None:
        return None
    theirs = [user for user in records if to.destination in _values(user.get("Attributes"))]
    return theirs[0] if len(theirs) == 1 else None


def _values(attributes: Any) -> Iterable[Any]:
    if not isinstance(attributes, list):
        return ()
    return [attribute.get("Value") for attribute in attributes if isinstance(attribute, dict)]


def file_inbox(options: Table, place: Place) -> Inbox:
    """`path` of a JSON file in the target's folder, with {pool} in it; `users`, the table in it that has a record
    for each user; `fields`, for each purpose the member of the record that holds the code; `patience`, seconds for a
    file that is being written (0.5).
    """
    path, fields = options.text("path"), options.pairs("fields")
    problem = check_purposes(fields) or (None if path and fields else "path and fields are missing")
    if path is None or problem:
        raise options.wrong(problem or "path is missing")
    patience = options.number("patience")
    return _File(
        place.folder, path, options.text("users") or "Users", fields, 0.5 if patience is None else patience
    )
