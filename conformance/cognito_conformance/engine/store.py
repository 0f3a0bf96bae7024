"""Traces of findings in a Hypothesis example database, which several machines may share: what one found, others try first.

A trace is stored as the symbolic calls that show the finding, not as Hypothesis's choices: these mean something only
on the pool, after the calls and with the planner's knowledge of the run that made them; those mean the same everywhere.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from hypothesis.database import DirectoryBasedExampleDatabase, ExampleDatabase

from cognito_model import terms
from cognito_model.model import Request
from cognito_model.terms import Term

log = logging.getLogger(__name__)

FORMAT = 1
PREFIX = b"cognito-conformance:"
LONGEST = 200
"""Calls of a stored trace at most: what others stored may be anything."""
MARK = "$term"
TERMS = {
    kind.__name__: kind for kind in vars(terms).values() if isinstance(kind, type) and issubclass(kind, Term)
}
REDIS = ("redis", "rediss", "unix")


class CannotOpen(Exception):
    """The database cannot be used; the message says why, and shows no password."""


@dataclass
class Store:
    """The traces of one target. Trouble with the database is logged and costs what is stored, never the run."""

    database: ExampleDatabase
    key: bytes

    def traces(self) -> list[tuple[bytes, list[Request]]]:
        """What is stored, shortest first; what cannot be read is left out."""
        try:
            values = sorted(self.database.fetch(self.key), key=lambda value: (len(value), value))
        except Exception as problem:  # noqa: BLE001 - any client's
            return self._trouble("read", problem)
        found = []
        for value in values:
            try:
                found.append((value, decoded(value)))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                log.warning("the example database has a trace that cannot be read")
        return found

    def save(self, requests: Sequence[Request]) -> None:
        """Keep a trace."""
        try:
            self.database.save(self.key, encoded(requests))
        except Exception as problem:  # noqa: BLE001
            self._trouble("write", problem)

    def forget(self, value: bytes) -> None:
        """Remove a trace that shows nothing any more."""
        try:
            self.database.delete(self.key, value)
        except Exception as problem:  # noqa: BLE001
            self._trouble("write", problem)

    def _trouble(self, what: str, problem: Exception) -> list[Any]:
        log.warning("cannot %s the example database: %s", what, type(problem).__name__)
        return []


def opened(where: str, target: str, version: str | None) -> Store:
    """The store of a target at a redis URL, or in a folder. Raises CannotOpen."""
    key = f"{FORMAT}/{target}/{version or ''}".encode()
    url = urlsplit(where)
    if url.scheme not in REDIS:
        if url.scheme and "://" in where:
            raise CannotOpen(f"a database is a folder or a URL with {', '.join(f'{s}://' for s in REDIS)}")
        return Store(DirectoryBasedExampleDatabase(where), key)
    try:
        from hypothesis.extra.redis import RedisExampleDatabase
        from redis import Redis
        from redis.exceptions import RedisError
    except ImportError:
        raise CannotOpen(
            "a redis database needs the extra: pip install 'cognito-conformance[redis]'"
        ) from None
    try:
        client = Redis.from_url(where, socket_timeout=10, socket_connect_timeout=10)
        client.ping()
    except (RedisError, OSError, ValueError) as problem:
        _refuse(url.hostname, url.path, problem)
    return Store(RedisExampleDatabase(client, key_prefix=PREFIX), key)


def _refuse(host: str | None, path: str, problem: Exception) -> NoReturn:
    raise CannotOpen(f"no redis answers at {host or path} ({type(problem).__name__})") from None


def encoded(requests: Sequence[Request]) -> bytes:
    """A trace as JSON, the same for the same trace. Raises TypeError where it has what JSON has not."""
    calls = [
        {
            "step": request.step,
            "operation": request.operation,
            "params": _plain(request.params),
            "signed": request.signed,
            "wait": request.wait,
        }
        for request in requests
    ]
    return json.dumps(calls, sort_keys=True, separators=(",", ":")).encode()


def decoded(value: bytes) -> list[Request]:
    """The trace that was encoded so. Raises one of the errors that `Store.traces` names for what is none."""
    calls = json.loads(value)
    if not isinstance(calls, list) or not 0 < len(calls) <= LONGEST:
        raise ValueError("no trace")
    return [_request(call) for call in calls]


def _request(call: Mapping[str, Any]) -> Request:
    step, operation, signed, wait = (call[name] for name in ("step", "operation", "signed", "wait"))
    params = _symbolic(call["params"])
    if not (
        type(step) is int
        and isinstance(operation, str)
        and isinstance(params, dict)
        and type(wait) is int
        and wait >= 0
    ):
        raise TypeError("no call")
    if signed is not None and not isinstance(signed, bool):
        raise TypeError("no call")
    return Request(step, operation, params, signed, wait)


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        members = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return {MARK: type(value).__name__, **members}
    if isinstance(value, Mapping):
        if MARK in value:
            raise TypeError(f"a member is called {MARK}")
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _symbolic(value: Any) -> Any:
    if isinstance(value, list):
        return [_symbolic(item) for item in value]
    if not isinstance(value, dict):
        return value
    members = {name: _symbolic(item) for name, item in value.items() if name != MARK}
    if MARK not in value:
        return members
    # Terms are compared and looked up by their value.
    term = TERMS[value[MARK]](**{name: tuple(m) if isinstance(m, list) else m for name, m in members.items()})
    hash(term)
    return term
