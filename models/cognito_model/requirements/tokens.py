"""Tokens: what they say, how long, how they are renewed and taken back."""

from cognito_model.requirement import MUST, SHOULD, Evidence, documented, inferred, requirement

ISSUE = (
    "InitiateAuth",
    "AdminInitiateAuth",
    "RespondToAuthChallenge",
    "AdminRespondToAuthChallenge",
    "GetTokensFromRefreshToken",
)
REVOKED = ("Access Token has been revoked", "Refresh Token has been revoked", "Invalid Refresh Token")

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
    "An access token says token_use access, client_id and username.",
    MUST,
    *ISSUE,
    facts="access-token-username-alias-pool",
    evidence=(documented("Developer guide, using the access token: client_id, token_use, username", 0.95),),
)
access_token_hides_profile = requirement(
    "tokens/access-token-hides-profile",
    "An access token of an API sign-in has no aud, and nothing of the profile: no e-mail address, no cognito:username.",
    MUST,
    *ISSUE,
    facts="access-token-username-alias-pool",
    evidence=(documented("Developer guide, using the access token: default payload", 0.85),),
)
scope_is_fixed = requirement(
    "tokens/scope-is-fixed",
    "The scope of an access token of an API sign-in is aws.cognito.signin.user.admin.",
    MUST,
    *ISSUE,
    facts="api-sign-in-scope-fixed",
)
device_is_told = requirement(
    "tokens/device-is-told",
    "Where devices are tracked, the access token names the device of its sign-in, and elsewhere none.",
    MUST,
    *ISSUE,
    facts="device-key-claim-in-access-token",
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
auth_time_is_sign_in = requirement(
    "tokens/auth-time-is-sign-in",
    "The claim auth_time is the time of the sign-in, in whole seconds.",
    MUST,
    *ISSUE,
    facts="id-token-core-claims",
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
    evidence=(
        Evidence(
            "reported", "https://github.com/localstack/localstack/issues/8462", 0.85, None, "CLI output"
        ),
    ),
)
refresh_token_rotates = requirement(
    "tokens/refresh-token-rotates",
    "With rotation a refresh gives a new refresh token, which counts no longer than the first one would have.",
    MUST,
    "GetTokensFromRefreshToken",
    facts="gtr-rotation-returns-new-refresh gtr-rotated-lifetime",
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
    facts="refresh-needs-device-key",
)
refresh_needs_confirmed_device = requirement(
    "tokens/refresh-needs-confirmed-device",
    "Where devices are tracked, a refresh before the device of its sign-in is confirmed is refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="admin-flow-refresh-fails-with-tracking refresh-needs-device-key",
)
forgotten_device_may_refresh = requirement(
    "tokens/forgotten-device-may-refresh",
    "A refresh for a sign-in whose device was forgotten may be refused.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException ResourceNotFoundException",
    evidence=(inferred("no fact says whether forgetting a device ends its sign-ins", 0.5),),
)
device_key_refreshes = requirement(
    "tokens/device-key-refreshes",
    "With the key of its confirmed device a sign-in is refreshed, again and again.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    facts="refresh-with-device-key-ok",
)
rotation_replaces_flow = requirement(
    "tokens/rotation-replaces-flow",
    "Where refresh tokens rotate, REFRESH_TOKEN_AUTH is refused: GetTokensFromRefreshToken takes its place.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    raises="InvalidParameterException NotAuthorizedException UnsupportedOperationException",
    facts="rotation-blocks-refresh-token-auth",
)
grace_takes_old_token = requirement(
    "tokens/grace-takes-old-token",
    "Within the grace period a refresh token that was rotated out is still taken.",
    MUST,
    "GetTokensFromRefreshToken",
    facts="gtr-grace-period",
)
refresh_asks_nothing = requirement(
    "tokens/refresh-asks-nothing",
    "An answer to a refresh names no challenge and no session.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    "GetTokensFromRefreshToken",
    evidence=(
        Evidence(
            "reported", "https://github.com/localstack/localstack/issues/8462", 0.85, None, "CLI output"
        ),
    ),
)
signs_out_everywhere = requirement(
    "tokens/signs-out-everywhere",
    "A global sign-out revokes the tokens of all the user's sign-ins.",
    MUST,
    "GlobalSignOut",
    "AdminUserGlobalSignOut",
    raises="NotAuthorizedException",
    says=REVOKED,
    facts="global-sign-out-all-sessions global-sign-out-empty-body",
    says_facts="global-sign-out-all-sessions",
    says_disputed=True,
)
revokes_one_sign_in = requirement(
    "tokens/revokes-one-sign-in",
    "Revoking a refresh token ends its sign-in, access tokens included, and no other.",
    MUST,
    "RevokeToken",
    raises="NotAuthorizedException",
    says=REVOKED,
    says_facts="global-sign-out-all-sessions",
    says_disputed=True,
    facts="revoke-token-success revoke-token-kills-access-token revoke-token-other-sessions-unaffected "
    "st-revoked-token-getuser",
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
client_secret_is_known = requirement(
    "tokens/client-secret-is-known",
    "A ClientSecret given for a client that has none may be refused.",
    MUST,
    "RevokeToken",
    "GetTokensFromRefreshToken",
    raises="UnauthorizedException NotAuthorizedException InvalidParameterException",
    evidence=(inferred("as SECRET_HASH for such a client; no fact", 0.4),),
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
