"""ProviderDetails of an identity provider, as the service completes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, Because, OneOf, Present
from cognito_model.requirements import identity_providers as R

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.requirement import Requirement

_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_FACEBOOK_VERSION = "v17.0"
COMPLETED: Mapping[str, Mapping[str, str]] = {
    "Facebook": {
        "api_version": _FACEBOOK_VERSION,
        "authorize_url": "https://www.facebook.com/{version}/dialog/oauth",
        "token_url": "https://graph.facebook.com/{version}/oauth/access_token",
        "token_request_method": "GET",
        "attributes_url": "https://graph.facebook.com/{version}/me?fields=",
        "attributes_url_add_attributes": "true",
    },
    "Google": {
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
        "token_request_method": "POST",
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "oidc_issuer": "https://accounts.google.com",
    },
    "LoginWithAmazon": {
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_url": "https://api.amazon.com/auth/o2/token",
        "token_request_method": "POST",
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
    },
    "SignInWithApple": {
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "token_url": "https://appleid.apple.com/auth/token",
        "token_request_method": "POST",
        "attributes_url_add_attributes": "false",
        "oidc_issuer": "https://appleid.apple.com",
    },
}
"""What a social provider shows that nobody gave; the URLs are the provider's affair and may change."""
SOCIAL = tuple(COMPLETED)
SUBJECT: Mapping[str, str] = {
    "Google": "sub",
    "Facebook": "id",
    "LoginWithAmazon": "user_id",
    "SignInWithApple": "sub",
    "OIDC": "sub",
}
"""The claim by which each knows its users."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "OIDC": ("client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"),
    **dict.fromkeys(
        ("Facebook", "Google", "LoginWithAmazon"), ("client_id", "client_secret", "authorize_scopes")
    ),
    "SignInWithApple": ("client_id", "private_key", "team_id", "key_id"),
}
"""What a provider of each type must be given."""
NEEDED_TEXT: Mapping[str, str] = {
    "OIDC": "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod",
    "SignInWithApple": "clientId, privateKey, teamId, and keyId",
}
SOCIAL_TEXT = "clientId, clientSecret and authorizeScopes"
ENDPOINTS = ("authorize_url", "token_url", "attributes_url", "jwks_uri")
"""What an OIDC provider may say itself, so that nothing need be discovered from its issuer."""

_FIXED = ("token_request_method", "attributes_url_add_attributes")


def shown(kind: str, given: Mapping[str, Any], because: Requirement, *, described: bool) -> dict[str, Any]:
    """ProviderDetails of a provider of this type, given these details.

    What an OIDC, Facebook, Amazon or Apple provider adds is documented of descriptions alone; of a Google one
    it was also seen in answers to CreateIdentityProvider.
    """
    details: dict[str, Any] = {name: Because(value, because) for name, value in given.items()}
    whole = R.google_details_are_whole if kind == "Google" else R.social_details_are_whole
    for name, value in COMPLETED.get(kind, {}).items():
        text = value.format(version=given.get("api_version", _FACEBOOK_VERSION))
        value_is: Any = text if name in _FIXED else Present(text)
        if name == "api_version" or (kind != "Google" and not described):
            value_is = OneOf((value_is, ABSENT))
        details.setdefault(name, Because(value_is, whole))
    if kind == "SignInWithApple" and "private_key" in given:
        # The reference shows providers without it; that it is never shown nobody says.
        details["private_key"] = Because(OneOf((ABSENT, given["private_key"])), because)
    if kind == "OIDC":
        flag = "false" if described else OneOf.of("false", ABSENT)
        details.setdefault("attributes_url_add_attributes", Because(flag, R.oidc_details_have_flag))
    if kind == "SAML" and "MetadataFile" in given:
        derived = ["SSORedirectBindingURI", "ActiveEncryptionCertificate"]
        derived += ["SLORedirectBindingURI"] if offers(given["MetadataFile"], "SingleLogoutService") else []
        for name in derived:
            # The example of an answer to CreateIdentityProvider lacks them (fact idp-saml-derived-not-in-create).
            derivation = Present("") if described else OneOf.of(Present(""), ABSENT)
            details.setdefault(name, Because(derivation, R.saml_details_are_derived))
    return details


def offers(metadata: Any, service: str) -> bool:
    """Whether SAML metadata have a service, such as SingleSignOnService, that is reached by a redirect."""
    found = re.findall(rf"<(?:\w+:)?{service}\b[^>]*>", metadata) if isinstance(metadata, str) else []
    return any(_REDIRECT in element for element in found)


def lacks_redirect(given: Mapping[str, Any]) -> bool:
    """Whether a SAML provider's metadata name a service for signing in, and none that is reached by a redirect."""
    metadata = given.get("MetadataFile")
    return (
        isinstance(metadata, str)
        and "SingleSignOnService" in metadata
        and not offers(metadata, "SingleSignOnService")
    )


def discovers(given: Mapping[str, Any]) -> bool:
    """Whether the service must ask the issuer of an OIDC provider for its endpoints."""
    return not all(name in given for name in ENDPOINTS)
