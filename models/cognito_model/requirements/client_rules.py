"""What the settings of an app client may not say."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

SET = ("CreateUserPoolClient", "UpdateUserPoolClient")

token_validity_in_range = requirement(
    "client-rules/token-validity-in-range",
    "Access and id tokens count five minutes to one day; other validities are refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Invalid range for token validity.",
    facts="client-access-validity-range token-validity-ranges",
)
refresh_validity_in_range = requirement(
    "client-rules/refresh-validity-in-range",
    "Refresh tokens count an hour to ten years; other validities are refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Invalid range for token validity.",
    facts="client-refresh-validity-range token-validity-ranges",
)
refresh_outlives_access = requirement(
    "client-rules/refresh-outlives-access",
    "A refresh token that ends before the access and id tokens is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
    facts="deploy-refresh-outlives-access",
)
flows_of_one_kind = requirement(
    "client-rules/flows-of-one-kind",
    "Legacy flow names beside ALLOW_ ones are refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    facts="client-legacy-and-new-flows-mixed legacy-and-allow-flows-cannot-mix deploy-flows-of-one-kind",
    says_facts="deploy-flows-of-one-kind",
)
refresh_flow_is_allowed = requirement(
    "client-rules/refresh-flow-is-allowed",
    "ALLOW_ flows without ALLOW_REFRESH_TOKEN_AUTH, or with it beside token rotation, are accepted, or refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="REFRESH_TOKEN_AUTH should always be allowed.",
    facts="client-refresh-flow-mandatory allow-flows-require-refresh-flow "
    "client-rotation-without-refresh-flow client-update-omit-keeps-rotation",
    disputed=True,  # refused in 2020, accepted with rotation since 2025
    says_disputed=True,
)
user_auth_needs_essentials = requirement(
    "client-rules/user-auth-needs-essentials",
    "ALLOW_USER_AUTH may be refused in a pool of the tier LITE.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException",
    facts="user-auth-requires-essentials",
)
rotation_needs_essentials = requirement(
    "client-rules/rotation-needs-essentials",
    "Token rotation may be refused in a pool of the tier LITE.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException",
    facts="client-rotation-tier",
)
secret_is_made_or_given = requirement(
    "client-rules/secret-is-made-or-given",
    "GenerateSecret beside a ClientSecret is refused.",
    MUST,
    "CreateUserPoolClient",
    raises="InvalidParameterException",
    facts="client-secret-both",
)
user_context_needs_secret = requirement(
    "client-rules/user-context-needs-secret",
    "A client without a secret cannot propagate user context data.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Client Secret is required to set EnablePropagateAdditionalUserContextData as true",
    facts="client-user-context-needs-secret deploy-user-context-needs-secret",
    says_facts="deploy-user-context-needs-secret",
)
oauth_needs_flows_and_scopes = requirement(
    "client-rules/oauth-needs-flows-and-scopes",
    "A client that may use OAuth needs flows and scopes.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth "
    "flows.",
    facts="client-oauth-flag-needs-flows-scopes",
)
code_flow_needs_callback = requirement(
    "client-rules/code-flow-needs-callback",
    "The code and implicit flows need a callback URL.",
    MUST,
    *SET,
    raises="InvalidOAuthFlowException",
    says="CallbackUrls can not be empty when code flow or implicit flow is selected",
    facts="client-oauth-code-needs-callback",
)
client_credentials_needs_secret = requirement(
    "client-rules/client-credentials-needs-secret",
    "The client_credentials flow needs a client secret.",
    MUST,
    *SET,
    raises="InvalidOAuthFlowException InvalidParameterException",
    says="client_credentials flow can not be selected if client does not have a client secret.",
    facts="client-oauth-cc-needs-secret",
)
client_credentials_is_alone = requirement(
    "client-rules/client-credentials-is-alone",
    "The client_credentials flow beside another flow is refused.",
    MUST,
    *SET,
    raises="InvalidOAuthFlowException InvalidParameterException",
    says="client_credentials flow can not be selected along with code flow or implicit flow.",
    facts="client-oauth-cc-exclusive deploy-client-credentials-alone",
    says_facts="deploy-client-credentials-alone",
)
client_credentials_has_custom_scopes = requirement(
    "client-rules/client-credentials-has-custom-scopes",
    "The client_credentials flow with a scope about users, such as openid or email, is refused.",
    MUST,
    *SET,
    raises="InvalidOAuthFlowException InvalidParameterException ScopeDoesNotExistException",
    says="{} is not supported with client_credentials flow",
    evidence=(
        Evidence(
            "reported", "public file, repository not identified: update-user-pool-client of 'openid'", 0.85
        ),
        Evidence("reported", "public file, repository not identified: troubleshooting, of 'email'", 0.8),
    ),
)
scope_exists = requirement(
    "client-rules/scope-exists",
    "A scope that is neither built in nor of a resource server of the pool is refused.",
    MUST,
    *SET,
    raises="ScopeDoesNotExistException",
    says="Invalid scope requested: {}",
    facts="client-oauth-unknown-scope",
)
url_is_https = requirement(
    "client-rules/url-is-https",
    "A callback or logout URL with http is refused, but for localhost.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="{} cannot use the HTTP protocol.",
    facts="client-callback-http-rejected",
)
callback_is_absolute = requirement(
    "client-rules/callback-is-absolute",
    "A callback URL that is not an absolute URI is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    evidence=(documented("API_CreateUserPoolClient: CallbackURLs, 'Be an absolute URI'", 0.85),),
)
callback_has_no_fragment = requirement(
    "client-rules/callback-has-no-fragment",
    "A callback URL with a fragment is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="{} cannot use fragment",
    facts="deploy-callback-fragment",
    evidence=(
        documented("API_CreateUserPoolClient: CallbackURLs, 'Not include a fragment component'", 0.85),
    ),
)
default_redirect_is_callback = requirement(
    "client-rules/default-redirect-is-callback",
    "A default redirect URI that is not among the callback URLs is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="The default redirect URI {} is not in the callback URIs list.",
    facts="deploy-default-redirect-member",
    evidence=(
        documented("API_CreateUserPoolClient: DefaultRedirectURI, 'Must be in the CallbackURLs list'", 0.85),
    ),
)
analytics_is_of_one_kind = requirement(
    "client-rules/analytics-is-of-one-kind",
    "An AnalyticsConfiguration with an ApplicationId and no RoleArn, or with both an ApplicationArn and an "
    "ApplicationId, is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Invalid analytics configuration given, either <application arn> or <application id, role arn, external "
    "id> are valid",
    facts="deploy-analytics-needs-role deploy-analytics-of-one-kind",
)
provider_exists = requirement(
    "client-rules/provider-exists",
    "An identity provider that the pool does not have is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="The provider {} does not exist for User Pool {}.",
    facts="client-unknown-idp",
)
write_attributes_are_writable = requirement(
    "client-rules/write-attributes-are-writable",
    "WriteAttributes with an attribute that the pool does not have, or that nobody writes, is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says=(
        "Invalid write attributes specified while creating a client",
        "Invalid write attributes specified while updating a client",
    ),
    facts="client-write-attr-invalid client-write-attr-invalid-update",
)
read_attributes_exist = requirement(
    "client-rules/read-attributes-exist",
    "ReadAttributes with an attribute that the pool does not have is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says=(
        "Invalid read attributes specified while creating a client",
        "Invalid read attributes specified while updating a client",
    ),
    facts="client-read-attr-invalid",
)
required_attributes_are_writable = requirement(
    "client-rules/required-attributes-are-writable",
    "WriteAttributes of a new client without an attribute that the pool requires are refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says=(
        "Invalid write attributes specified while creating a client",
        "Invalid write attributes specified while updating a client",
    ),
    facts="client-required-attrs-writable client-write-attr-required-missing",
)
analytics_is_in_region = requirement(
    "client-rules/analytics-is-in-region",
    "An AnalyticsConfiguration with an application of a region that the pool does not send events to is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="The integration with Pinpoint is not supported for the requested {} region.",
    facts="deploy-analytics-region",
)
