"""What an answer must look like: values, terms, and these matchers where more than one value is right.

Every matcher says two things: what the judge accepts, and what the reference server answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cognito_model.immutable import immutable

if TYPE_CHECKING:
    from cognito_model.requirement import Requirement


class _Absent:
    def __repr__(self) -> str:
        return "absent"


ABSENT = _Absent()
"""The member must not be there. The server leaves it out."""


@immutable
class Because:
    """The value must match, and if it does not, `requirement` is what was broken."""

    value: Any
    requirement: Requirement


@immutable
class Present:
    """Any value will do; the server answers `example`."""

    example: Any


@immutable
class OneOf:
    """Any of these; the server answers the first. `ABSENT` may be among them."""

    choices: tuple[Any, ...]

    @classmethod
    def of(cls, *choices: Any) -> OneOf:
        return cls(choices)


@immutable
class Both:
    """All of these, each with a requirement of its own; the server answers the last, which says most."""

    parts: tuple[Any, ...]

    @classmethod
    def of(cls, *parts: Any) -> Both:
        return cls(parts)


@immutable
class Bag:
    """A list with just these items, in any order (the server keeps this one); `optional` ones may come too."""

    items: tuple[Any, ...]
    optional: tuple[Any, ...] = ()


@immutable
class Including:
    """A list with at least these items, in any order; the server answers just these."""

    items: tuple[Any, ...]


@immutable
class Lacks:
    """A list in which no item has one of these values in its member `key`; the server answers none.

    The value None stands for a member that is not there.
    """

    key: str
    values: tuple[Any, ...]


@immutable
class Pattern:
    """A string that the regular expression matches whole; the server answers `example`."""

    regex: str
    example: str


@immutable
class Exactly:
    """A structure with just these members (the plain mapping allows others)."""

    members: Mapping[str, Any]


@immutable
class JsonText:
    """A string that holds this value as JSON."""

    value: Any


@immutable
class AtLeast:
    """A number that is not smaller than the one bound to `term`, if any; binds `self.now` to it."""

    now: Any
    term: Any


@immutable
class Epoch:
    """A whole number of epoch seconds near `at`; clocks and slow answers are forgiven."""

    at: float
    tolerance: float = 120.0


@immutable
class After:
    """A number that is greater than the one bound to `term`; binds `self.now` to it.

    Where `coarse`, a target that tells whole seconds may tell the same one.
    """

    now: Any
    term: Any
    coarse: bool = False


@immutable
class Owned:
    """A value of this kind that belongs to `owner` alone, who may have several. None at all is no fault here."""

    kind: str
    owner: Any


@immutable
class Signed:
    """A JWT: the term that it is, the claims that it must carry, and the kind ("access" or "id").

    Claims in parentheses are about the token and not in it: "(signature)" and "(discovery)" ("valid",
    "unchecked", or what is wrong with the signature and with the pool's OpenID configuration), "(alg)",
    "(header)" (the names in the header, sorted), "(kid)" (which key) and "(lifetime)" (exp less iat, seconds).
    """

    term: Any
    kind: str
    pool: Any
    claims: Mapping[str, Any]


@immutable
class Page:
    """One page of a listing.

    `items` maps a key to what its item must look like; each item's key is the value of its member `key`.
    At most `limit` come; none twice; those of `required` must all have come by the last page, and the page is the
    last when the answer has no `token_member`. What came on earlier pages is no longer in `items`. An `open`
    listing may hold items that the model does not know (other people's pools in the same account). `bound` is the limit
    with the requirement that speaks of it.
    """

    items: Mapping[Any, Any]
    key: str
    required: frozenset[Any]
    limit: int
    token_member: str
    ordered: bool = False
    open: bool = False
    bound: Because | None = None


Follow = Callable[[tuple[Any, ...], bool], Any]
"""Given the keys of the page that came and whether more follow, the next world."""


def unwrap(value: Any) -> Any:
    """The value without the requirements that are attached to it."""
    while isinstance(value, Because):
        value = value.value
    return value
