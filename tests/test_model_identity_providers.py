"""Identity providers that a user pool trusts."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, OneOf, Present
from cognito_model.requirements import catalogue
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, texts, tolerated

OIDC = {
    "client_id": "x",
    "client_secret": "y",
    "attributes_request_method": "GET",
    "oidc_issuer": "https://idp.example.com",
    "authorize_scopes": "openid",
    "authorize_url": "https://idp.example.com/a",
    "token_url": "https://idp.example.com/t",
    "attributes_url": "https://idp.example.com/u",
    "jwks_uri": "https://idp.example.com/k",
}
CORP = {"ProviderName": "corp", "ProviderType": "OIDC", "ProviderDetails": OIDC}
GOOGLE = {
    "ProviderName": "Google",
    "ProviderType": "Google",
    "ProviderDetails": {"client_id": "x", "client_secret": "y", "authorize_scopes": "email"},
}
SAML_METADATA = '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com"/>'


def with_pool() -> tuple[Drive, dict[str, object]]:
    """A world with one pool, and what every call about it says."""
    drive = Drive()
    return drive, {"UserPoolId": drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]}


def test_oidc_provider_is_created():
    """CreateIdentityProvider answers with the provider; an OIDC one shows attributes_url_add_attributes."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateIdentityProvider", **pool, **CORP, AttributeMapping={"email": "mail"})
    names = {"creates-provider", "oidc-details-have-flag", "no-identifiers-are-none"}
    assert {f"identity-providers/{name}" for name in names} <= rests_on(outcome)
    provider = plain(outcome.replies[0].members)["IdentityProvider"]
    # Of the flag in answers that are no descriptions nothing is written.
    flag = OneOf(("false", ABSENT))
    assert provider["ProviderDetails"] == {**OIDC, "attributes_url_add_attributes": flag}
    drive.world = outcome.replies[0].world
    shown = drive.call("DescribeIdentityProvider", **pool, ProviderName=CORP["ProviderName"])
    details = shown["IdentityProvider"]["ProviderDetails"]
    assert details == {**OIDC, "attributes_url_add_attributes": "false"}
    assert provider["AttributeMapping"] == {"email": "mail"}
    # That the two dates are equal no source says.
    assert provider["LastModifiedDate"].term == provider["CreationDate"]


def test_google_provider_is_completed():
    """A Google provider shows Google's URLs beside the details that it was given."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateIdentityProvider", **pool, **GOOGLE)
    details = outcome.replies[0].members["IdentityProvider"]["ProviderDetails"]
    assert len(details) == 9
    assert reasons(details["token_url"]) == {"identity-providers/google-details-are-whole"}
    assert plain(details["client_secret"]) == "y"


@pytest.mark.parametrize(
    ("kind", "more", "shown"),
    [
        ("Facebook", {}, {"token_request_method": "GET", "attributes_url_add_attributes": "true"}),
        ("Facebook", {"api_version": "v12.0"}, {"api_version": "v12.0"}),
        (
            "LoginWithAmazon",
            {},
            {"token_request_method": "POST", "attributes_url_add_attributes": "false"},
        ),
        (
            "SignInWithApple",
            {"private_key": "k", "team_id": "t", "key_id": "i"},
            {"token_request_method": "POST", "attributes_url_add_attributes": "false", "team_id": "t"},
        ),
    ],
)
def test_social_provider_is_completed(kind, more, shown):
    """A description of a Facebook, Amazon or Apple provider has that company's URLs beside the details that were given.

    Whether the answer to its creation has them is open.
    """
    drive, pool = with_pool()
    given = {"client_id": "x", "client_secret": "y", "authorize_scopes": "email", **more}
    provider = {"ProviderName": kind, "ProviderType": kind, "ProviderDetails": given}
    created = drive.call("CreateIdentityProvider", **pool, **provider)["IdentityProvider"]
    assert ABSENT in plain(created["ProviderDetails"]["authorize_url"]).choices
    outcome = drive.outcome("DescribeIdentityProvider", **pool, ProviderName=kind)
    details = outcome.replies[0].members["IdentityProvider"]["ProviderDetails"]
    assert {name: plain(details[name]) for name in shown} == shown
    assert reasons(details["authorize_url"]) == {"identity-providers/social-details-are-whole"}


@pytest.mark.parametrize("logs_out", [False, True])
def test_saml_provider_shows_derived_details(logs_out):
    """A SAML provider shows the redirect bindings and the certificate that its metadata have."""
    drive, pool = with_pool()
    metadata = SAML_METADATA + (SAML_METADATA.replace("SignOn", "Logout") if logs_out else "")
    params = {"ProviderName": "saml", "ProviderType": "SAML", "ProviderDetails": {"MetadataFile": metadata}}
    details = plain(drive.call("CreateIdentityProvider", **pool, **params)["IdentityProvider"])[
        "ProviderDetails"
    ]
    assert ("SLORedirectBindingURI" in details) is logs_out
    outcome = drive.outcome("DescribeIdentityProvider", **pool, ProviderName="saml")
    assert "identity-providers/saml-details-are-derived" in rests_on(outcome)
    derived = outcome.replies[0].members["IdentityProvider"]["ProviderDetails"]["SSORedirectBindingURI"]
    assert plain(derived) == Present("")


def test_saml_details_may_come_later():
    """The answer to CreateIdentityProvider may lack what is derived from a SAML provider's metadata."""
    drive, pool = with_pool()
    params = {
        "ProviderName": "saml",
        "ProviderType": "SAML",
        "ProviderDetails": {"MetadataFile": SAML_METADATA},
    }
    outcome = drive.outcome("CreateIdentityProvider", **pool, **params)
    details = outcome.replies[0].members["IdentityProvider"]["ProviderDetails"]
    assert ABSENT in plain(details["ActiveEncryptionCertificate"]).choices
    assert tolerated(outcome) == {"identity-providers/saml-has-redirect-binding"}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        ("name-is-free", {}),
        ("social-name-is-type", GOOGLE | {"ProviderName": "MyGoogle"}),
        ("saml-has-metadata", {"ProviderName": "saml", "ProviderType": "SAML"}),
        ("mapping-is-in-schema", {"ProviderName": "other", "AttributeMapping": {"custom:foo": "foo"}}),
        ("identifier-is-free", {"ProviderName": "other", "IdpIdentifiers": ["corp.example.com"]}),
        ("acr-mapping-is-for-oidc", GOOGLE | {"AcrMapping": {"Level1": "x"}}),
    ],
)
def test_provider_is_refused(requirement, params):
    """A provider that the pool cannot have is refused."""
    drive, pool = with_pool()
    drive.call("CreateIdentityProvider", **pool, **CORP, IdpIdentifiers=["corp.example.com"])
    refused = drive.refused("CreateIdentityProvider", **{**pool, **CORP, **params})
    assert refused == {f"identity-providers/{requirement}"}


def test_identifier_of_another_provider_fails_nobody():
    """That a provider may not have another's identifier stands on a sentence that can be read as of one provider."""
    assert catalogue()["identity-providers/identifier-is-free"].provisional


def test_duplicate_names_pool():
    """The refusal of a second provider of one name tells the name and the pool."""
    drive, pool = with_pool()
    drive.call("CreateIdentityProvider", **pool, **CORP)
    assert texts(drive.outcome("CreateIdentityProvider", **pool, **CORP)) == {("corp", pool["UserPoolId"])}


@pytest.mark.parametrize(
    ("requirement", "kind", "details"),
    [
        *(
            ("details-are-given", "OIDC", {name: value for name, value in OIDC.items() if name != missing})
            for missing in ("client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method")
        ),
        ("details-are-given", "Google", {"client_id": "x", "authorize_scopes": "email"}),
        ("details-are-given", "SignInWithApple", {"client_id": "x", "authorize_scopes": "email"}),
        ("issuer-is-https", "OIDC", {**OIDC, "oidc_issuer": "http://idp.example.com"}),
        ("request-method-is-known", "OIDC", {**OIDC, "attributes_request_method": "PUT"}),
        ("saml-has-redirect-binding", "SAML", {"MetadataFile": SAML_METADATA.replace("Redirect", "POST")}),
        (
            "signing-algorithm-is-known",
            "SAML",
            {"MetadataFile": SAML_METADATA, "RequestSigningAlgorithm": ""},
        ),
        ("saml-has-one-source", "SAML", {"MetadataURL": "https://idp.example.com", "MetadataFile": "<x/>"}),
    ],
)
def test_details_keep_the_type(requirement, kind, details):
    """A provider without the details that its type needs, or with ones that it does not take, is refused."""
    drive, pool = with_pool()
    params = {"ProviderName": kind, "ProviderType": kind, "ProviderDetails": details}
    refused = drive.refused("CreateIdentityProvider", **pool, **params)
    assert refused == {f"identity-providers/{requirement}"}


def test_certificate_is_not_given():
    """A SAML provider that is given the certificate which it shows is refused, when it is made as well perhaps."""
    drive, pool = with_pool()
    details = {"MetadataFile": SAML_METADATA}
    whole = {"ProviderDetails": {**details, "ActiveEncryptionCertificate": "MII"}}
    params = {**pool, "ProviderName": "Corp", "ProviderType": "SAML", **whole}
    slug = "identity-providers/certificate-is-derived"
    assert slug in tolerated(drive.outcome("CreateIdentityProvider", **params))
    drive.call("CreateIdentityProvider", **{**params, "ProviderDetails": details})
    assert drive.refused("UpdateIdentityProvider", **pool, ProviderName="Corp", **whole) == {slug}


def test_issuer_may_not_answer():
    """A provider may be refused whose issuer is to be asked for its addresses, and does not answer."""
    drive, pool = with_pool()
    details = {name: value for name, value in OIDC.items() if name != "jwks_uri"}
    outcome = drive.outcome("CreateIdentityProvider", **{**pool, **CORP, "ProviderDetails": details})
    assert tolerated(outcome) == {"identity-providers/issuer-answers"}


def test_three_hundred_and_first_provider_may_be_refused():
    """A pool may refuse more than 300 identity providers."""
    drive, pool = with_pool()
    for n in range(300):
        drive.call("CreateIdentityProvider", **{**pool, **CORP, "ProviderName": f"provider{n}"})
    outcome = drive.outcome("CreateIdentityProvider", **pool, **CORP)
    assert tolerated(outcome) == {"identity-providers/provider-limit"}


def test_missing_provider_is_refused():
    """An operation on an identity provider that the pool does not have is refused."""
    drive, pool = with_pool()
    wanted = {
        "Describe": "described-provider-exists",
        "Update": "updated-provider-exists",
        "Delete": "provider-exists",
    }
    for verb, slug in wanted.items():
        refused = drive.refused(f"{verb}IdentityProvider", **pool, ProviderName="no")
        assert refused == {f"identity-providers/{slug}"}
    refused = drive.refused("GetIdentityProviderByIdentifier", **pool, IdpIdentifier="no")
    assert refused == {"identity-providers/provider-has-identifier"}


def test_provider_is_found_by_identifier():
    """GetIdentityProviderByIdentifier answers with the provider that has the identifier."""
    drive, pool = with_pool()
    drive.call("CreateIdentityProvider", **pool, **CORP, IdpIdentifiers=["example.com"])
    outcome = drive.outcome("GetIdentityProviderByIdentifier", **pool, IdpIdentifier="example.com")
    assert "identity-providers/describes-provider" in rests_on(outcome)
    assert plain(outcome.replies[0].members)["IdentityProvider"]["ProviderName"] == "corp"


def test_update_merges():
    """UpdateIdentityProvider sets what it names and leaves the other members as they are."""
    drive, pool = with_pool()
    drive.call(
        "CreateIdentityProvider", **pool, **CORP, AttributeMapping={"email": "mail"}, IdpIdentifiers=["a"]
    )
    outcome = drive.outcome("UpdateIdentityProvider", **pool, ProviderName="corp", IdpIdentifiers=["b"])
    provider = outcome.replies[0].members["IdentityProvider"]
    assert reasons(provider["IdpIdentifiers"]) == {"identity-providers/updates-provider"}
    assert reasons(provider["AttributeMapping"]) == {"identity-providers/unnamed-members-stay"}
    assert plain(provider["IdpIdentifiers"]).items == ("b",)


def test_provider_is_deleted():
    """DeleteIdentityProvider deletes the identity provider; one in use may be kept."""
    drive, pool = with_pool()
    drive.call("CreateIdentityProvider", **pool, **CORP)
    drive.call("CreateUserPoolClient", **pool, ClientName="app", SupportedIdentityProviders=["corp"])
    outcome = drive.outcome("DeleteIdentityProvider", **pool, ProviderName="corp")
    assert rests_on(outcome) == {"identity-providers/deletes-provider"}
    assert tolerated(outcome) == {"identity-providers/provider-in-use"}
    drive.world = outcome.replies[0].world
    refused = drive.refused("DescribeIdentityProvider", **pool, ProviderName="corp")
    assert refused == {"identity-providers/deletes-provider"}


def test_providers_are_listed_briefly():
    """ListIdentityProviders lists every provider once, with just name, type and two dates; without a limit it may refuse."""
    drive, pool = with_pool()
    drive.call("CreateIdentityProvider", **pool, **CORP)
    outcome = drive.outcome("ListIdentityProviders", **pool, MaxResults=10)
    names = {"lists-providers", "listed-provider-is-brief"}
    assert {f"identity-providers/{name}" for name in names} <= rests_on(outcome)
    assert outcome.replies[0].members["Providers"].required == {"corp"}
    assert not tolerated(outcome)
    unlimited = drive.outcome("ListIdentityProviders", **pool)
    assert tolerated(unlimited) == {"protocol/request-keeps-constraints"}


def test_oidc_provider_has_no_social_name():
    """An OIDC provider of the name of a social one is refused, a SAML one may be, and one in small letters is not."""
    drive, pool = with_pool()
    oidc = {**pool, "ProviderType": "OIDC", "ProviderDetails": OIDC}
    for name in ("Google", "Facebook", "LoginWithAmazon", "SignInWithApple"):
        refused = drive.refused("CreateIdentityProvider", **oidc, ProviderName=name)
        assert refused == {"identity-providers/social-name-is-type"}
        saml = {"ProviderType": "SAML", "ProviderDetails": {"MetadataFile": SAML_METADATA}}
        outcome = drive.outcome("CreateIdentityProvider", **pool, **saml, ProviderName=name)
        assert "identity-providers/social-name-is-type" in tolerated(outcome)
    for name in ("google", "SAML", "COGNITO"):
        assert not tolerated(drive.outcome("CreateIdentityProvider", **oidc, ProviderName=name))


def test_social_provider_maps_the_user_name():
    """A social provider without an AttributeMapping maps the user name; of others than Google that is not recorded."""
    drive, pool = with_pool()
    made = drive.outcome("CreateIdentityProvider", **pool, **GOOGLE).replies[0].members["IdentityProvider"]
    assert reasons(made["AttributeMapping"]) == {"identity-providers/social-name-is-mapped"}
    assert plain(made["AttributeMapping"]) == {"username": "sub"}
    facebook = {**GOOGLE, "ProviderName": "Facebook", "ProviderType": "Facebook"}
    made = drive.outcome("CreateIdentityProvider", **pool, **facebook).replies[0].members["IdentityProvider"]
    assert plain(made["AttributeMapping"]) == OneOf.of({"username": "id"}, ABSENT)
    named = drive.outcome("CreateIdentityProvider", **pool, **GOOGLE, AttributeMapping={"email": "email"})
    assert plain(named.replies[0].members["IdentityProvider"]["AttributeMapping"]) == {"email": "email"}
