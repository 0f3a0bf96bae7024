"""A user's sign-ins as sessions: listed and ended one by one."""

from cognito_model.requirement import MUST, documented, inferred, requirement

LIST = ("ListUserSessions", "AdminListUserSessions")
REVOKE = ("RevokeUserSession", "AdminRevokeUserSession")

lists_sessions = requirement(
    "user-sessions/lists-sessions",
    "Where sessions are tracked, those of a user are listed, each with an id of its own.",
    MUST,
    *LIST,
    facts="user-sessions-list user-sessions-id-format",
)
session_id_has_format = requirement(
    "user-sessions/session-id-has-format",
    "A session id is tkn or sso and 25 lower-case letters and digits.",
    MUST,
    *LIST,
    facts="user-sessions-id-format",
)
tracking_is_on = requirement(
    "user-sessions/tracking-is-on",
    "Sessions of a pool that does not track them may be refused, or there are none.",
    MUST,
    *LIST,
    *REVOKE,
    raises="InvalidParameterException OperationNotEnabledException NotAuthorizedException ResourceNotFoundException",
    facts="session-tracking-defaults",
)
page_token_is_genuine = requirement(
    "user-sessions/page-token-is-genuine",
    "A page token that the listing did not give may be refused.",
    MUST,
    *LIST,
    raises="InvalidParameterException",
    evidence=(inferred("as for other listings", 0.6),),
)
ends_session = requirement(
    "user-sessions/ends-session",
    "Ending a session revokes the tokens of that sign-in and no other.",
    MUST,
    *REVOKE,
    raises="NotAuthorizedException",
    says=("Access Token has been revoked", "Refresh Token has been revoked", "Invalid Refresh Token"),
    says_disputed=True,
    evidence=(
        documented("API_RevokeUserSession: revokes all refresh and access tokens of the session", 0.85),
    ),
)
session_exists = requirement(
    "user-sessions/session-exists",
    "Ending a session that the user does not have is refused.",
    MUST,
    *REVOKE,
    raises="ResourceNotFoundException InvalidParameterException NotAuthorizedException",
    evidence=(documented("API_RevokeUserSession: ResourceNotFoundException", 0.75),),
)
least_used_session_ends = requirement(
    "user-sessions/least-used-session-ends",
    "Where a user has as many sessions as the pool allows, the least recently used one may end with the next sign-in.",
    MUST,
    "GetUser",
    "InitiateAuth",
    "GetTokensFromRefreshToken",
    raises="NotAuthorizedException",
    says=("Access Token has been revoked", "Refresh Token has been revoked"),
    facts="user-sessions-limit-evicts",
)
own_session_stays = requirement(
    "user-sessions/own-session-stays",
    "A user cannot end the session that the access token belongs to.",
    MUST,
    "RevokeUserSession",
    raises="InvalidParameterException NotAuthorizedException",
    facts="revoke-user-session-current",
)
