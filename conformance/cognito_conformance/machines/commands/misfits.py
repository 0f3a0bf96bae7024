"""Settings that Cognito refused to somebody who deployed them (facts deploy-…), one rule each."""

from __future__ import annotations

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command
from cognito_conformance.machines.provider_details import OIDC, SAML, SAML_FILE

SES = "arn:aws:ses:us-east-1:123456789012:identity/nobody@example.com"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:misfit"
POOLS: tuple[Params, ...] = (
    {"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"}},
    {"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": SES, "From": "nobody"}},
    {"LambdaConfig": {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION}}},
    {
        "LambdaConfig": {
            "PreTokenGeneration": FUNCTION,
            "PreTokenGenerationConfig": {"LambdaVersion": "V1_0", "LambdaArn": f"{FUNCTION}-other"},
        }
    },
    {
        "UserPoolTier": "LITE",
        "LambdaConfig": {"PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": FUNCTION}},
    },
    {"AdminCreateUserConfig": {"InviteMessageTemplate": {"EmailMessage": "Welcome aboard."}}},
    {"AdminCreateUserConfig": {"InviteMessageTemplate": {"SMSMessage": "Welcome aboard."}}},
)
CLIENTS: tuple[Params, ...] = (
    {"AccessTokenValidity": 12, "RefreshTokenValidity": 2, "TokenValidityUnits": {"RefreshToken": "hours"}},
    {"AnalyticsConfiguration": {"ApplicationId": "0123456789abcdef0123456789abcdef"}},
    {
        "GenerateSecret": True,
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": ["openid"],
    },
)
PROVIDERS: tuple[Params, ...] = (
    {"ProviderType": "OIDC", "ProviderDetails": {**OIDC, "oidc_issuer": "http://issuer.example.com"}},
    {"ProviderType": "OIDC", "ProviderDetails": {**OIDC, "attributes_request_method": "PUT"}},
    {"ProviderType": "OIDC", "ProviderDetails": {k: OIDC[k] for k in OIDC if k != "authorize_scopes"}},
    {"ProviderType": "SAML", "ProviderDetails": {**SAML, **SAML_FILE}},
    {
        "ProviderType": "SAML",
        "ProviderDetails": {"MetadataFile": SAML_FILE["MetadataFile"].replace("HTTP-Redirect", "HTTP-POST")},
    },
    {"ProviderType": "SAML", "ProviderDetails": {**SAML_FILE, "RequestSigningAlgorithm": "rsa-sha1"}},
)


@command("CreateUserPool", "pools", weight=1)
def create_misfit_pool(pick: Pick) -> Params:
    return {"PoolName": f"misfit-{pick.step}", **pick.of(POOLS)}


@command("UpdateUserPool", "pools", weight=1)
def update_to_misfit_pool(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), **roles.kept_by_update(pick.pool), **pick.of(POOLS)}


@command("CreateUserPoolClient", "clients", weight=1)
def create_misfit_client(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "ClientName": f"misfit-{pick.step}", **pick.of(CLIENTS)}


@command("CreateIdentityProvider", "resources", weight=1)
def create_misfit_provider(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "ProviderName": f"misfit{pick.step}", **pick.of(PROVIDERS)}


@command("SetRiskConfiguration", "resources", weight=1)
def set_misfit_ranges(pick: Pick) -> Params:
    ranges = {"RiskExceptionConfiguration": {"BlockedIPRangeList": ["everywhere"]}}
    return {"UserPoolId": roles.pool_id(pick), **ranges}
