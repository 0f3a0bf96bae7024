"""All operations of a service description, ready to be asked about requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cognito_model.shapes.checks import Check, compile_check
from cognito_model.shapes.deserialise import Reader, compile_reader
from cognito_model.shapes.measured import amended, contested
from cognito_model.shapes.violation import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cognito_model.shapes.violation import Violation


class Service:
    """A service description (the dict of `service-2.json`), with what was measured to differ put right.

    Operations are compiled when they are first asked about. Every method raises KeyError on an operation that
    the description does not have.
    """

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.shapes: Mapping[str, Mapping[str, Any]] = amended(description["shapes"])
        self._inputs: dict[str, str] = {
            name: operation["input"]["shape"] for name, operation in description["operations"].items()
        }
        self._checks: dict[str, Check] = {}
        self._readers: dict[str, Reader] = {}

    @property
    def operations(self) -> tuple[str, ...]:
        """The names of all operations, in the order of the description."""
        return tuple(self._inputs)

    def input_shape(self, operation: str) -> str:
        """The name of the shape of the request of `operation`."""
        return self._inputs[operation]

    def violations(self, operation: str, params: Any) -> tuple[Violation, ...]:
        """Every constraint that the request breaks, in the order of the description; `()` for a good one.

        `params` is JSON-ready, and may hold terms, which are valid whatever they stand for. What cannot be
        read (see `serialization_problem`) breaks no constraint. In what order Cognito reports is not known.
        """
        params = _as_dict(params)
        check = self._checks.get(operation)
        if check is None:
            check = compile_check(self._inputs[operation], self.shapes) or _nothing
            self._checks[operation] = check
        return check(params)

    def contested(self, operation: str, params: Any) -> tuple[Violation, ...]:
        """Violations that Cognito was once seen to report for such a request, and may report still."""
        params = _as_dict(params)
        return contested(operation, params) if isinstance(params, dict) else ()

    @staticmethod
    def message(violations: Sequence[Violation]) -> str:
        """The message of the InvalidParameterException that reports `violations`; see `violation.message`."""
        return message(violations)

    def serialization_problem(self, operation: str, params: Any) -> str | None:
        """The Message of the SerializationException that the request gives, or None if it can be read."""
        reader = self._readers.get(operation)
        if reader is None:
            reader = self._readers[operation] = compile_reader(self._inputs[operation], self.shapes)
        return reader(_as_dict(params))

    def null_primitives(self, operation: str, params: Any) -> bool:
        """Whether a boolean that cannot be absent is null, which was refused where it was tried (ser-boolean-forms)."""
        members = self.shapes[self._inputs[operation]]["members"]
        return any(
            value is None and members.get(name, {}).get("shape") == "BooleanType"
            for name, value in _as_dict(params).items()
        )


def _as_dict(params: Any) -> Any:
    """The top of a request: null is an empty one, and a caller may hold any mapping."""
    if isinstance(params, dict):
        return params
    return {} if params is None else dict(params) if isinstance(params, Mapping) else params


def _nothing(_value: Any) -> tuple[Violation, ...]:
    return ()
