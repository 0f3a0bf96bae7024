"""Requirements that many operations share: what does not exist, what a token permits, secret hashes."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

POOL_SCOPED = "*"

pool_exists = requirement(
    "common/pool-exists",
    "An operation on a user pool that does not exist is refused.",
    MUST,
    POOL_SCOPED,
    raises="ResourceNotFoundException",
    says="User pool {} does not exist.",
    facts="pool-describe-unknown pool-list-children-unknown-pool",
)
client_exists = requirement(
    "common/client-exists",
    "An operation through an app client that does not exist is refused.",
    MUST,
    POOL_SCOPED,
    raises="ResourceNotFoundException",
    says=("User pool client {} does not exist.", "Username/client id combination not found."),
    facts="client-describe-unknown proto-client-not-found fp-unknown-client",
    says_facts="client-describe-unknown proto-client-not-found",
)
client_belongs_to_pool = requirement(
    "common/client-belongs-to-pool",
    "An operation that names a pool and an app client of another pool is refused.",
    MUST,
    POOL_SCOPED,
    raises="ResourceNotFoundException",
    facts="client-describe-unknown",
)
user_exists = requirement(
    "common/user-exists",
    "An administrator's operation on a user that the pool does not have is refused.",
    MUST,
    POOL_SCOPED,
    raises="UserNotFoundException",
    says="User does not exist.",
    facts="admingetuser-unknown admingetuser-not-puee delete-unknown asup-unknown-user auua-unknown-user disable-unknown",
)
sub_names_user = requirement(
    "common/sub-names-user",
    "The sub of a user names the user wherever a username does.",
    MUST,
    POOL_SCOPED,
    facts="admingetuser-by-sub",
    evidence=(documented("API model, Username: an alias, or the sub of a local user", 0.85),),
)
alias_names_user = requirement(
    "common/alias-names-user",
    "A verified alias of a user, or the attribute that the user signed up with, names the user like the username.",
    MUST,
    POOL_SCOPED,
    facts="adg-by-email-usernameattr fp-cfp-usernameattr-email uua-username-attr-immediate",
    evidence=(documented("API_AdminGetUser: alias attributes may be given as Username", 0.95),),
)
contact_is_no_name = requirement(
    "common/contact-is-no-name",
    "An e-mail address, phone number or preferred user name that is no alias of the pool, or is not verified as one, "
    "names nobody.",
    MUST,
    POOL_SCOPED,
    raises="UserNotFoundException",
    says="User does not exist.",
    facts="acu-alias-conflict-unverified-ok uua-alias-limbo",
    evidence=(documented("API_AdminGetUser: Username is the username, the sub or an alias attribute", 0.85),),
)
case_is_ignored = requirement(
    "common/case-is-ignored",
    "Where case does not count, a username in another case names the user.",
    MUST,
    POOL_SCOPED,
    facts="case-insensitive-duplicate",
    evidence=(documented("API_UsernameConfigurationType: CaseSensitive", 0.9),),
)
access_token_is_genuine = requirement(
    "common/access-token-is-genuine",
    "An operation with an access token that the pool never issued, or that was altered, is refused.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    says=("Invalid Access Token", "Could not verify signature for Access Token"),
    facts="invalid-access-token-string guavc-bad-token access-token-signature-unverified",
    says_facts="invalid-access-token-string guavc-bad-token access-token-signature-unverified",
)
id_token_is_no_access_token = requirement(
    "common/id-token-is-no-access-token",
    "An id token does not pass for an access token.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    says="Invalid Access Token",
    facts="id-token-as-access-token",
    evidence=(documented("API model: AccessToken, 'a valid access token that Amazon Cognito issued'", 0.9),),
    says_facts="id-token-as-access-token",
    says_disputed=True,
)
access_token_is_not_expired = requirement(
    "common/access-token-is-not-expired",
    "An operation with an access token past its expiry is refused.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    says="Access Token has expired",
    facts="getuser-expired-token access-token-expired",
)
access_token_is_not_revoked = requirement(
    "common/access-token-is-not-revoked",
    "An access token whose sign-in was revoked or signed out is refused.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    says="Access Token has been revoked",
    facts="global-sign-out-all-sessions revoke-token-success revoke-token-kills-access-token st-revoked-token-getuser",
    says_facts="global-sign-out-all-sessions",
)
user_of_token_exists = requirement(
    "common/user-of-token-exists",
    "An access token of a deleted user is refused.",
    MUST,
    POOL_SCOPED,
    raises="UserNotFoundException NotAuthorizedException",
    facts="deleted-user-access-token deleted-user-getuser",
)
user_of_token_is_enabled = requirement(
    "common/user-of-token-is-enabled",
    "An access token of a disabled user is refused.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    evidence=(
        documented("API_AdminDisableUser: deactivates a user profile and revokes all access tokens", 0.85),
    ),
    disputed=True,  # exact code is an open question of the evidence
)
status_may_bar_token = requirement(
    "common/status-may-bar-token",
    "An access token of a user who must reset or change the password, or be confirmed, may be refused for that.",
    MUST,
    POOL_SCOPED,
    raises="PasswordResetRequiredException UserNotConfirmedException NotAuthorizedException",
    facts="err-token-ops-usernotfound",
)
secret_hash_is_sent = requirement(
    "common/secret-hash-is-sent",
    "A public operation through an app client with a secret is refused without a secret hash.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    says=(
        "Client {} is configured with secret but SECRET_HASH was not received",
        "Client {} is configured for secret but secret was not received",
        "Unable to verify secret hash for client {}",
    ),
    facts="secret-hash-missing fp-missing-secret-hash",
)
secret_hash_matches = requirement(
    "common/secret-hash-matches",
    "A secret hash that was not made from the client's secret, the username and the client id is refused.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException",
    says=("SecretHash does not match for the client: {}", "Unable to verify secret hash for client {}"),
    facts="secret-hash-refresh-mismatch secret-hash-must-match-username-of-same-request secret-hash-on-every-challenge "
    "secret-hash-mismatch secret-hash-formula",
)
secret_hash_is_expected = requirement(
    "common/secret-hash-is-expected",
    "A secret hash for an app client without a secret is refused.",
    MUST,
    POOL_SCOPED,
    raises="NotAuthorizedException InvalidParameterException",
    evidence=(
        Evidence(
            "reported",
            "https://github.com/keivanK1/Cognito-Android-Studio/issues/1",
            0.85,
            note="InvalidParameterException with its request id: App client <id> is not configured for secret but secret "
            "hash was received",
        ),
        Evidence("reported", "https://github.com/pmill/aws-cognito/pull/23", 0.75, note="the same words"),
    ),
)
