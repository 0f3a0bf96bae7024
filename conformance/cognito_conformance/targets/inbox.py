"""How the codes that a target sends are read."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

from cognito_conformance.targets.description import Description, TargetError
from cognito_conformance.wire.answer import Answer
from cognito_model.world import Message

PATIENCE = 2.0


class Inbox(Protocol):
    """Reads codes. `code` gives the code of a message, or None where it cannot be read."""

    def code(self, message: Message, username: Any, pool_id: str, answer: Answer | None) -> str | None:
        """The code that `message` carried to the user; `answer` is the target's answer to the call that sent it."""


class NoInbox:
    """Nothing can be read."""

    def code(self, message: Message, username: Any, pool_id: str, answer: Answer | None) -> str | None:
        """None, always."""
        return None


class Fixed:
    """The same code every time, by purpose; "*" for any other."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self.codes = codes

    def code(self, message: Message, username: Any, pool_id: str, answer: Answer | None) -> str | None:
        """The code of the purpose."""
        return self.codes.get(
            message.purpose, self.codes.get(message.purpose.split(":")[0], self.codes.get("*"))
        )


class Header:
    """A header of the answer that caused the message, by purpose; `otherwise` where any code is accepted."""

    def __init__(self, purposes: Mapping[str, str], otherwise: str | None) -> None:
        self.purposes, self.otherwise = purposes, otherwise

    def code(self, message: Message, username: Any, pool_id: str, answer: Answer | None) -> str | None:
        """The header's value."""
        name = self.purposes.get(message.purpose)
        if name is None:
            return None if message.purpose == "invitation" else self.otherwise
        return answer.headers.get(name) if answer is not None else None


class ReferenceInbox:
    """GET /_reference/messages of the reference server."""

    def __init__(self, endpoint: str) -> None:
        self.url = f"{endpoint}/_reference/messages"

    def code(self, message: Message, username: Any, pool_id: str, answer: Answer | None) -> str | None:
        """The newest message of the purpose to the user."""
        with urllib.request.urlopen(self.url, timeout=10) as response:
            messages = json.load(response)["messages"]
        for sent in reversed(messages):
            if (sent["purpose"], sent["pool"], sent["username"]) == (message.purpose, pool_id, username):
                return str(sent["code"])
        return None


class CognitoLocalInbox:
    """cognito-local keeps codes in its database, one JSON file a pool, and prints them late."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def code(self, message: Message, username: Any, pool_id: str, answer: Answer | None) -> str | None:
        """The code in the user's record, with some patience."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                data = json.loads((self.folder / ".cognito" / "db" / f"{pool_id}.json").read_text())
                user = data.get("Users", {}).get(username, {})
                for name in ("ConfirmationCode", "AttributeVerificationCode", "MFACode"):
                    if re.fullmatch(r"\d+", str(user.get(name, ""))) and _fits(name, message.purpose):
                        return str(user[name])
            except (OSError, ValueError):
                pass
            if time.monotonic() > deadline:
                return None
            time.sleep(0.05)


def _fits(name: str, purpose: str) -> bool:
    wanted = {"verify": "AttributeVerificationCode", "mfa": "MFACode"}.get(
        purpose.split(":", maxsplit=1)[0], "ConfirmationCode"
    )
    return name == wanted


Maker = Callable[[Mapping[str, Any], str, Path | None], Inbox]

KINDS: dict[str, Maker] = {
    "none": lambda options, endpoint, folder: NoInbox(),
    "fixed": lambda options, endpoint, folder: Fixed(options.get("codes", {})),
    "any": lambda options, endpoint, folder: Fixed({"*": options.get("code", "123456")}),
    "header": lambda options, endpoint, folder: Header(options.get("purposes", {}), options.get("otherwise")),
    "reference": lambda options, endpoint, folder: ReferenceInbox(endpoint),
    "cognito-local": lambda options, endpoint, folder: CognitoLocalInbox(folder or Path()),
}


def inbox_of(description: Description, endpoint: str, folder: Path | None) -> Inbox:
    """The inbox that a description names: built in, or a plug-in of the group `cognito_conformance.inboxes`.

    A plug-in is a function of the [inbox] table, the endpoint URL and the target's working folder.
    """
    kind = description.inbox.get("kind", "none")
    maker = KINDS.get(kind)
    if maker is None:
        found = entry_points(group="cognito_conformance.inboxes", name=kind)
        if not found:
            raise TargetError(
                f"{description.name}: no inbox is called {kind!r}; there are {', '.join(KINDS)}"
            )
        maker = next(iter(found)).load()
    return maker(description.inbox, endpoint, folder)


CODE_SOURCES = {
    "fixed": "    return {code!r}",
    "any": "    return {code!r}",
}


def code_source(description: Description) -> str:
    """The body of a Python function `sent_code(answer)` for reproduction scripts."""
    inbox = description.inbox
    match inbox.get("kind"):
        case "any" | "fixed":
            codes = inbox.get("codes", {"*": inbox.get("code", "123456")})
            default = codes.get("*", next(iter(codes.values()), ""))
            forgot = codes.get("forgot-password", default)
            return f"    return {forgot!r} if 'UserSub' not in answer else {default!r}"
        case "header":
            header = next(iter(inbox.get("purposes", {}).values()), "")
            other = inbox.get("otherwise") or ""
            return f"    headers = answer['ResponseMetadata']['HTTPHeaders']\n    return headers.get({header!r}, {other!r})"
        case "reference":
            return (
                "    import urllib.request\n"
                "    with urllib.request.urlopen(ENDPOINT + '/_reference/messages') as inbox:\n"
                "        return json.load(inbox)['messages'][-1]['code']"
            )
        case _:
            return "    return input('the code that was sent: ').strip()"
