"""Refresh tokens: how tokens are renewed, rotated and taken back."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

REVOKED = ("Access Token has been revoked", "Refresh Token has been revoked", "Invalid Refresh Token")
REFRESH = ("InitiateAuth", "AdminInitiateAuth", "GetTokensFromRefreshToken")

refresh_renews = requirement(
    "tokens/refresh-renews",
    "A live refresh token gives new id and access tokens.",
    MUST,
    *REFRESH,
    facts="refresh-flow-names refresh-no-username-needed secret-hash-refresh-uses-real-username gtr-works-without-rotation",
)
refresh_token_stays = requirement(
    "tokens/refresh-token-stays",
    "Without rotation a refresh gives no new refresh token.",
    MUST,
    *REFRESH,
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
    "A refresh token that nothing issued is refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="refresh-invalid-token",
)
refresh_token_is_of_client = requirement(
    "tokens/refresh-token-is-of-client",
    "A refresh token of another client is refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    says="Refresh Token has different Client",
    facts="refresh-other-client",
)
refresh_token_is_not_revoked = requirement(
    "tokens/refresh-token-is-not-revoked",
    "A refresh token that was revoked or signed out is refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    says=("Refresh Token has been revoked", "Invalid Refresh Token"),
    facts="revoke-token-success global-sign-out-all-sessions",
    says_disputed=True,
)
refresh_token_is_not_expired = requirement(
    "tokens/refresh-token-is-not-expired",
    "A refresh token past its validity is refused.",
    MUST,
    *REFRESH,
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
    *REFRESH,
    raises="NotAuthorizedException UserNotFoundException",
    says=("The user has been deleted for the associated refresh token", "User does not exist."),
    facts="deleted-user-refresh deleted-user-access-token refresh-deleted-user",
    says_disputed=True,
)
refresh_needs_enabled_user = requirement(
    "tokens/refresh-needs-enabled-user",
    "A refresh token of a disabled user is refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    facts="refresh-disabled-user",
)
refresh_needs_device = requirement(
    "tokens/refresh-needs-device",
    "Where devices are tracked, a refresh without the device key of its sign-in is refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="refresh-needs-device-key",
)
refresh_needs_confirmed_device = requirement(
    "tokens/refresh-needs-confirmed-device",
    "Where devices are tracked, a refresh before the device of its sign-in is confirmed is refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="admin-flow-refresh-fails-with-tracking refresh-needs-device-key",
)
forgotten_device_may_refresh = requirement(
    "tokens/forgotten-device-may-refresh",
    "A refresh for a sign-in whose device was forgotten may be refused.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException ResourceNotFoundException",
    evidence=(inferred("no fact says whether forgetting a device ends its sign-ins", 0.5),),
)
password_device_may_refresh = requirement(
    "tokens/password-device-may-refresh",
    "A refresh with the key of its device may be refused for a sign-in that was not by SRP.",
    MUST,
    *REFRESH,
    raises="NotAuthorizedException",
    says="Invalid Refresh Token",
    facts="refresh-password-flow-with-device",
    disputed=True,  # sign-ins by SRP were seen to be refreshed; others the page says are not
)
device_key_refreshes = requirement(
    "tokens/device-key-refreshes",
    "With the key of its confirmed device a sign-in is refreshed, again and again.",
    MUST,
    *REFRESH,
    facts="refresh-with-device-key-ok",
)
rotation_replaces_flow = requirement(
    "tokens/rotation-replaces-flow",
    "Where refresh tokens rotate, REFRESH_TOKEN_AUTH is refused: GetTokensFromRefreshToken takes its place.",
    MUST,
    "InitiateAuth",
    "AdminInitiateAuth",
    raises="UnsupportedOperationException",
    says="This API does not support refresh token rotation",
    facts="rotation-blocks-refresh-token-auth rotation-not-supported-by-api",
    says_facts="rotation-not-supported-by-api",
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
    *REFRESH,
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
    "A client with a secret must give it to revoke.",
    MUST,
    "RevokeToken",
    raises="UnauthorizedException NotAuthorizedException InvalidParameterException",
    evidence=(documented("API_RevokeToken: ClientSecret is required if the client has one", 0.9),),
)
renewal_needs_secret = requirement(
    "tokens/renewal-needs-secret",
    "A client with a secret must give it to renew its tokens.",
    MUST,
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException InvalidParameterException",
    facts="gtr-secret-is-plain-client-secret",
    evidence=(documented("API_GetTokensFromRefreshToken: errors, no UnauthorizedException", 0.8),),
)
