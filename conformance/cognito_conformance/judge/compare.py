"""Compare an answer with what the model expects, member by member, and bind terms on the way."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cognito_conformance.crypto import tokens
from cognito_conformance.judge.bindings import FORMATS, UNIQUE, Bindings, Blocked, Unbound
from cognito_conformance.judge.probe import (
    Among,
    AtMost,
    Differs,
    Has,
    Item,
    Opaque,
    Parsed,
    Probe,
    Route,
    Same,
    Words,
    spelled,
)
from cognito_model import expect, terms
from cognito_model.immutable import immutable
from cognito_model.requirement import Requirement
from cognito_model.requirements import protocol
from cognito_model.terms import Fresh, Term

NUMBERS = frozenset({"Instant", "AuthTime"})
"""Kinds of values that are numbers."""

MISSING = object()
"""Stands for a member that the answer does not have."""

_ANY = expect.Present(None)


@immutable
class Check:
    """One requirement, held or broken, at one place of an answer. `expected` and `observed` are for people.

    The `probe` of a broken one says the same for a program.
    """

    requirement: Requirement
    held: bool
    path: str | None = None
    expected: Any = None
    observed: Any = None
    probe: Probe | None = None


@functools.cache
def held_check(requirement: Requirement) -> Check:
    """The check of a requirement that held, and nothing more to say."""
    return Check(requirement, True)


@dataclass(slots=True)
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
            self._value(value, observed.get(name, MISSING), (name,), why)

    # -- one value

    def _value(self, expected: Any, observed: Any, route: Route, why: Requirement) -> bool:
        if observed is None:
            observed = MISSING
        kind = type(expected)
        while kind is expect.Because:
            why, expected = expected.requirement, expected.value
            kind = type(expected)
        if kind is str:
            return self._check(bool(expected == observed), route, expected, observed, why)
        if kind is dict:
            return self._structure(expected, observed, route, why)
        handler = _HANDLERS.get(kind)
        if handler is not None:
            return handler(self, expected, observed, route, why)
        if isinstance(expected, Term):
            return self._term(expected, observed, route, why)
        if isinstance(expected, Mapping):
            return self._structure(expected, observed, route, why)
        if isinstance(expected, list | tuple):
            return self._list(expected, observed, route, why)
        return self._check(_same_scalar(expected, observed), route, expected, observed, why)

    def _check(
        self,
        held: bool,
        route: Route,
        expected: Any,
        observed: Any,
        why: Requirement,
        wanted: Any = None,
    ) -> bool:
        """Note a check. `wanted` is the expectation for a program, where `expected` only tells it."""
        if held:
            self.checks.append(held_check(why))
            return True
        probe = Probe(route, expected if wanted is None else wanted)
        self.checks.append(Check(why, False, spelled(route), expected, observed, probe))
        return False

    def _absent(self, expected: Any, observed: Any, route: Route, why: Requirement) -> bool:
        return self._check(observed is MISSING, route, expected, observed, why)

    def _both(self, expected: expect.Both, observed: Any, route: Route, why: Requirement) -> bool:
        held = True
        for part in expected.parts:
            held = self._value(part, observed, route, why) and held
            inner = expect.unwrap(part)
            if isinstance(inner, expect.Lacks) and isinstance(observed, list):
                # What is blamed for being there needs no second blame as one item too many.
                observed = [item for item in observed if not _is_one_of(inner, item)]
        return held

    def _present(self, expected: expect.Present, observed: Any, route: Route, why: Requirement) -> bool:
        return self._check(observed is not MISSING, route, Words("present"), observed, why, expected)

    def _one_of(self, expected: expect.OneOf, observed: Any, route: Route, why: Requirement) -> bool:
        for choice in expected.choices:
            trial = self._trial()
            if trial._value(choice, observed, route, why):
                self._adopt(trial)
                return True
        return self._check(False, route, expected, observed, why)

    def _pattern(self, expected: expect.Pattern, observed: Any, route: Route, why: Requirement) -> bool:
        held = isinstance(observed, str) and re.fullmatch(expected.regex, observed, re.DOTALL) is not None
        return self._check(held, route, expected, observed, why)

    def _at_least(self, expected: expect.AtLeast, observed: Any, route: Route, why: Requirement) -> bool:
        floor = MISSING if expected.term is None else self._known(expected.term)
        is_number = isinstance(observed, int | float) and not isinstance(observed, bool)
        held = is_number and (floor is MISSING or observed >= floor)
        if held:
            self.bound[expected.now] = observed
        return self._check(held, route, expected, observed, why)

    def _after(self, expected: expect.After, observed: Any, route: Route, why: Requirement) -> bool:
        floor = self._known(expected.term)
        is_number = isinstance(observed, int | float) and not isinstance(observed, bool)
        same_second = expected.coarse and observed == floor and float(observed).is_integer()
        held = is_number and (floor is MISSING or same_second or observed > floor)
        if held:
            self.bound[expected.now] = observed
        return self._check(held, route, expected, observed, why)

    def _owned(self, expected: expect.Owned, observed: Any, route: Route, why: Requirement) -> bool:
        if not isinstance(observed, str):
            return True
        place = (expected.kind, observed)
        owner = self.owners.setdefault(place, self.bindings.owners.get(place, expected.owner))
        told = Words(f"a {expected.kind} that nobody else has")
        return self._check(owner == expected.owner, route, told, observed, why, expected)

    def _epoch(self, expected: expect.Epoch, observed: Any, route: Route, why: Requirement) -> bool:
        is_number = isinstance(observed, int | float) and not isinstance(observed, bool)
        held = is_number and abs(observed - expected.at) <= expected.tolerance
        return self._check(held, route, expected, observed, why)

    def _json_text(self, expected: expect.JsonText, observed: Any, route: Route, why: Requirement) -> bool:
        try:
            inner = json.loads(observed)
        except (TypeError, ValueError, RecursionError):
            return self._check(False, route, expected, observed, why)
        return self._value(expected.value, inner, (*route, Parsed()), why)

    def _structure(self, expected: Mapping[str, Any], observed: Any, route: Route, why: Requirement) -> bool:
        if type(observed) is not dict and not isinstance(observed, Mapping):
            return self._check(False, route, dict(expected), observed, why)
        if not expected:
            return self._check(True, route, expected, observed, why)
        return all(
            [self._value(v, observed.get(name, MISSING), (*route, name), why) for name, v in expected.items()]
        )

    def _exactly(self, expected: expect.Exactly, observed: Any, route: Route, why: Requirement) -> bool:
        held = self._structure(expected.members, observed, route, why)
        if isinstance(observed, Mapping):
            extra = [n for n in observed if n not in expected.members and observed[n] is not None]
            names = sorted(expected.members)
            held = self._check(not extra, route, names, sorted(observed), why, expected) and held
        return held

    def _list(
        self, expected: list[Any] | tuple[Any, ...], observed: Any, route: Route, why: Requirement
    ) -> bool:
        if not isinstance(observed, list) or len(observed) != len(expected):
            return self._check(False, route, list(expected), observed, why)
        if not expected:
            return self._check(True, route, expected, observed, why)
        return all(
            [
                self._value(e, o, (*route, i), why)
                for i, (e, o) in enumerate(zip(expected, observed, strict=True))
            ]
        )

    def _bag(
        self, expected: expect.Bag | expect.Including, observed: Any, route: Route, why: Requirement
    ) -> bool:
        if not isinstance(observed, list):
            if observed is MISSING and not expected.items:
                return self._check(True, route, expected, observed, why)
            return self._check(False, route, list(expected.items), observed, why, expected)
        left = list(observed)
        held, missing = True, 0
        for item in expected.items:
            before = len(left)
            found = self._take(item, left, route, why)
            held, missing = found and held, missing + (not found and len(left) == before)
        if isinstance(expected, expect.Bag):
            for item in expected.optional:
                held = self._take_optional(item, left, route, why) and held
            # As many as are missing may be the missing ones in another shape, which is told already.
            fits = len(left) <= missing
            held = self._check(fits, route, list(expected.items), observed, why, expected) and held
        return held

    def _lacks(self, expected: expect.Lacks, observed: Any, route: Route, why: Requirement) -> bool:
        listed = observed if isinstance(observed, list) else []
        found = [item.get(expected.key) for item in listed if _is_one_of(expected, item)]
        none = Words(f"no {' or '.join(map(str, expected.values))}")
        if expected.values == (None,):
            none, found = (
                Words(f"{expected.key} in every item"),
                [Words(f"none in {len(found)}")] * bool(found),
            )
        return self._check(not found, route, none, found, why, expected)

    def _take(self, item: Any, left: list[Any], route: Route, why: Requirement) -> bool:
        """Match one expected item with one of those left: a perfect match, else the one that shares its key."""
        if self._found(item, left, route, why):
            return True
        inner = expect.unwrap(item)
        may_lack = isinstance(inner, expect.OneOf) and expect.ABSENT in inner.choices
        inner = expect.unwrap(inner.choices[0]) if isinstance(inner, expect.OneOf) else inner
        place = _place(inner)
        candidate = _taken(place, left)
        if place is not None and candidate is not None:
            return self._value(item, candidate, (*route, place), why)
        cause = why
        while isinstance(item, expect.Because):
            cause, item = item.requirement, item.value
        return self._check(may_lack, route, item, MISSING, cause, expect.Including((item,)))

    def _take_optional(self, item: Any, left: list[Any], route: Route, why: Requirement) -> bool:
        """Match an item that may come: a perfect match, else delivery details about the same attribute."""
        if self._found(item, left, route, why):
            return True
        place = _about(expect.unwrap(item))
        candidate = _taken(place, left)
        if place is None or candidate is None:
            return True
        return self._value(item, candidate, (*route, place), why)

    def _found(self, item: Any, left: list[Any], route: Route, why: Requirement) -> bool:
        """Whether one of those left is a perfect match, which is taken then."""
        may_be = _candidates(expect.unwrap(item))
        for index, candidate in enumerate(left):
            if not may_be(candidate):
                continue
            trial = self._trial()
            if trial._value(item, candidate, route, why):
                self._adopt(trial)
                del left[index]
                return True
        return False

    def _page(self, expected: expect.Page, observed: Any, route: Route, why: Requirement) -> bool:
        if observed is MISSING:
            observed = []
        if not isinstance(observed, list):
            return self._check(False, route, Words("a list"), observed, why, AtMost(expected.limit))
        held = self._check(
            len(observed) <= expected.limit,
            route,
            Words(f"at most {expected.limit} items"),
            Words(f"{len(observed)} items"),
            why if expected.bound is None else expected.bound.requirement,
            AtMost(expected.limit),
        )
        keys: list[Any] = []
        for index, item in enumerate(observed):
            key = self._key(expected, item)
            if key is MISSING or key in keys:
                if key is not MISSING or not expected.open:
                    told = Words("items of this listing that have not come yet")
                    wanted = Among(expected.key, tuple(expected.items))
                    held = self._check(False, route, told, item, why, wanted) and held
                continue
            keys.append(key)
            at = Item(expected.key, key) if isinstance(item, Mapping) else index
            held = self._value(expected.items[key], item, (*route, at), why) and held
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
        self, expected: expect.Page, observed: Mapping[str, Any], member: str, why: Requirement
    ) -> bool:
        """On the last page of a listing: whether everything that had to come has come. Records a check."""
        if observed.get(expected.token_member) is not None:
            return True
        lost = sorted(expected.required - set(self.page_keys), key=str)
        return self._check(
            not lost,
            (member,),
            Words(f"also {', '.join(map(str, lost))}"),
            Words("the last page ends without"),
            why,
            Has(expected.key, tuple(lost)),
        )

    def _signed(self, expected: expect.Signed, observed: Any, route: Route, why: Requirement) -> bool:
        if not self._term(expected.term, observed, route, why):
            return False
        claims = self.read_token(self.bindings.realise(expected.pool), observed, expected.kind)
        return all(
            [self._value(v, claims.get(n, MISSING), (*route, n), why) for n, v in expected.claims.items()]
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

    def _term(self, term: Term, observed: Any, route: Route, why: Requirement) -> bool:
        known = self._known(term)
        if isinstance(term, terms.Issuer) and known is not MISSING:
            held = self.bindings.is_issuer(term, observed)
            return self._check(held, route, known, observed, why, Same(term))
        if known is not MISSING:
            told = Words(f"the same {_name(term)} as before")
            return self._check(_same_scalar(known, observed), route, told, observed, why, Same(term))
        if observed is MISSING:
            return self._check(False, route, _any(term), observed, why, _ANY)
        if not isinstance(term, Fresh):
            return self._check(True, route, term, observed, why)
        if term.kind in NUMBERS:
            held = isinstance(observed, int | float) and not isinstance(observed, bool)
        else:
            held = isinstance(observed, str) and bool(observed)
        if not self._check(held, route, _any(term), observed, why, _ANY):
            return False
        pattern = FORMATS.get(term.kind)
        if pattern is not None:
            fits = re.fullmatch(pattern, observed, re.ASCII) is not None
            told = Words(f"{_name(term)} like {pattern}")
            wanted = expect.Pattern(pattern, "")
            self._check(fits, route, told, observed, protocol.value_keeps_format, wanted)
        if term.kind == "RefreshToken":
            told, seen = Words("a token that only the service reads"), Words("a JWT with claims in clear")
            self._check(not _readable(observed), route, told, seen, protocol.refresh_is_opaque, Opaque())
        if term.kind in UNIQUE:
            first = self.bindings.taken.get((term.kind, observed), term)
            told, why = Words(f"a new {_name(term)}"), protocol.fresh_values_are_new
            self._check(first == term, route, told, observed, why, Differs(first))
        self.bound[term] = observed
        return True

    def _trial(self) -> Comparison:
        return Comparison(self.bindings, self.read_token, [], dict(self.bound), dict(self.owners))

    def _adopt(self, trial: Comparison) -> None:
        self.checks += trial.checks
        self.bound.update(trial.bound)
        self.owners.update(trial.owners)
        self.page_keys = trial.page_keys or self.page_keys


def _candidates(expected: Any) -> Callable[[Any], bool]:
    """What tells cheaply of most items of a list that they are not the expected one: itself, or its name."""
    if type(expected) is str:
        return lambda observed: bool(observed == expected)
    named = expected.get("Name") if type(expected) is dict else None
    if type(named) is str:
        return lambda observed: isinstance(observed, dict) and observed.get("Name") == named
    return lambda observed: True


def _taken(place: Item | None, left: list[Any]) -> Any:
    """The item of those left that has the place's key, no longer left; None where there is none."""
    for index, candidate in enumerate(left):
        if place is not None and isinstance(candidate, Mapping) and candidate.get(place.key) == place.value:
            return left.pop(index)
    return None


def _place(expected: Any) -> Item | None:
    """What tells which item of a list is meant, however wrong the rest of it is: its name, or what a code is about."""
    if not isinstance(expected, Mapping):
        return None
    if expected.get("Name") is not None:
        return Item("Name", expected["Name"])
    return _about(expected)


def _about(expected: Any) -> Item | None:
    """Which attribute delivery details are about, or None where it is nothing of the kind."""
    named = expect.unwrap(expected.get("AttributeName")) if isinstance(expected, Mapping) else None
    if isinstance(named, expect.Both):
        named = expect.unwrap(named.parts[-1])
    return Item("AttributeName", named) if isinstance(named, str) else None


def _readable(token: str) -> bool:
    """Whether anybody can read claims in a token."""
    try:
        tokens.peek(token)
    except ValueError:
        return False
    return True


def _name(term: Term) -> str:
    if not isinstance(term, Fresh):
        return type(term).__name__
    return "moment" if term.kind in NUMBERS else term.kind


def _any(term: Term) -> Words:
    """Any value of a term's kind, for people."""
    is_moment = isinstance(term, Fresh) and term.kind in NUMBERS
    return Words("a moment in epoch seconds" if is_moment else _name(term))


def _is_one_of(lacking: expect.Lacks, item: Any) -> bool:
    """Whether an item of a list is one of those that must not be there."""
    return isinstance(item, Mapping) and item.get(lacking.key) in lacking.values


def _same_scalar(expected: Any, observed: Any) -> bool:
    if isinstance(expected, bool) or isinstance(observed, bool):
        return expected is observed
    return bool(expected == observed)


_HANDLERS: dict[type, Callable[[Comparison, Any, Any, Route, Requirement], bool]] = {
    type(expect.ABSENT): Comparison._absent,
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
