"""How a target says that it has no such operation."""

from __future__ import annotations

import re

from cognito_conformance.wire.answer import Answer

CODES = frozenset(
    {
        "UnknownOperationException",
        "UnknownOperation",
        "NotImplementedException",
        "NotImplemented",
        "InvalidAction",
        "Unsupported",
        "UnsupportedOperation",
        "CognitoLocal#Unsupported",
    }
)
_WORDS = re.compile(
    rb"not (yet )?(been )?implemented|NotImplementedError|unsupported operation|is not supported yet",
    re.IGNORECASE,
)


def says_unsupported(answer: Answer) -> bool:
    """Whether the answer means "no such operation here" and is none of Cognito's own refusals.

    UnsupportedOperationException and its kin are Cognito's own and do not count.
    """
    if answer.error in CODES:
        return True
    if answer.status == 501 or (answer.status == 404 and answer.trouble == "not JSON"):
        return True
    return (
        answer.status >= 400
        and (answer.trouble is not None or answer.status >= 500)
        and bool(_WORDS.search(answer.body[:20_000]))
    )
