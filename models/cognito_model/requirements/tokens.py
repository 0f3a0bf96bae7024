"""Tokens: what they say, how long, how they are renewed and taken back."""

from cognito_model.requirement import MUST, SHOULD, documented, requirement

ISSUE = (
    "InitiateAuth",
    "AdminInitiateAuth",
    "RespondToAuthChallenge",
    "AdminRespondToAuthChallenge",
    "GetTokensFromRefreshToken",
)

signature_verifies = requirement(
    "tokens/signature-verifies",
    "Id and access tokens are signed RS256 with a key that the pool publishes.",
    MUST,
    *ISSUE,
    facts="jwt-header jwt-distinct-kids",
)
header_is_plain = requirement(
    "tokens/header-is-plain",
    "A token's header holds kid and alg alone.",
    SHOULD,
    *ISSUE,
    facts="jwt-header",
)
issuer_is_the_pool = requirement(
    "tokens/issuer-is-the-pool",
    "The issuer of a token is https://cognito-idp.<region>.amazonaws.com/<pool id>.",
    MUST,
    *ISSUE,
    facts="jwt-iss",
)
id_token_claims = requirement(
    "tokens/id-token-claims",
    "An id token says token_use id, the client as aud, and the username.",
    MUST,
    *ISSUE,
    facts="id-token-core-claims",
)
access_token_claims = requirement(
    "tokens/access-token-claims",
    "An access token says token_use access, client_id, username and scope.",
    MUST,
    *ISSUE,
    facts="api-sign-in-scope-fixed access-token-username-alias-pool",
)
sub_is_the_users = requirement(
    "tokens/sub-is-the-users",
    "The sub of both tokens is the user's.",
    MUST,
    *ISSUE,
    facts="token-sub-equal",
)
times_are_right = requirement(
    "tokens/times-are-right",
    "The claim iat is now, and exp comes after it by the validity that the client sets.",
    MUST,
    *ISSUE,
    facts="id-token-core-claims token-validity-default-units token-validity-ranges",
)
auth_time_stays = requirement(
    "tokens/auth-time-stays",
    "The claim auth_time is the time of the sign-in, and a refresh does not change it.",
    MUST,
    *ISSUE,
    evidence=(
        documented(
            "Developer guide, using the id token: auth_time, the time when the user's authentication occurred",
            0.9,
        ),
    ),
)
jti_is_new = requirement(
    "tokens/jti-is-new",
    "Every token has a jti of its own.",
    MUST,
    *ISSUE,
    facts="origin-jti-shared-and-preserved",
)
origin_jti_is_shared = requirement(
    "tokens/origin-jti-is-shared",
    "Both tokens of a sign-in have one origin_jti, which a refresh keeps.",
    MUST,
    *ISSUE,
    facts="origin-jti-shared-and-preserved origin-jti-new-per-sign-in",
)
event_id_is_given = requirement(
    "tokens/event-id-is-given",
    "Tokens carry an event_id.",
    MUST,
    *ISSUE,
    facts="id-token-core-claims",
)
groups_are_told = requirement(
    "tokens/groups-are-told",
    "Both tokens name the user's groups, and have no such claim where there are none.",
    MUST,
    *ISSUE,
    facts="groups-claim-both-tokens acu-group-before-signin",
)
roles_are_told = requirement(
    "tokens/roles-are-told",
    "The id token names the roles of the user's groups, and the role of the one that comes first as preferred.",
    MUST,
    *ISSUE,
    facts="roles-claims g-preferred-role-lowest g-preferred-tie-diff g-preferred-tie-same",
)
attributes_are_told = requirement(
    "tokens/attributes-are-told",
    "The id token tells the user's attributes as they are when it is issued.",
    MUST,
    *ISSUE,
    facts="id-token-reflects-attributes-at-issue-time signup-username-attr-autopopulates-email",
)
verified_is_boolean = requirement(
    "tokens/verified-is-boolean",
    "The claims email_verified and phone_number_verified are JSON booleans in the id token.",
    MUST,
    *ISSUE,
    facts="id-token-core-claims",
)
unreadable_is_hidden = requirement(
    "tokens/unreadable-is-hidden",
    "The id token leaves out attributes that the app client may not read.",
    MUST,
    *ISSUE,
    facts="getuser-readable-only",
    evidence=(
        documented("Developer guide, attribute permissions: readable attributes are in the id token", 0.75),
    ),
)
refresh_renews = requirement(
    "tokens/refresh-renews",
    "A live refresh token gives new id and access tokens.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    facts="refresh-flow-names refresh-no-username-needed secret-hash-refresh-uses-real-username gtr-works-without-rotation",
)
refresh_token_stays = requirement(
    "tokens/refresh-token-stays",
    "Without rotation a refresh gives no new refresh token.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    facts="gtr-works-without-rotation",
)
refresh_token_rotates = requirement(
    "tokens/refresh-token-rotates",
    "With rotation a refresh gives a new refresh token.",
    MUST,
    "GetTokensFromRefreshToken",
    facts="gtr-rotation-returns-new-refresh",
)
rotated_token_is_dead = requirement(
    "tokens/rotated-token-is-dead",
    "A refresh token that was rotated out is refused once the grace period is over.",
    MUST,
    "GetTokensFromRefreshToken",
    raises="RefreshTokenReuseException",
    facts="gtr-reuse-after-rotation gtr-grace-period",
)
refresh_token_is_genuine = requirement(
    "tokens/refresh-token-is-genuine",
    "A refresh token that nothing issued, or another client's, is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="refresh-invalid-token",
)
refresh_token_is_not_revoked = requirement(
    "tokens/refresh-token-is-not-revoked",
    "A refresh token that was revoked or signed out is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    says=("Refresh Token has been revoked", "Invalid Refresh Token"),
    facts="revoke-token-success global-sign-out-all-sessions",
    says_disputed=True,
)
refresh_token_is_not_expired = requirement(
    "tokens/refresh-token-is-not-expired",
    "A refresh token past its validity is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    says="Refresh Token has expired",
    facts="refresh-expired-token",
    evidence=(documented("Developer guide, refresh token expiration", 0.9),),
    says_disputed=True,
)
refresh_needs_user = requirement(
    "tokens/refresh-needs-user",
    "A refresh token of a deleted user is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="UserNotFoundException NotAuthorizedException",
    facts="deleted-user-refresh deleted-user-access-token",
)
refresh_needs_enabled_user = requirement(
    "tokens/refresh-needs-enabled-user",
    "A refresh token of a disabled user is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    facts="refresh-disabled-user",
)
refresh_needs_device = requirement(
    "tokens/refresh-needs-device",
    "Where devices are tracked, a refresh without the device key of its sign-in is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="refresh-needs-device-key admin-flow-refresh-fails-with-tracking",
)
signs_out_everywhere = requirement(
    "tokens/signs-out-everywhere",
    "A global sign-out revokes the tokens of all the user's sign-ins.",
    MUST,
    "GlobalSignOut",
    "AdminUserGlobalSignOut",
    facts="global-sign-out-all-sessions global-sign-out-empty-body",
)
revokes_one_sign_in = requirement(
    "tokens/revokes-one-sign-in",
    "Revoking a refresh token ends its sign-in and no other.",
    MUST,
    "RevokeToken",
    facts="revoke-token-success revoke-token-other-sessions-unaffected",
)
revocation_is_on = requirement(
    "tokens/revocation-is-on",
    "Revoking through a client that turned revocation off is refused.",
    MUST,
    "RevokeToken",
    raises="UnsupportedOperationException",
    facts="revoke-token-disabled-client",
)
only_refresh_tokens_revoke = requirement(
    "tokens/only-refresh-tokens-revoke",
    "Revoking an access or id token is refused.",
    MUST,
    "RevokeToken",
    raises="UnsupportedTokenTypeException UnauthorizedException InvalidParameterException",
    facts="revoke-access-token",
)
revoked_by_its_client = requirement(
    "tokens/revoked-by-its-client",
    "A client cannot revoke another client's token.",
    MUST,
    "RevokeToken",
    raises="UnauthorizedException UnsupportedTokenTypeException",
    facts="revoke-token-wrong-client",
)
unknown_token_may_be_refused = requirement(
    "tokens/unknown-token-may-be-refused",
    "Revoking what is no token may be refused, or answered as done.",
    MUST,
    "RevokeToken",
    raises="UnsupportedTokenTypeException UnauthorizedException InvalidParameterException NotAuthorizedException",
    facts="revoke-access-token",
)
client_secret_is_given = requirement(
    "tokens/client-secret-is-given",
    "A client with a secret must give it to revoke or renew.",
    MUST,
    "RevokeToken",
    "GetTokensFromRefreshToken",
    raises="UnauthorizedException NotAuthorizedException InvalidParameterException",
    facts="gtr-secret-is-plain-client-secret",
    evidence=(documented("API_RevokeToken: ClientSecret is required if the client has one", 0.9),),
)
