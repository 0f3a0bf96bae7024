"""Secrets out of traces: passwords, tokens, codes become named variables, wherever they stand."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cognito_model.model import Request
from cognito_model.terms import Term, Text

PASSWORD_MEMBERS = frozenset(
    {"Password", "TemporaryPassword", "PreviousPassword", "ProposedPassword", "PASSWORD", "NEW_PASSWORD"}
)
SECRET_MEMBERS = PASSWORD_MEMBERS | frozenset(
    {
        "AccessToken",
        "IdToken",
        "RefreshToken",
        "Token",
        "REFRESH_TOKEN",
        "Session",
        "SecretHash",
        "SECRET_HASH",
        "ClientSecret",
        "ClientSecretValue",
        "SecretCode",
        "ConfirmationCode",
        "Code",
        "UserCode",
        "SMS_MFA_CODE",
        "EMAIL_OTP_CODE",
        "SMS_OTP_CODE",
        "SOFTWARE_TOKEN_MFA_CODE",
        "PASSWORD_CLAIM_SIGNATURE",
        "PASSWORD_CLAIM_SECRET_BLOCK",
        "SECRET_BLOCK",
        "SRP_A",
        "SRP_B",
        "SALT",
        "CREDENTIAL",
        "PasswordVerifier",
        "Salt",
    }
)
"""Members whose values never reach a report in clear."""

UNITS = frozenset({"seconds", "minutes", "hours", "days"})
"""What TokenValidityUnits says of each kind of token."""

DEEPEST = 64
"""Levels of an answer that a report shows; a hostile one has thousands, in a token for instance."""
DEEPER = "… (nested deeper)"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a reader must know of a password to make one like it."""

    length: int
    upper: bool
    lower: bool
    digit: bool
    symbol: bool

    @classmethod
    def of(cls, password: str) -> Shape:
        return cls(
            len(password),
            any(c in string.ascii_uppercase for c in password),
            any(c in string.ascii_lowercase for c in password),
            any(c in string.digits for c in password),
            any(not c.isalnum() for c in password),
        )


SHORTEST = 6
"""Characters from which a secret is looked for within a text: a shorter one may well be a word of it."""


@dataclass
class Secrets:
    """The literal passwords of a trace, numbered as they come, and the secrets that its answers gave."""

    passwords: dict[str, int] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, requests: Sequence[Request], outputs: Iterable[Any]) -> Secrets:
        """Those of these requests, and of what was answered."""
        secrets = cls()
        secrets.collect(requests)
        for output in outputs:
            secrets._find(output)
        return secrets

    def hide(self, text: str) -> str:
        """The text without them: emulators quote what they refuse."""
        for secret in (*self.passwords, *self.given):
            if len(secret) >= SHORTEST and secret in text:
                text = text.replace(secret, _hidden(secret))
        return _TOKEN.sub(lambda found: _hidden(found[0]), text)

    def _find(self, value: Any, member: str | None = None, depth: int = 0) -> None:
        """Keep what stands in an answer under a member that holds a secret."""
        if isinstance(value, str) and member in SECRET_MEMBERS and value not in UNITS:
            self.given.add(value)
        elif depth <= DEEPEST and isinstance(value, Mapping):
            for name, item in value.items():
                self._find(item, str(name), depth + 1)
        elif depth <= DEEPEST and isinstance(value, list | tuple):
            for item in value:
                self._find(item, member, depth + 1)

    def collect(self, requests: Sequence[Request]) -> None:
        """Number every password that the requests hold."""
        for request in requests:
            self._walk(request.params)

    def _walk(self, value: Any) -> None:
        if isinstance(value, Mapping):
            for name, item in value.items():
                if name in PASSWORD_MEMBERS and isinstance(item, str):
                    self.passwords.setdefault(item, len(self.passwords) + 1)
                else:
                    self._walk(item)
        elif isinstance(value, list | tuple):
            for item in value:
                self._walk(item)


def symbolic(value: Any, secrets: Secrets, member: str | None = None) -> Any:
    """Params as JSON for a report: terms by their names, passwords as $PASSWORD_1, no secret in clear."""
    if isinstance(value, Term):
        return f"${term_name(value)}"
    if isinstance(value, Mapping):
        return {name: symbolic(item, secrets, name) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [symbolic(item, secrets, member) for item in value]
    if member in PASSWORD_MEMBERS and isinstance(value, str):
        number = secrets.passwords.get(value)
        return f"$PASSWORD_{number}" if number else "$PASSWORD"
    return value


_TOKEN = re.compile(r"eyJ[\w-]{10,}(?:\.[\w-]*){2,4}")
"""A token within a text."""

_NO_SECRETS = Secrets()


def scrubbed(
    value: Any, member: str | None = None, depth: int = 0, hide: Callable[[str], str] | None = None
) -> Any:
    """What a target answered, for a report: secrets replaced by a word about their length, and no deeper than is read."""
    hide = hide or _NO_SECRETS.hide
    if depth > DEEPEST and isinstance(value, Mapping | list | tuple):
        return DEEPER
    if isinstance(value, Mapping):
        return {str(name): scrubbed(item, str(name), depth + 1, hide) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [scrubbed(item, member, depth + 1, hide) for item in value]
    if isinstance(value, str):
        if (member in SECRET_MEMBERS and value not in UNITS) or looks_like_token(value):
            return _hidden(value)
        return hide(value)[:2000]
    return value if isinstance(value, int | float | bool) or value is None else repr(value)[:2000]


def _hidden(secret: str) -> str:
    return f"<secret of {len(secret)} characters>"


def looks_like_token(value: str) -> bool:
    """Whether a string is a JWT or JWE by its looks."""
    return len(value) > 60 and value.startswith("eyJ") and value.count(".") >= 2


def term_name(term: Term) -> str:
    """A short name of a term for people: Sub#3, SecretHash(ClientId#2, alice)."""
    if isinstance(term, Text):
        return "".join(term_name(part) if isinstance(part, Term) else str(part) for part in term.parts)
    if str(term) and not str(term).startswith(f"{type(term).__name__}("):
        return str(term)
    parts = []
    for name in term.__dataclass_fields__:
        value = getattr(term, name)
        if value is None:
            continue
        if name == "password":
            parts.append("password")
        else:
            parts.append(term_name(value) if isinstance(value, Term) else str(value))
    return f"{type(term).__name__}({', '.join(parts)})"
