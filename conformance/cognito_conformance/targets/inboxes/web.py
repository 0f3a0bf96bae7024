"""Codes that a target shows over HTTP."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cognito_conformance.targets.inboxes.purposes import PURPOSES
from cognito_conformance.targets.plain_http import fetch_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cognito_conformance.targets.inbox import Delivery, Inbox, Place
    from cognito_conformance.targets.table import Table

EVERY = 0.05


@dataclass
class _Web:
    """A list of letters, such as an emulator's SES or SNS shows, somewhere in a JSON document."""

    url: str
    ca_bundle: str | None
    pattern: re.Pattern[str]
    purposes: frozenset[str]
    patience: float
    _read: dict[str, int] = field(default_factory=dict)

    def code(self, to: Delivery) -> str | None:
        if to.destination is None or to.purpose.partition(":")[0] not in self.purposes:
            return None
        deadline = time.monotonic() + self.patience
        while True:
            codes = list(self._codes(fetch_json(self.url, ca_bundle=self.ca_bundle), to.destination))
            known = self._read.get(to.destination, 0)
            self._read[to.destination] = len(codes)
            if len(codes) > known:
                return codes[-1]
            if time.monotonic() > deadline:
                return None
            time.sleep(EVERY)

    def _codes(self, value: Any, destination: str) -> Iterator[str]:
        """The codes in the smallest objects that name the destination, in order."""
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        found = [code for item in inner for code in self._codes(item, destination)]
        if not found and isinstance(value, dict):
            texts = list(_texts(value))
            if destination in texts:
                found = [match[1] for text in texts for match in [self.pattern.search(text)] if match][:1]
        yield from found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


@dataclass(frozen=True, slots=True)
class _Reference:
    """GET /_reference/messages of the reference server."""

    private = True

    url: str
    ca_bundle: str | None

    def code(self, to: Delivery) -> str | None:
        wanted = {"purpose": to.purpose, "pool": to.pool_id, "username": to.username, "newest": 1}
        found = fetch_json(f"{self.url}?{urlencode(wanted)}", ca_bundle=self.ca_bundle)["messages"]
        return str(found[-1]["code"]) if found else None

    @property
    def script(self) -> str:
        return (
            "    import urllib.request\n"
            "    with urllib.request.urlopen(ENDPOINT + '/_reference/messages') as inbox:\n"
            "        sent = json.load(inbox)['messages']\n"
            "    to = {'purpose': purpose, 'username': username, 'pool': pool}\n"
            "    return [message['code'] for message in sent if to.items() <= message.items()][-1]"
        )


def http_inbox(options: Table, place: Place) -> Inbox:
    """`path` of a JSON document of letters on the target; `pattern`, a regular expression whose first group is the
    code; `purposes` that it is asked for (all); `patience`, seconds to wait for a letter (0). Each letter is read once.
    """
    path, text = options.text("path"), options.text("pattern")
    if path is None or text is None or not path.startswith("/"):
        raise options.wrong("path (which begins with /) and pattern are needed")
    try:
        pattern = re.compile(text)
    except re.error as problem:
        raise options.wrong(f"pattern is no regular expression: {problem}") from None
    if not pattern.groups:
        raise options.wrong("pattern needs a group for the code")
    purposes = options.texts("purposes")
    for purpose in purposes:
        if purpose not in PURPOSES:
            raise options.wrong(f"there is no purpose {purpose!r}; there are {', '.join(sorted(PURPOSES))}")
    return _Web(
        place.endpoint + path,
        place.ca_bundle,
        pattern,
        frozenset(purposes) or PURPOSES,
        options.number("patience") or 0.0,
    )


def reference_inbox(options: Table, place: Place) -> Inbox:
    """The reference server's own list of messages."""
    del options
    return _Reference(f"{place.endpoint}/_reference/messages", place.ca_bundle)
