"""Compare an answer with what the model expects, member by member, and bind terms on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.crypto import tokens
from cognito_conformance.judge.bindings import FORMATS, UNIQUE, Bindings, Blocked, Unbound
from cognito_model import expect
from cognito_model.requirement import Requirement
from cognito_model.requirements import protocol
from cognito_model.terms import Fresh, Term

NUMBERS = frozenset({"Instant", "AuthTime"})
"""Kinds of values that are numbers."""

MISSING = object()
"""Stands for a member that the answer does not have."""


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement, held or broken, at one place of an answer. `expected` and `observed` are for people."""

    requirement: Requirement
    held: bool
    path: str | None = None
    expected: Any = None
    observed: Any = None


@dataclass
class Comparison:
    """One answer against one reply. Bindings are tentative until `commit`."""

    bindings: Bindings
    read_token: Callable[[Any, str, str], Mapping[str, Any]]
    checks: list[Check] = field(default_factory=list)
    bound: dict[Term, Any] = field(default_factory=dict)
    owners: dict[tuple[str, str], Any] = field(default_factory=dict)
    page_keys: tuple[Any, ...] = ()

    @property
    def broken(self) -> int:
        """How many checks failed."""
        return sum(not check.held for check in self.checks)

    def commit(self) -> None:
        """Keep what was bound."""
        self.bindings.owners.update(self.owners)
        for term, value in self.bound.items():
            self.bindings.values[term] = value
            if isinstance(term, Fresh) and term.kind in UNIQUE:
                self.bindings.taken[(term.kind, value)] = term

    def members(self, expected: Mapping[str, Any], observed: Mapping[str, Any], why: Requirement) -> None:
        """Compare the members of an answer with those of a reply."""
        for name, value in expected.items():
            self._value(value, observed.get(name, MISSING), name, why)

    # -- one value

    def _value(self, expected: Any, observed: Any, path: str, why: Requirement) -> bool:
        if observed is None:
            observed = MISSING
        handler = _HANDLERS.get(type(expected))
        if handler is not None:
            return handler(self, expected, observed, path, why)
        if isinstance(expected, Term):
            return self._term(expected, observed, path, why)
        if isinstance(expected, Mapping):
            return self._structure(expected, observed, path, why)
        if isinstance(expected, list | tuple):
            return self._list(expected, observed, path, why)
        return self._check(_same_scalar(expected, observed), path, expected, observed, why)

    def _check(self, held: bool, path: str, expected: Any, observed: Any, why: Requirement) -> bool:
        self.checks.append(Check(why, held, path, None if held else expected, None if held else observed))
        return held

    def _absent(self, expected: Any, observed: Any, path: str, why: Requirement) -> bool:
        return self._check(observed is MISSING, path, expected, observed, why)

    def _because(self, expected: expect.Because, observed: Any, path: str, why: Requirement) -> bool:
        return self._value(expected.value, observed, path, expected.requirement)

    def _both(self, expected: expect.Both, observed: Any, path: str, why: Requirement) -> bool:
        return all([self._value(part, observed, path, why) for part in expected.parts])

    def _present(self, expected: expect.Present, observed: Any, path: str, why: Requirement) -> bool:
        return self._check(observed is not MISSING, path, "present", observed, why)

    def _one_of(self, expected: expect.OneOf, observed: Any, path: str, why: Requirement) -> bool:
        for choice in expected.choices:
            trial = self._trial()
            if trial._value(choice, observed, path, why):
                self._adopt(trial)
                return True
        return self._check(False, path, expected, observed, why)

    def _pattern(self, expected: expect.Pattern, observed: Any, path: str, why: Requirement) -> bool:
        held = isinstance(observed, str) and re.fullmatch(expected.regex, observed, re.DOTALL) is not None
        return self._check(held, path, expected, observed, why)

    def _at_least(self, expected: expect.AtLeast, observed: Any, path: str, why: Requirement) -> bool:
        floor = MISSING if expected.term is None else self._known(expected.term)
        is_number = isinstance(observed, int | float) and not isinstance(observed, bool)
        held = is_number and (floor is MISSING or observed >= floor)
        if held:
            self.bound[expected.now] = observed
        return self._check(held, path, expected, observed, why)

    def _after(self, expected: expect.After, observed: Any, path: str, why: Requirement) -> bool:
        floor = self._known(expected.term)
        is_number = isinstance(observed, int | float) and not isinstance(observed, bool)
        held = is_number and (floor is MISSING or observed > floor)
        if held:
            self.bound[expected.now] = observed
        return self._check(held, path, expected, observed, why)

    def _owned(self, expected: expect.Owned, observed: Any, path: str, why: Requirement) -> bool:
        if not isinstance(observed, str):
            return True
        place = (expected.kind, observed)
        owner = self.owners.setdefault(place, self.bindings.owners.get(place, expected.owner))
        wanted = f"a {expected.kind} that nobody else has"
        return self._check(owner == expected.owner, path, wanted, observed, why)

    def _epoch(self, expected: expect.Epoch, observed: Any, path: str, why: Requirement) -> bool:
        is_number = isinstance(observed, int | float) and not isinstance(observed, bool)
        held = is_number and abs(observed - expected.at) <= expected.tolerance
        return self._check(held, path, expected, observed, why)

    def _json_text(self, expected: expect.JsonText, observed: Any, path: str, why: Requirement) -> bool:
        try:
            inner = json.loads(observed)
        except (TypeError, ValueError, RecursionError):
            return self._check(False, path, expected, observed, why)
        return self._value(expected.value, inner, f"{path}(JSON)", why)

    def _structure(self, expected: Mapping[str, Any], observed: Any, path: str, why: Requirement) -> bool:
        if not isinstance(observed, Mapping):
            return self._check(False, path, dict(expected), observed, why)
        if not expected:
            return self._check(True, path, expected, observed, why)
        return all(
            [
                self._value(v, observed.get(name, MISSING), f"{path}.{name}", why)
                for name, v in expected.items()
            ]
        )

    def _exactly(self, expected: expect.Exactly, observed: Any, path: str, why: Requirement) -> bool:
        held = self._structure(expected.members, observed, path, why)
        if isinstance(observed, Mapping):
            extra = [n for n in observed if n not in expected.members and observed[n] is not None]
            held = self._check(not extra, path, sorted(expected.members), sorted(observed), why) and held
        return held

    def _list(
        self, expected: list[Any] | tuple[Any, ...], observed: Any, path: str, why: Requirement
    ) -> bool:
        if not isinstance(observed, list) or len(observed) != len(expected):
            return self._check(False, path, list(expected), observed, why)
        if not expected:
            return self._check(True, path, expected, observed, why)
        return all(
            [
                self._value(e, o, f"{path}[{i}]", why)
                for i, (e, o) in enumerate(zip(expected, observed, strict=True))
            ]
        )

    def _bag(
        self, expected: expect.Bag | expect.Including, observed: Any, path: str, why: Requirement
    ) -> bool:
        if not isinstance(observed, list):
            if observed is MISSING and not expected.items:
                return self._check(True, path, expected, observed, why)
            return self._check(False, path, list(expected.items), observed, why)
        left = list(observed)
        held = True
        for item in expected.items:
            held = self._take(item, left, path, why) and held
        if isinstance(expected, expect.Bag):
            for item in expected.optional:
                self._take_optional(item, left, path, why)
            held = self._check(not left, path, list(expected.items), observed, why) and held
        return held

    def _lacks(self, expected: expect.Lacks, observed: Any, path: str, why: Requirement) -> bool:
        listed = observed if isinstance(observed, list) else []
        found = [
            i[expected.key]
            for i in listed
            if isinstance(i, Mapping) and i.get(expected.key) in expected.values
        ]
        return self._check(not found, path, f"no {' or '.join(map(str, expected.values))}", found, why)

    def _take(self, item: Any, left: list[Any], path: str, why: Requirement) -> bool:
        """Match one expected item with one of those left: a perfect match, else the one that shares its key."""
        for index, candidate in enumerate(left):
            trial = self._trial()
            if trial._value(item, candidate, f"{path}[]", why):
                self._adopt(trial)
                del left[index]
                return True
        inner = expect.unwrap(item)
        may_lack = isinstance(inner, expect.OneOf) and expect.ABSENT in inner.choices
        inner = inner.choices[0] if may_lack else inner
        named = inner.get("Name") if isinstance(inner, Mapping) else None
        for index, candidate in enumerate(left):
            if named is not None and isinstance(candidate, Mapping) and candidate.get("Name") == named:
                del left[index]
                return self._value(item, candidate, f"{path}[{named}]", why)
        cause = why
        while isinstance(item, expect.Because):
            cause, item = item.requirement, item.value
        return self._check(may_lack, f"{path}[]", item, MISSING, cause)

    def _take_optional(self, item: Any, left: list[Any], path: str, why: Requirement) -> None:
        for index, candidate in enumerate(left):
            trial = self._trial()
            if trial._value(item, candidate, f"{path}[]", why):
                self._adopt(trial)
                del left[index]
                return

    def _page(self, expected: expect.Page, observed: Any, path: str, why: Requirement) -> bool:
        if observed is MISSING:
            observed = []
        if not isinstance(observed, list):
            return self._check(False, path, "a list", observed, why)
        held = self._check(
            len(observed) <= expected.limit,
            path,
            f"at most {expected.limit} items",
            f"{len(observed)} items",
            why,
        )
        keys: list[Any] = []
        for item in observed:
            key = self._key(expected, item)
            if key is MISSING or key in keys:
                if key is not MISSING or not expected.open:
                    wanted = "items of this listing that have not come yet"
                    held = self._check(False, f"{path}[]", wanted, item, why) and held
                continue
            keys.append(key)
            held = self._value(expected.items[key], item, f"{path}[]", why) and held
        self.page_keys = tuple(keys)
        return held

    def _key(self, expected: expect.Page, item: Any) -> Any:
        value = item.get(expected.key, MISSING) if isinstance(item, Mapping) else item
        for key in expected.items:
            choices = key.choices if isinstance(key, expect.OneOf) else (key,)
            if any((self._known(c) if isinstance(c, Term) else c) == value for c in choices):
                return key
        return MISSING

    def page_is_complete(
        self, expected: expect.Page, observed: Mapping[str, Any], path: str, why: Requirement
    ) -> bool:
        """On the last page of a listing: whether everything that had to come has come. Records a check."""
        if observed.get(expected.token_member) is not None:
            return True
        lost = expected.required - set(self.page_keys)
        return self._check(
            not lost, path, f"also {sorted(map(str, lost))}", "the last page ends without", why
        )

    def _signed(self, expected: expect.Signed, observed: Any, path: str, why: Requirement) -> bool:
        if not self._term(expected.term, observed, path, why):
            return False
        claims = self.read_token(self.bindings.realise(expected.pool), observed, expected.kind)
        return all(
            [self._value(v, claims.get(n, MISSING), f"{path}.{n}", why) for n, v in expected.claims.items()]
        )

    # -- terms

    def _known(self, term: Any) -> Any:
        if not isinstance(term, Term):
            return term
        if term in self.bound:
            return self.bound[term]
        try:
            return self.bindings.value(term)
        except (Unbound, Blocked):
            return MISSING

    def _term(self, term: Term, observed: Any, path: str, why: Requirement) -> bool:
        known = self._known(term)
        if known is not MISSING:
            return self._check(
                _same_scalar(known, observed), path, f"the same {_name(term)} as before", observed, why
            )
        if observed is MISSING:
            return self._check(False, path, _name(term), observed, why)
        if not isinstance(term, Fresh):
            return self._check(True, path, term, observed, why)
        if term.kind in NUMBERS:
            held = isinstance(observed, int | float) and not isinstance(observed, bool)
        else:
            held = isinstance(observed, str) and bool(observed)
        if not self._check(held, path, _name(term), observed, why):
            return False
        pattern = FORMATS.get(term.kind)
        if pattern is not None:
            fits = re.fullmatch(pattern, observed, re.ASCII) is not None
            self._check(fits, path, f"{_name(term)} like {pattern}", observed, protocol.value_keeps_format)
        if term.kind == "RefreshToken":
            seen = "a JWT with claims in clear"
            self._check(
                not _readable(observed),
                path,
                "a token that only the service reads",
                seen,
                protocol.refresh_is_opaque,
            )
        if term.kind in UNIQUE:
            is_new = self.bindings.taken.get((term.kind, observed), term) == term
            self._check(is_new, path, f"a new {_name(term)}", observed, protocol.fresh_values_are_new)
        self.bound[term] = observed
        return True

    def _trial(self) -> Comparison:
        return Comparison(self.bindings, self.read_token, [], dict(self.bound), dict(self.owners))

    def _adopt(self, trial: Comparison) -> None:
        self.checks += trial.checks
        self.bound.update(trial.bound)
        self.owners.update(trial.owners)
        self.page_keys = trial.page_keys or self.page_keys


def _readable(token: str) -> bool:
    """Whether anybody can read claims in a token."""
    try:
        tokens.peek(token)
    except ValueError:
        return False
    return True


def _name(term: Term) -> str:
    return term.kind if isinstance(term, Fresh) else type(term).__name__


def _same_scalar(expected: Any, observed: Any) -> bool:
    if isinstance(expected, bool) or isinstance(observed, bool):
        return expected is observed
    return bool(expected == observed)


_HANDLERS: dict[type, Callable[[Comparison, Any, Any, str, Requirement], bool]] = {
    type(expect.ABSENT): Comparison._absent,
    expect.Because: Comparison._because,
    expect.Both: Comparison._both,
    expect.Present: Comparison._present,
    expect.OneOf: Comparison._one_of,
    expect.Pattern: Comparison._pattern,
    expect.AtLeast: Comparison._at_least,
    expect.After: Comparison._after,
    expect.Epoch: Comparison._epoch,
    expect.Owned: Comparison._owned,
    expect.JsonText: Comparison._json_text,
    expect.Exactly: Comparison._exactly,
    expect.Bag: Comparison._bag,
    expect.Including: Comparison._bag,
    expect.Lacks: Comparison._lacks,
    expect.Page: Comparison._page,
    expect.Signed: Comparison._signed,
}
