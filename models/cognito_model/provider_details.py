"""ProviderDetails of an identity provider, as the service completes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, Because, OneOf, Present
from cognito_model.requirements import identity_providers as R

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.requirement import Requirement

SOCIAL = ("Facebook", "Google", "LoginWithAmazon", "SignInWithApple")
GOOGLE: Mapping[str, str] = {
    "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
    "token_url": "https://www.googleapis.com/oauth2/v4/token",
    "token_request_method": "POST",
    "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
    "attributes_url_add_attributes": "true",
    "oidc_issuer": "https://accounts.google.com",
}
"""What a Google provider shows that nobody gave; the URLs are Google's affair and may change."""

ENDPOINTS = ("authorize_url", "token_url", "attributes_url", "jwks_uri")
"""What an OIDC provider may say itself, so that nothing need be discovered from its issuer."""

_FIXED = ("token_request_method", "attributes_url_add_attributes")


def shown(kind: str, given: Mapping[str, Any], because: Requirement, *, described: bool) -> dict[str, Any]:
    """ProviderDetails of a provider of this type, given these details.

    The flag of an OIDC provider is documented of descriptions alone.
    """
    details: dict[str, Any] = {name: Because(value, because) for name, value in given.items()}
    if kind == "Google":
        for name, value in GOOGLE.items():
            expected = value if name in _FIXED else Present(value)
            details.setdefault(name, Because(expected, R.google_details_are_whole))
    if kind == "OIDC":
        flag = "false" if described else OneOf.of("false", ABSENT)
        details.setdefault("attributes_url_add_attributes", Because(flag, R.oidc_details_have_flag))
    if kind == "SAML" and "MetadataFile" in given:
        for name in ("SSORedirectBindingURI", "ActiveEncryptionCertificate"):
            details.setdefault(name, Because(Present(""), R.saml_details_are_derived))
    return details


def discovers(given: Mapping[str, Any]) -> bool:
    """Whether the service must ask the issuer of an OIDC provider for its endpoints."""
    return not all(name in given for name in ENDPOINTS)
