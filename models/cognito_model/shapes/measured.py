"""Where the wire was seen to differ from the published service description. Every row names its fact.

Two facts need no row, because the description agrees with them: values inside AuthParameters are plain
strings (over-long-username-not-validated-at-auth), and so is UserPoolId of AdminLinkProviderForUser and
AdminDisableProviderForUser (idp-link-userpoolid-unvalidated).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cognito_model.shapes.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Amendment:
    """A trait of a shape as the wire has it; `value` None takes the trait away."""

    shape: str
    trait: str
    value: Any
    fact: str


AMENDMENTS = (
    # Inner spaces pass, outer ones do not; two characters are enough, the pool's policy says the rest.
    Amendment("PasswordType", "pattern", r"^[\S]+.*[\S]+$", "asup-trailing-space-validation"),
    Amendment("PasswordType", "min", None, "signup-short-password-code"),
    # The code may stand on any line of an SMS.
    Amendment("SmsVerificationMessageType", "pattern", r"(?s).*\{####\}(?s).*", "deploy-sms-lines"),
    # The operation itself refuses a bad prefix, in its own words, and custom domains have dots.
    Amendment("DomainType", "pattern", None, "val-service-text-beats-model"),
    # Marked sensitive, and yet printed, in 2023 and in 2026.
    Amendment("ClientIdType", "sensitive", None, "val-client-id-is-shown"),
    # Printed once, perhaps before it was marked sensitive: so nothing is said about how it is shown.
    Amendment("SoftwareTokenMFAUserCodeType", "sensitive", "in doubt", "val-user-code-was-shown"),
)

#: Lists of which a null element is refused (branding-null-asset); every other list drops it
#: (wire-null-list-element).
NULL_ELEMENT_REFUSED = frozenset({"AssetListType"})


@dataclass(frozen=True, slots=True)
class Contested:
    """A member for which 0, or no value, was once refused although the description allows it; perhaps mended since."""

    operation: str
    member: str
    path: str
    absent_is_zero: bool
    fact: str


CONTESTED = (
    Contested("AdminListGroupsForUser", "Limit", "maxItems", False, "val-limit-zero-internal-name"),
    Contested("ListIdentityProviders", "MaxResults", "maxResults", True, "idp-list-maxresults-zero"),
    Contested("ListResourceServers", "MaxResults", "maxResults", True, "rs-list-maxresults-zero"),
)


def amended(shapes: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The shapes of the description with `AMENDMENTS` applied; the argument is left alone."""
    result = {name: dict(shape) for name, shape in shapes.items()}
    for row in AMENDMENTS:
        if row.shape not in result:
            continue
        if row.value is None:
            result[row.shape].pop(row.trait, None)
        else:
            result[row.shape][row.trait] = row.value
    return result


def contested(operation: str, params: Mapping[str, Any]) -> tuple[Violation, ...]:
    """Violations that Cognito may or may not report for this request, according to `CONTESTED`."""
    return tuple(
        Violation(row.path, "min value", "Member must have value greater than or equal to 1", "Value '0'")
        for row in CONTESTED
        if row.operation == operation and _is_zero(params.get(row.member), row)
    )


def _is_zero(value: Any, row: Contested) -> bool:
    return row.absent_is_zero if value is None else type(value) is int and value == 0
