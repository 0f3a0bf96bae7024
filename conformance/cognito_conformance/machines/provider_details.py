"""Details of identity providers that a pool takes."""

from __future__ import annotations

GOOGLE = {"client_id": "id", "client_secret": "secret", "authorize_scopes": "openid"}
APPLE = {
    "client_id": "id",
    "team_id": "team",
    "key_id": "key",
    "private_key": "PK",
    "authorize_scopes": "email",
}
SOCIAL = {"Google": GOOGLE, "Facebook": GOOGLE, "LoginWithAmazon": GOOGLE, "SignInWithApple": APPLE}
"""Details by provider of a social kind; each can be in a pool once, under its own name."""
OIDC = {
    **GOOGLE,
    "oidc_issuer": "https://issuer.example.com",
    "attributes_request_method": "GET",
    "authorize_url": "https://issuer.example.com/authorize",
    "token_url": "https://issuer.example.com/token",
    "attributes_url": "https://issuer.example.com/userinfo",
    "jwks_uri": "https://issuer.example.com/jwks",
}
SAML = {"MetadataURL": "https://saml.example.com/metadata"}
SAML_FILE = {
    "MetadataFile": '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" '
    'entityID="https://saml.example.com"><IDPSSODescriptor '
    'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><SingleSignOnService '
    'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
    'Location="https://saml.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>'
}
