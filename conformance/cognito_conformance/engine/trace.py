"""Sequences of requests, cut and simplified without a word of the target."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cognito_conformance.judge.judge import Step
from cognito_model.model import Request
from cognito_model.terms import Fresh, TotpCode, terms_in


def requests_of(steps: Sequence[Step]) -> list[Request]:
    """The requests of these steps, to be made again: one-time codes are those of the moment at which that is."""
    return [replace(step.request, params=_unpinned(step.request.params)) for step in steps]


def _unpinned(value: Any) -> Any:
    if isinstance(value, TotpCode):
        return replace(value, step=None)
    if isinstance(value, Mapping):
        return {name: _unpinned(item) for name, item in value.items()}
    return [_unpinned(item) for item in value] if isinstance(value, list) else value


def elsewhere(requests: Sequence[Request], mark: str) -> list[Request]:
    """The requests with other names, which begin with `mark`, for the domains that they make.

    A domain is one in the whole service, and the walk that made the first one may still have it.
    """
    made = [
        request.params.get("Domain") for request in requests if request.operation == "CreateUserPoolDomain"
    ]
    names = {
        name: f"{mark}-{_MARK.sub('', name)}"
        for name in made
        if isinstance(name, str) and _RENAMED.fullmatch(name)
    }
    return [_with_domain(request, names) for request in requests]


def _with_domain(request: Request, names: Mapping[str, str]) -> Request:
    name = request.params.get("Domain")
    if not isinstance(name, str) or name not in names:
        return request
    return replace(request, params={**request.params, "Domain": names[name]})


_MARK = re.compile(r"again[0-9a-f]{4}x[0-9]+-")
_RENAMED = re.compile(r"[A-Za-z0-9._-]{1,48}")
"""Names that stay what they are, well-formed or not, with a mark before them."""


def without(requests: Sequence[Request], gone: Collection[int]) -> list[Request]:
    """The requests but for those at these positions; what those waited, the next that stays waits."""
    left: list[Request] = []
    owed = 0
    for position, request in enumerate(requests):
        owed += request.wait
        if position not in gone:
            left.append(request if owed == request.wait else replace(request, wait=owed))
            owed = 0
    return left


def in_company(requests: Sequence[Request]) -> list[Request]:
    """The requests with another pool made before the last: what a target mixes up between pools shows with one alone no more."""
    number = 1 + max(request.step for request in requests)
    pool = Request(number, "CreateUserPool", {"PoolName": "another"})
    client = {"UserPoolId": Fresh("PoolId", number), "ClientName": "another"}
    return [
        *requests[:-1],
        pool,
        Request(number + 1, "CreateUserPoolClient", client),
        requests[-1],
    ]


def is_closed(earlier: Sequence[Request], rest: Sequence[Request]) -> bool:
    """Whether every value that the calls use is made by a call that is still there."""
    made = {request.step for request in earlier}
    for request in rest:
        if any(isinstance(t, Fresh) and t.step not in made for t in terms_in(dict(request.params))):
            return False
        made.add(request.step)
    return True


def simpler(request: Request, required: Collection[str]) -> Iterator[Request]:
    """The request without its wait; or with no more than the `required` members, most of what is said mattering seldom; or
    with one member less, one item of a list less, one member of a structure less.
    """
    if request.wait:
        yield replace(request, wait=0)
    if len(request.params) > len(required) + 1:
        yield replace(request, params={n: v for n, v in request.params.items() if n in required})
    for params in _simpler(request.params):
        yield replace(request, params=params)


def _simpler(params: Any) -> Iterator[dict[str, Any]]:
    for name, value in params.items():
        yield {n: v for n, v in params.items() if n != name}
        if isinstance(value, list) and len(value) > 1:
            for index in range(len(value)):
                yield {**params, name: value[:index] + value[index + 1 :]}
        if isinstance(value, dict):
            for inner in _simpler(value):
                yield {**params, name: inner}
