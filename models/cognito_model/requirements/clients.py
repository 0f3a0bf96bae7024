"""App clients: made, described, changed, listed, deleted, with their defaults."""

from cognito_model.requirement import MUST, SHOULD, documented, requirement

CREATE = ("CreateUserPoolClient", "DescribeUserPoolClient")
SHOW = (*CREATE, "UpdateUserPoolClient")

creates_client = requirement(
    "clients/creates-client",
    "CreateUserPoolClient makes an app client and answers with its id, its name, its pool and its two dates.",
    MUST,
    "CreateUserPoolClient",
    facts="client-default-core client-id-format",
    evidence=(documented("AWS CLI example of cognito-idp create-user-pool-client", 0.9),),
)
describes_client = requirement(
    "clients/describes-client",
    "DescribeUserPoolClient answers with the client's id, name, pool and two dates.",
    MUST,
    "DescribeUserPoolClient",
    facts="client-default-core client-default-no-echo",
    evidence=(documented("AWS CLI example of cognito-idp describe-user-pool-client", 0.9),),
)
keeps_settings = requirement(
    "clients/keeps-settings",
    "The settings that CreateUserPoolClient was given are the client's settings.",
    MUST,
    *CREATE,
    facts="client-revocation-toggle client-id-validity-one-day-unit client-default-redirect-roundtrip "
    "client-oauth-builtin-scopes client-auth-session-range client-partial-units",
)
keeps_lists = requirement(
    "clients/keeps-lists",
    "A list that a client is created with holds the same items afterwards, in any order.",
    MUST,
    *CREATE,
    facts="client-lists-sorted client-legacy-flows",
)
refresh_token_counts_thirty_days = requirement(
    "clients/refresh-token-counts-thirty-days",
    "A client without RefreshTokenValidity, or with 0, shows 30.",
    MUST,
    *SHOW,
    facts="client-default-core client-refresh-validity-zero",
)
revocation_is_on = requirement(
    "clients/revocation-is-on",
    "A client that was created without EnableTokenRevocation shows true.",
    MUST,
    *CREATE,
    facts="client-default-core revoke-token-default-enabled",
)
user_context_is_not_propagated = requirement(
    "clients/user-context-is-not-propagated",
    "A client that was created without EnablePropagateAdditionalUserContextData shows false.",
    MUST,
    *CREATE,
    facts="client-default-core",
)
session_counts_three_minutes = requirement(
    "clients/session-counts-three-minutes",
    "A client that was created without AuthSessionValidity shows 3.",
    MUST,
    *CREATE,
    facts="client-default-core",
)
oauth_is_off = requirement(
    "clients/oauth-is-off",
    "A client that was created without AllowedOAuthFlowsUserPoolClient shows false.",
    MUST,
    *CREATE,
    facts="client-default-core",
)
analytics_share_nothing = requirement(
    "clients/analytics-share-nothing",
    "A client's AnalyticsConfiguration without UserDataShared shows false.",
    MUST,
    *CREATE,
    facts="client-analytics-shares-nothing",
)
shows_no_unset_member = requirement(
    "clients/shows-no-unset-member",
    "A client does not show validities, flows, attributes, URLs, scopes or providers that nobody set.",
    MUST,
    *SHOW,
    facts="client-default-no-echo client-default-token-units-empty client-default-pue-absent",
)
secret_is_shown = requirement(
    "clients/secret-is-shown",
    "A client that was created with GenerateSecret shows its secret.",
    MUST,
    *SHOW,
    facts="client-generate-secret",
)
secret_has_form = requirement(
    "clients/secret-has-form",
    "A generated client secret is made of about fifty lower-case letters and digits.",
    SHOULD,
    *CREATE,
    facts="client-generate-secret",
)
no_secret_unless_asked = requirement(
    "clients/no-secret-unless-asked",
    "A client that was created without GenerateSecret shows no secret.",
    MUST,
    *SHOW,
    facts="client-default-core client-secret-immutable",
)
deletes_client = requirement(
    "clients/deletes-client",
    "DeleteUserPoolClient deletes the app client.",
    MUST,
    "DeleteUserPoolClient",
    raises="ResourceNotFoundException",
    says=("User pool client {} does not exist.", "Username/client id combination not found."),
    facts="client-describe-unknown proto-client-not-found",
    says_facts="client-describe-unknown proto-client-not-found",
    evidence=(documented("API_DeleteUserPoolClient: 'Deletes a user pool app client.'", 0.95),),
)
lists_clients = requirement(
    "clients/lists-clients",
    "ListUserPoolClients lists every app client of the pool once, over all pages.",
    MUST,
    "ListUserPoolClients",
    facts="client-list-item-shape",
)
listed_client_is_brief = requirement(
    "clients/listed-client-is-brief",
    "An item of ListUserPoolClients has just ClientId, UserPoolId and ClientName.",
    MUST,
    "ListUserPoolClients",
    facts="client-list-item-shape",
)
