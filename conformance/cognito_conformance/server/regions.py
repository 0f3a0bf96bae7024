"""A world for each region: pools of one are unknown in another, as on AWS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cognito_conformance.server.core import Reference
from cognito_conformance.server.wire import HttpAnswer

_SCOPE = re.compile(r"Credential=[^/,\s]+/\d{8}/([a-z0-9-]+)/")
MOST_REGIONS = 40


class Regions:
    """One `Reference` a region. A signed request names its region; an unsigned one is known by the values in it."""

    def __init__(self, default: Reference) -> None:
        self.default = default
        self._references = {default.region: default}

    def __iter__(self) -> Iterator[Reference]:
        return iter(list(self._references.values()))

    def handle(self, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
        """Answer one API request in the region that it belongs to."""
        return self._of(headers, body).handle(headers, body)

    def owner(self, pool_id: str) -> tuple[Reference, Any] | None:
        """The reference that has this pool, and the pool's term."""
        for reference in self:
            term = reference.values.term.get(pool_id)
            if term is not None and term in reference.world.pools:
                return reference, term
        return None

    def _of(self, headers: Mapping[str, str], body: bytes) -> Reference:
        found = _SCOPE.search(headers.get("authorization", ""))
        if found is not None:
            return self._region(found[1])
        if len(self._references) == 1:
            return self.default
        try:
            values = set(_strings(json.loads(body)))
        except (ValueError, RecursionError):
            return self.default
        known = (r for r in self if any(value in r.values.term for value in values))
        return next(known, self.default)

    def _region(self, name: str) -> Reference:
        if name not in self._references:
            if len(self._references) >= MOST_REGIONS:
                return self.default
            self._references[name] = self.default.sibling(name)
        return self._references[name]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
