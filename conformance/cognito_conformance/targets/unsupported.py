"""How a target says that it has not got something, which is no fault, as against Cognito's own refusals."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from cognito_conformance.wire import service, trouble

if TYPE_CHECKING:
    from cognito_conformance.targets.description import Operations
    from cognito_conformance.wire.answer import Answer

_NO_OPERATION = frozenset(
    {
        "InvalidAction",
        "NotImplemented",
        "NotImplementedError",
        "NotImplementedException",
        "UnknownOperation",
        "UnknownOperationException",
        "UnsupportedOperation",
    }
)
"""Codes for an operation that is not there. UnsupportedOperationException, which Cognito itself raises, is none."""
_NO_FEATURE = frozenset({"Unsupported"})
"""Codes for anything that is not there: an operation, or a part of one (cognito-local)."""
_WORDS = re.compile(
    rb"not (yet )?(been )?implemented|NotImplementedError|unimplemented"
    rb"|(unknown|unsupported|no such) (operation|action|(x-amz-)?target)"
    rb"|(operation|action|target) is (not|un)[ -]?(yet )?supported",
    re.IGNORECASE,
)
_SAMPLE = 20_000
"""Bytes of a body that are searched."""


@functools.cache
def _own_errors() -> frozenset[str]:
    """What Cognito raises itself. InternalErrorException is left out: others put their own trouble in it."""
    declared = (service.declared_errors(operation) for operation in service.operation_names())
    return frozenset().union(*declared) - {"InternalErrorException"}


def says_unsupported(answer: Answer) -> bool:
    """Whether the answer, of any target, says that an operation, or what was asked of it, is not implemented.

    An exception that Cognito declares never says so, whatever its text.
    """
    if 200 <= answer.status < 300 or answer.status == 0 or answer.error in _own_errors():
        return False
    if answer.error in _NO_OPERATION or answer.error in _NO_FEATURE or answer.status == 501:
        return True
    speaks_freely = answer.status >= 500 or answer.trouble in (trouble.NOT_JSON, trouble.NO_OBJECT)
    return speaks_freely and _WORDS.search(answer.body[:_SAMPLE]) is not None


def lacks(operations: Operations, operation: str, answer: Answer) -> bool:
    """Whether the answer says that the whole operation is not there.

    `operations` is what a description says of its target: what is written there is known, also of a target whose
    answer could mean anything else. Where nothing is written the answer has to say so.
    """
    if operations.lacks is None:
        return says_unsupported(answer) and (
            answer.error not in _NO_FEATURE or operation.encode() in answer.body
        )
    return operation in operations.lacks and (says_unsupported(answer) or _as_described(operations, answer))


def _as_described(operations: Operations, answer: Answer) -> bool:
    if operations.status is None or answer.status != operations.status:
        return False
    body = answer.body[:_SAMPLE].decode("utf-8", "replace")
    return operations.body is None or operations.body.search(body) is not None
