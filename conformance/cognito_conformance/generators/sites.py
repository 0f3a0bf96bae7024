"""Where in a request a constraint can be broken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from cognito_conformance.generators.catalogue import service
from cognito_conformance.generators.values import of_size, structure, value
from cognito_model.shapes import spelled

if TYPE_CHECKING:
    from cognito_conformance.generators.draw import Draw

ABSENT = object()


@dataclass(frozen=True, slots=True)
class Step:
    """One step down: to a member of a structure, the first element of a list, a key or a value of a map."""

    kind: Literal["member", "element", "key", "value"]
    member: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a request: the steps to it, its shape, and the path under which Cognito reports it."""

    steps: tuple[Step, ...]
    shape: str
    path: str
    required: bool


@cache
def sites(operation: str) -> tuple[Site, ...]:
    """Every place in a request of `operation`, from the top down."""
    return tuple(_below(Site((), service().input_shape(operation), "", required=False), inside_map=False))


def _below(site: Site, *, inside_map: bool) -> list[Site]:
    shape = service().shapes[site.shape]
    found: list[Site] = []

    def go(step: Step, name: str, path: str, *, required: bool = False, into_map: bool = False) -> None:
        next_site = Site((*site.steps, step), name, site.path if inside_map else path, required)
        found.append(next_site)
        found.extend(_below(next_site, inside_map=inside_map or into_map))

    match shape["type"]:
        case "structure":
            for member, reference in shape["members"].items():
                path = f"{site.path}.{spelled(member)}" if site.path else spelled(member)
                go(
                    Step("member", member),
                    reference["shape"],
                    path,
                    required=member in shape.get("required", ()),
                )
        case "list":
            name = shape["member"]["shape"]
            scalar = service().shapes[name]["type"] not in {"structure", "list", "map"}
            go(Step("element"), name, site.path if scalar else f"{site.path}.1.member")
        case "map":
            go(Step("key"), shape["key"]["shape"], site.path, into_map=True)
            go(Step("value"), shape["value"]["shape"], site.path, into_map=True)
    return found


def request_with(operation: str, site: Site, placed: Any, draw: Draw) -> dict[str, Any]:
    """A request that has `placed` at the site, and else only required members and what leads there, valid.

    `ABSENT` leaves the member out.
    """
    request: dict[str, Any] = _with(service().input_shape(operation), site.steps, placed, draw)
    return request


def _with(name: str, steps: tuple[Step, ...], placed: Any, draw: Draw) -> Any:
    if not steps:
        return placed
    step, rest = steps[0], steps[1:]
    shape = service().shapes[name]
    match step.kind:
        case "member":
            made = structure(name, draw, only=True)
            inner = _with(shape["members"][step.member]["shape"], rest, placed, draw)
            made.pop(step.member, None)
            return made if inner is ABSENT else {**made, step.member: inner}
        case "element":
            others = of_size(name, max(0, shape.get("min", 1) - 1), draw)
            return [_with(shape["member"]["shape"], rest, placed, draw), *others]
        case "key":
            return {_with(shape["key"]["shape"], rest, placed, draw): value(shape["value"]["shape"], draw)}
        case "value":
            return {value(shape["key"]["shape"], draw): _with(shape["value"]["shape"], rest, placed, draw)}
