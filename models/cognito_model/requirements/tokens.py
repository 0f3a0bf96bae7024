"""Tokens: what they say of user, client, pool and time."""

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
pool_describes_itself = requirement(
    "tokens/pool-describes-itself",
    "Beside the keys of a pool stands its OpenID configuration, which names the pool as issuer and where the keys are.",
    MUST,
    *ISSUE,
    facts="jwt-iss",
    evidence=(
        documented(
            "Developer guide, Identity provider and relying party endpoints: "
            "https://cognito-idp.<region>.amazonaws.com/<pool id>/.well-known/openid-configuration",
            0.9,
        ),
    ),
)
keys_are_the_pools_own = requirement(
    "tokens/keys-are-the-pools-own",
    "A pool signs id tokens with one key and access tokens with another, and shares neither with another pool.",
    MUST,
    *ISSUE,
    facts="jwt-distinct-kids",
    evidence=(
        documented(
            "awsdocs/amazon-cognito-developer-guide@0997c04:doc_source/"
            "amazon-cognito-user-pools-using-tokens-verifying-a-jwt.md: two pairs of keys for each user pool",
            0.9,
        ),
    ),
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
    "The issuer of a token is https://cognito-idp.<region>.amazonaws.com/<pool id>, or the address and pool id of "
    "an endpoint that is not AWS's.",
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
    facts="roles-claims g-preferred-role-lowest g-preferred-tie-diff g-preferred-tie-same "
    "g-precedence-null-last",
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
