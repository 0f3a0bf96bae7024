"""What every answer must be, whatever was asked: status, content type, request id, the shape of its members."""

from __future__ import annotations

from cognito_conformance.judge.compare import Check
from cognito_conformance.wire import service
from cognito_conformance.wire.answer import Answer
from cognito_model.outcome import Refusal
from cognito_model.requirements import protocol as R

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
        Check(
            R.content_type_is_json,
            kind == "application/x-amz-json-1.1",
            "Content-Type",
            "application/x-amz-json-1.1",
            kind,
        ),
        Check(
            R.request_id_is_given,
            bool(answer.headers.get("x-amzn-requestid")),
            "x-amzn-RequestId",
            "a request id",
            None,
        ),
        Check(R.answer_is_json, answer.trouble is None, "body", "a JSON object, or nothing", answer.trouble),
    ]
    if answer.status >= 500:
        checks.append(Check(R.no_server_fault, False, None, "an answer or a refusal", fault_of(answer)))
        return checks
    checks.append(Check(R.no_server_fault, True))
    if answer.trouble is not None:
        return checks
    if answer.error is None:
        problems = service.output_problems(operation, answer.output or {})
        checks.append(
            Check(
                R.answer_has_shape,
                not problems,
                None,
                "the output shape of the API model",
                "; ".join(problems[:5]),
            )
        )
        return checks
    checks.append(Check(R.client_error_is_400, answer.status == 400, "status", 400, answer.status))
    header = answer.headers.get("x-amzn-errortype", "").split(":")[0]
    checks.append(
        Check(R.error_type_header, header == answer.error, "x-amzn-ErrorType", answer.error, header)
    )
    if answer.message and answer.message.isascii() and answer.message.isprintable():
        repeated = answer.headers.get("x-amzn-errormessage", "").strip()
        # A long message may be cut: a header has its limits.
        same = bool(repeated) and answer.message.strip().startswith(repeated)
        checks.append(Check(R.error_message_header, same, "x-amzn-ErrorMessage", answer.message, repeated))
    allowed = COMMON_ERRORS | set(service.declared_errors(operation)) | {e for r in known for e in r.errors}
    checks.append(
        Check(R.error_is_declared, answer.error in allowed, "__type", "a declared error", answer.error)
    )
    return checks
