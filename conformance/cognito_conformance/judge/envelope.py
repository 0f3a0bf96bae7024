"""What every answer must be, whatever was asked: status, content type, request id, the shape of its members."""

from __future__ import annotations

import functools
from typing import Any

from cognito_conformance.judge.compare import Check
from cognito_conformance.wire import service
from cognito_conformance.wire.answer import Answer
from cognito_model.outcome import Refusal
from cognito_model.requirement import Requirement
from cognito_model.requirements import protocol as R

CONTENT_TYPE = "application/x-amz-json-1.1"

COMMON_ERRORS = frozenset(
    {
        "AccessDeniedException",
        "ConcurrentModificationException",
        "ExpiredTokenException",
        "ForbiddenException",
        "IncompleteSignatureException",
        "InternalErrorException",
        "InternalFailure",
        "InternalServerException",
        "InvalidParameterException",
        "InvalidSignatureException",
        "LimitExceededException",
        "MissingAuthenticationTokenException",
        "NotAuthorizedException",
        "ResourceNotFoundException",
        "SerializationException",
        "ThrottlingException",
        "TooManyRequestsException",
        "UnknownOperationException",
        "UnrecognizedClientException",
        "ValidationException",
    }
)
"""Errors that any operation may give (facts auth-*, thr-class-and-text, wire-*)."""


def fault_of(answer: Answer) -> str:
    """A server's fault, or what it gave for an answer, in a few words."""
    word = answer.error if answer.status >= 500 else answer.trouble
    return f"HTTP {answer.status} {word or ''}".rstrip()


def envelope_checks(operation: str, answer: Answer, known: tuple[Refusal, ...]) -> list[Check]:
    """The checks that need no model of the operation."""
    kind = answer.headers.get("content-type", "").split(";")[0].strip()
    checks = [
        _check(R.content_type_is_json, kind == CONTENT_TYPE, "Content-Type", CONTENT_TYPE, kind),
        _check(
            R.request_id_is_given,
            bool(answer.headers.get("x-amzn-requestid")),
            "x-amzn-RequestId",
            "a request id",
        ),
        _check(R.answer_is_json, answer.trouble is None, "body", "a JSON object, or nothing", answer.trouble),
    ]
    if answer.status >= 500:
        checks.append(_check(R.no_server_fault, False, None, "an answer or a refusal", fault_of(answer)))
        return checks
    checks.append(_check(R.no_server_fault, True))
    if answer.trouble is not None:
        return checks
    if answer.error is None:
        problems = service.output_problems(operation, answer.output or {})
        told = "; ".join(problems[:5])
        checks.append(
            _check(R.answer_has_shape, not problems, None, "the output shape of the API model", told)
        )
        return checks
    checks.append(_check(R.client_error_is_400, answer.status == 400, "status", 400, answer.status))
    header = answer.headers.get("x-amzn-errortype", "").split(":")[0]
    checks.append(
        _check(R.error_type_header, header == answer.error, "x-amzn-ErrorType", answer.error, header)
    )
    if answer.message and answer.message.isascii() and answer.message.isprintable():
        repeated = answer.headers.get("x-amzn-errormessage", "").strip()
        # A long message may be cut: a header has its limits.
        same = bool(repeated) and answer.message.strip().startswith(repeated)
        checks.append(_check(R.error_message_header, same, "x-amzn-ErrorMessage", answer.message, repeated))
    declared = (
        answer.error in COMMON_ERRORS
        or answer.error in service.declared_errors(operation)
        or any(answer.error in refusal.errors for refusal in known)
    )
    checks.append(_check(R.error_is_declared, declared, "__type", "a declared error", answer.error))
    return checks


@functools.lru_cache(maxsize=2048)
def _check(
    requirement: Requirement, held: bool, path: str | None = None, expected: Any = None, observed: Any = None
) -> Check:
    """A check, which most answers have in common."""
    return Check(requirement, held, path, expected, observed)
