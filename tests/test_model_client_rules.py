"""What the settings of an app client may not say."""

from __future__ import annotations

import pytest

from support.drive import Drive
from support.expectations import texts, tolerated

OAUTH = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid"],
    "CallbackURLs": ["https://app.example.com/in"],
}
MACHINE = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
    "AllowedOAuthScopes": ["api/read"],
}


def in_pool(**params: object) -> tuple[Drive, dict[str, object]]:
    """A world with a pool that has a resource server `api`, and what every call about it says."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]
    scopes = [{"ScopeName": "read", "ScopeDescription": "reads"}]
    drive.call("CreateResourceServer", UserPoolId=pool, Identifier="api", Name="api", Scopes=scopes)
    return drive, {"UserPoolId": pool}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        ("token-validity-in-range", {"AccessTokenValidity": 25}),
        ("token-validity-in-range", {"IdTokenValidity": 4, "TokenValidityUnits": {"IdToken": "minutes"}}),
        ("refresh-validity-in-range", {"RefreshTokenValidity": 36500}),
        ("flows-of-one-kind", {"ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}),
        ("user-context-needs-secret", {"EnablePropagateAdditionalUserContextData": True}),
        ("oauth-needs-flows-and-scopes", {"AllowedOAuthFlowsUserPoolClient": True}),
        ("code-flow-needs-callback", OAUTH | {"CallbackURLs": []}),
        ("code-flow-needs-callback", OAUTH | {"CallbackURLs": [], "AllowedOAuthFlows": ["implicit"]}),
        ("client-credentials-needs-secret", MACHINE),
        (
            "client-credentials-is-alone",
            OAUTH | MACHINE | {"GenerateSecret": True, "AllowedOAuthFlows": ["client_credentials", "code"]},
        ),
        (
            "client-credentials-has-custom-scopes",
            MACHINE | {"GenerateSecret": True, "AllowedOAuthScopes": ["api/read", "openid"]},
        ),
        (
            "refresh-outlives-access",
            {
                "AccessTokenValidity": 12,
                "RefreshTokenValidity": 2,
                "TokenValidityUnits": {"RefreshToken": "hours"},
            },
        ),
        ("analytics-is-of-one-kind", {"AnalyticsConfiguration": {"ApplicationId": "0" * 32}}),
        ("scope-exists", OAUTH | {"AllowedOAuthScopes": ["openid", "api/write"]}),
        ("url-is-https", OAUTH | {"CallbackURLs": ["http://app.example.com/in"]}),
        ("url-is-https", OAUTH | {"LogoutURLs": ["http://app.example.com/out"]}),
        ("callback-is-absolute", OAUTH | {"CallbackURLs": ["/in"]}),
        ("callback-has-no-fragment", OAUTH | {"CallbackURLs": ["https://app.example.com/#in"]}),
        ("default-redirect-is-callback", OAUTH | {"DefaultRedirectURI": "https://app.example.com/other"}),
        ("provider-exists", {"SupportedIdentityProviders": ["COGNITO", "Google"]}),
        ("write-attributes-are-writable", {"WriteAttributes": ["email_verified"]}),
        ("write-attributes-are-writable", {"WriteAttributes": ["custom:none"]}),
        ("read-attributes-exist", {"ReadAttributes": ["custom:none"]}),
    ],
)
def test_client_is_refused(requirement, params):
    """An app client whose settings do not go together is refused, at creation as in an update."""
    drive, pool = in_pool()
    refused = drive.refused("CreateUserPoolClient", **pool, ClientName="app", **params)
    assert refused == {f"client-rules/{requirement}"}
    secret = {"GenerateSecret": bool(params.get("GenerateSecret"))}
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app", **secret)["UserPoolClient"]
    params = {name: value for name, value in params.items() if name != "GenerateSecret"}
    refused = drive.refused("UpdateUserPoolClient", **pool, ClientId=made["ClientId"], **params)
    assert refused == {f"client-rules/{requirement}"}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        ("code-flow-needs-callback", {"AllowedOAuthFlows": ["code"]}),
        ("client-credentials-needs-secret", {"AllowedOAuthFlows": ["client_credentials"]}),
        ("scope-exists", {"AllowedOAuthScopes": ["api/write"]}),
        ("callback-is-absolute", {"CallbackURLs": ["/in"]}),
        ("url-is-https", {"LogoutURLs": ["http://app.example.com/out"]}),
        ("default-redirect-is-callback", {"DefaultRedirectURI": "https://app.example.com/other"}),
        ("refresh-validity-in-range", {"TokenValidityUnits": {"RefreshToken": "minutes"}}),
    ],
)
def test_client_without_oauth_may_be_refused(requirement, params):
    """OAuth settings that no flag turns on may be looked at or not, and a unit without a value may count or not."""
    drive, pool = in_pool()
    outcome = drive.outcome("CreateUserPoolClient", **pool, ClientName="app", **params)
    assert f"client-rules/{requirement}" in tolerated(outcome)


def test_a_default_redirect_is_named_where_it_is_refused():
    """The refusal of a default redirect URI that is no callback URL says which URI that is."""
    drive, pool = in_pool()
    elsewhere = "https://app.example.com/other"
    params = OAUTH | {"DefaultRedirectURI": elsewhere}
    assert texts(drive.outcome("CreateUserPoolClient", **pool, ClientName="app", **params)) == {(elsewhere,)}


def test_two_secrets_are_refused():
    """GenerateSecret beside a ClientSecret is refused."""
    drive, pool = in_pool()
    params = {"GenerateSecret": True, "ClientSecret": "x" * 24}
    refused = drive.refused("CreateUserPoolClient", **pool, ClientName="app", **params)
    assert refused == {"client-rules/secret-is-made-or-given"}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        ("refresh-flow-is-allowed", {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}),
        (
            "client-credentials-has-custom-scopes",
            MACHINE | {"GenerateSecret": True, "AllowedOAuthScopes": ["api/read", "phone"]},
        ),
    ],
)
def test_client_may_be_refused(requirement, params):
    """Where sources disagree, or only conclude, a client may be refused or accepted."""
    drive, pool = in_pool()
    outcome = drive.outcome("CreateUserPoolClient", **pool, ClientName="app", **params)
    assert tolerated(outcome) == {f"client-rules/{requirement}"}


def test_user_auth_may_be_refused_in_lite():
    """ALLOW_USER_AUTH may be refused in a pool of the tier LITE."""
    drive, pool = in_pool(UserPoolTier="LITE")
    flows = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    outcome = drive.outcome("CreateUserPoolClient", **pool, ClientName="app", ExplicitAuthFlows=flows)
    assert tolerated(outcome) == {"client-rules/user-auth-needs-essentials"}


def test_rotation_may_be_refused_in_lite():
    """Token rotation may be refused in a pool of the tier LITE."""
    drive, pool = in_pool(UserPoolTier="LITE")
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    outcome = drive.outcome("CreateUserPoolClient", **pool, ClientName="app", RefreshTokenRotation=rotation)
    assert tolerated(outcome) == {"client-rules/rotation-needs-essentials"}


def test_required_attribute_is_needed_for_writing():
    """WriteAttributes without an attribute that the pool requires are refused of a new client, and may be of an old one."""
    drive, pool = in_pool(Schema=[{"Name": "email", "Required": True, "Mutable": True}])
    wrong = {"client-rules/required-attributes-are-writable"}
    assert drive.refused("CreateUserPoolClient", **pool, ClientName="app", WriteAttributes=["name"]) == wrong
    written = ["email", "name"]
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app", WriteAttributes=written)
    client = {**pool, "ClientId": made["UserPoolClient"]["ClientId"]}
    assert wrong <= tolerated(drive.outcome("UpdateUserPoolClient", **client, WriteAttributes=["name"]))


@pytest.mark.parametrize(
    "params",
    [
        OAUTH,
        OAUTH | {"DefaultRedirectURI": "https://app.example.com/in"},
        OAUTH
        | {"CallbackURLs": ["http://localhost:3000/x", "http://127.0.0.1", "http://[::1]", "myapp://x"]},
        OAUTH
        | {"AllowedOAuthScopes": ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"]},
        MACHINE | {"GenerateSecret": True},
        {"SupportedIdentityProviders": ["COGNITO"]},
        {"RefreshTokenRotation": {"Feature": "ENABLED"}, "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]},
        {"AccessTokenValidity": 86400, "TokenValidityUnits": {"AccessToken": "seconds"}},
    ],
)
def test_client_is_accepted(params):
    """Settings that go together are accepted."""
    drive, pool = in_pool()
    outcome = drive.outcome("CreateUserPoolClient", **pool, ClientName="app", **params)
    assert not outcome.refused
    assert not outcome.tolerated


def test_messages_say_what_was_being_done():
    """The refusal of unknown attributes says whether a client was being created or updated."""
    drive, pool = in_pool()
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app")["UserPoolClient"]
    creating = drive.outcome("CreateUserPoolClient", **pool, ClientName="app", ReadAttributes=["x"])
    updating = drive.outcome("UpdateUserPoolClient", **pool, ClientId=made["ClientId"], ReadAttributes=["x"])
    assert texts(creating) == {("Invalid read attributes specified while creating a client",)}
    assert texts(updating) == {("Invalid read attributes specified while updating a client",)}


def test_analytics_of_another_region():
    """An application for analytics of another region than the pool's is refused; of one that exists it may be."""
    drive, pool = in_pool()
    arn = "arn:aws:mobiletargeting:{}:123456789012:apps/0123456789abcdef0123456789abcdef"
    there = {"AnalyticsConfiguration": {"ApplicationArn": arn.format("mars-north-1")}}
    here = {"AnalyticsConfiguration": {"ApplicationArn": arn.format("us-east-1")}}
    slug = "client-rules/analytics-is-in-region"
    assert drive.refused("CreateUserPoolClient", **pool, ClientName="app", **there) == {slug}
    assert slug in tolerated(drive.outcome("CreateUserPoolClient", **pool, ClientName="app", **here))
