"""Signing in: which flow, with what, by whom."""

from cognito_model.requirement import MAY, MUST, Evidence, inferred, requirement

START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

flow_fits_operation = requirement(
    "sign-in/flow-fits-operation",
    "InitiateAuth refuses the administrators' flows, and AdminInitiateAuth the public password flow.",
    MUST,
    *START,
    raises="InvalidParameterException",
    says="Initiate Auth method not supported.",
    facts="initiate-auth-admin-flow-rejected admin-initiate-auth-user-password-flow-rejected",
)
flow_is_enabled = requirement(
    "sign-in/flow-is-enabled",
    "A flow that the app client does not allow is refused.",
    MUST,
    *START,
    raises="InvalidParameterException",
    says=(
        "{} flow not enabled for this client",
        "Auth flow not enabled for this client",
        "{} is not enabled for the client.",
    ),
    facts="user-password-flow-not-enabled admin-password-flow-not-enabled srp-flow-not-enabled",
)
refresh_flow_is_enabled = requirement(
    "sign-in/refresh-flow-is-enabled",
    "Refreshing may be refused where the app client does not allow it.",
    MUST,
    *START,
    raises="InvalidParameterException",
    says="{} flow not enabled for this client",
    facts="refresh-flow-not-enabled refresh-flow-unnamed-ok",
)
custom_flow_only = requirement(
    "sign-in/custom-flow-only",
    "A client of the legacy flow CUSTOM_AUTH_FLOW_ONLY does not allow SRP.",
    MUST,
    *START,
    raises="InvalidParameterException",
    says="Only custom auth (lambda driven) is enabled for this client.",
    facts="custom-auth-flow-only-semantics custom-auth-flow-only-text",
)
flows_by_default = requirement(
    "sign-in/flows-by-default",
    "A client that was made without ExplicitAuthFlows allows SRP, custom challenges and refreshing.",
    MUST,
    *START,
    facts="default-explicit-auth-flows default-client-allows-srp",
)
legacy_flows_add = requirement(
    "sign-in/legacy-flows-add",
    "The legacy names of flows add password flows to the default ones and take none away.",
    MUST,
    *START,
    facts="legacy-only-client-still-allows-srp-and-refresh legacy-user-password-client-allows-srp-and-refresh "
    "legacy-admin-no-srp-flow-accepted",
)
parameter_is_given = requirement(
    "sign-in/parameter-is-given",
    "A sign-in without a parameter that it needs is refused, and an answer without its session.",
    MUST,
    *START,
    *ANSWER,
    raises="InvalidParameterException",
    says="Missing required parameter {}",
    facts="auth-parameter-keys-case-sensitive session-missing-for-mfa-setup",
)
name_may_be_ill_formed = requirement(
    "sign-in/name-may-be-ill-formed",
    "A sign-in with a name in which there is a space or a control character may be refused for that.",
    MUST,
    *START,
    raises="InvalidParameterException",
    says="2 validation errors detected: {}",
    facts="auth-username-characters",
)
unknown_user_is_named = requirement(
    "sign-in/unknown-user-is-named",
    "Where the client does not hide users, signing in as an unknown one says that there is none.",
    MUST,
    *START,
    raises="UserNotFoundException",
    says="User does not exist.",
    facts="unknown-user-password-legacy unknown-user-srp-legacy puee-signin-unknown-legacy delete-then-signin-legacy "
    "prevent-user-existence-default-legacy puee-default-api",
)
sub_may_be_no_name = requirement(
    "sign-in/sub-may-be-no-name",
    "A sign-in with the sub of a user whose username is another may be refused as that of an unknown user.",
    MUST,
    *START,
    raises="UserNotFoundException NotAuthorizedException",
    evidence=(
        Evidence(
            "recorded", "https://github.com/ministackorg/ministack/pull/1758", 0.75, None, "SRP, LEGACY"
        ),
    ),
)
unknown_user_is_hidden = requirement(
    "sign-in/unknown-user-is-hidden",
    "Where the client hides users, signing in as an unknown one is refused like a wrong password.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="unknown-user-password-prevent-on delete-then-signin-enabled over-long-username-not-validated-at-auth",
)
unknown_user_is_simulated = requirement(
    "sign-in/unknown-user-is-simulated",
    "Where the client hides users, SRP with an unknown one gets a challenge like any other.",
    MUST,
    *START,
    facts="puee-srp-unknown-enabled",
)
simulation_is_stable = requirement(
    "sign-in/simulation-is-stable",
    "The salt of a user who does not exist is the same at every attempt.",
    MUST,
    *START,
    *ANSWER,
    facts="puee-srp-unknown-enabled",
)
password_matches = requirement(
    "sign-in/password-matches",
    "A wrong password is refused.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="wrong-password wrong-password-admin wrong-password-srp-at-verifier st-confirmed-wrong-password "
    "over-long-password-not-validated-at-auth",
)
unconfirmed_may_be_told = requirement(
    "sign-in/unconfirmed-may-be-told",
    "A wrong password of an unconfirmed user may be answered with the status.",
    MUST,
    *START,
    *ANSWER,
    raises="UserNotConfirmedException",
    facts="st-unconfirmed-wrong-password st-unconfirmed-wrong-password-enabled",
)
user_is_enabled = requirement(
    "sign-in/user-is-enabled",
    "A disabled user cannot sign in.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException",
    says=("User is disabled.", "Incorrect username or password."),
    facts="disabled-user-sign-in-correct-password disabled-signin-code disabled-user-wrong-password-prevent-on",
)
user_is_confirmed = requirement(
    "sign-in/user-is-confirmed",
    "An unconfirmed user cannot sign in.",
    MUST,
    *START,
    *ANSWER,
    raises="UserNotConfirmedException",
    says="User is not confirmed.",
    facts="st-unconfirmed-signin",
)
reset_comes_first = requirement(
    "sign-in/reset-comes-first",
    "A user who must reset the password cannot sign in with the old one.",
    MUST,
    *START,
    *ANSWER,
    raises="PasswordResetRequiredException",
    says="Password reset required for the user",
    facts="reset-required-correct-password reset-required-no-challenge st-reset-required-signin",
)
reset_may_be_hidden = requirement(
    "sign-in/reset-may-be-hidden",
    "Where the client hides users, a required reset may look like a wrong password.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException",
    facts="imported-reset-required imported-reset-required-prevent-on",
)
temporary_password_is_fresh = requirement(
    "sign-in/temporary-password-is-fresh",
    "A temporary password older than the policy allows is refused.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException",
    says=(
        "Temporary password has expired and must be reset by an administrator.",
        "User account has expired, it must be reset by an administrator.",
    ),
    facts="acu-temp-password-expired temp-password-expired temp-password-renewed-by-update "
    "temp-password-expired-older-text",
)
user_has_password = requirement(
    "sign-in/user-has-password",
    "A user without a password cannot sign in with one.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException",
    facts="wrong-password",
)
lockout = requirement(
    "sign-in/lockout",
    "After five failures within a short time further attempts may be refused for a while.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException TooManyFailedAttemptsException",
    says="Password attempts exceeded",
    facts="lockout-documented-formula st-brute-force lockout-applies-to-correct-password "
    "lockout-not-seen-after-seven-failures",
)
federated_user_has_no_password = requirement(
    "sign-in/federated-user-has-no-password",
    "A user who came from an identity provider cannot sign in with a password.",
    MUST,
    *START,
    *ANSWER,
    raises="NotAuthorizedException UserNotFoundException",
    says=("User is not authorized to get auth details", "Incorrect username or password."),
    facts="federated-user-password-sign-in",
)
password_signs_in = requirement(
    "sign-in/password-signs-in",
    "The right password of a confirmed user gives tokens, or the challenge that comes next.",
    MUST,
    *START,
    *ANSWER,
    facts="user-password-success-shape legacy-admin-no-srp-flow-accepted confirm-then-sign-in "
    "secret-hash-alias-accepted-user-password",
)
no_challenge_with_tokens = requirement(
    "sign-in/no-challenge-with-tokens",
    "An answer with tokens has empty ChallengeParameters, no ChallengeName and no Session.",
    MUST,
    *START,
    *ANSWER,
    facts="user-password-success-shape mfa-completion-success-challenge-params-empty",
)
token_type_is_bearer = requirement(
    "sign-in/token-type-is-bearer",
    "TokenType is Bearer.",
    MUST,
    *START,
    *ANSWER,
    facts="user-password-success-shape",
)
expiry_is_access_tokens = requirement(
    "sign-in/expiry-is-access-tokens",
    "ExpiresIn is the access token's lifetime in seconds.",
    MUST,
    *START,
    *ANSWER,
    facts="user-password-success-shape expires-in-follows-access-token-validity",
)
custom_auth_needs_triggers = requirement(
    "sign-in/custom-auth-needs-triggers",
    "CUSTOM_AUTH in a pool without its Lambda triggers is refused.",
    MUST,
    *START,
    raises="InvalidParameterException",
    says="Custom auth lambda trigger is not configured for the user pool.",
    facts="custom-auth-no-triggers",
)
triggers_decide = requirement(
    "sign-in/triggers-decide",
    "What CUSTOM_AUTH asks and whether it signs in is for the pool's Lambda triggers to say.",
    MAY,
    *START,
    *ANSWER,
    raises="UserLambdaValidationException UnexpectedLambdaException InvalidLambdaResponseException "
    "NotAuthorizedException InvalidParameterException UserNotFoundException",
    facts="custom-auth-challenge-params-after-srp custom-auth-wrong-answer-continue custom-auth-fail-authentication "
    "custom-auth-srp-first-session-entry custom-auth-wrong-password-srp custom-auth-no-lockout",
)
triggers_may_refuse = requirement(
    "sign-in/triggers-may-refuse",
    "A pool whose Lambda triggers run at sign-in may refuse whatever they refuse, before the password is looked at.",
    MUST,
    *START,
    *ANSWER,
    raises="UserLambdaValidationException UnexpectedLambdaException InvalidLambdaResponseException",
    says=(
        "{} failed with error {}.",
        "{} invocation failed due to error {}",
        "Unrecognizable lambda output",
    ),
    facts="trigger-error-wrapping pre-auth-runs-before-password-check pre-auth-invoked-on-wrong-password "
    "pre-auth-invoked-for-unknown-user post-auth-invoked-only-on-success trigger-other-texts",
)
srp_a_is_sound = requirement(
    "sign-in/srp-a-is-sound",
    "An SRP_A that is no hex number is refused; one that is zero may be.",
    MUST,
    *START,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException",
    facts="srp-invalid-a-zero srp-a-hex srp-a-hex-recorded",
)
state_may_show_early = requirement(
    "sign-in/state-may-show-early",
    "SRP and CUSTOM_AUTH may refuse a user who cannot sign in at once, or only later on.",
    MUST,
    *START,
    raises="UserNotConfirmedException PasswordResetRequiredException NotAuthorizedException UserNotFoundException",
    facts="srp-state-stages",
    evidence=(
        inferred(
            "of CUSTOM_AUTH and of a client that hides users no fact says when the state is looked at", 0.5
        ),
    ),
)
verifier_is_asked = requirement(
    "sign-in/verifier-is-asked",
    "USER_SRP_AUTH answers PASSWORD_VERIFIER with salt, B, secret block and the user's internal name.",
    MUST,
    *START,
    *ANSWER,
    facts="srp-password-verifier-params default-client-allows-srp srp-a-wire-format extra-auth-parameter-tolerated "
    "srp-a-reuse-accepted admin-srp-flow",
)
verifier_is_hex = requirement(
    "sign-in/verifier-is-hex",
    "SALT and SRP_B are hexadecimal, SRP_B of the size of the 3072-bit group; SECRET_BLOCK is base64.",
    MUST,
    *START,
    *ANSWER,
    facts="srp-password-verifier-params srp-b-within-n srp-salt-hex-may-drop-leading-zero srp-group",
)
verifier_has_no_session = requirement(
    "sign-in/verifier-has-no-session",
    "USER_SRP_AUTH answers without a Session: the state travels in the secret block.",
    MAY,
    *START,
    facts="srp-password-verifier-no-session-returned",
    evidence=(Evidence("recorded", "https://github.com/ministackorg/ministack/pull/1758", 0.8),),
)
verifier_names_user = requirement(
    "sign-in/verifier-names-user",
    "USER_ID_FOR_SRP is the user's internal name, not the alias that was given.",
    MUST,
    *START,
    *ANSWER,
    facts="srp-user-id-for-srp-value",
)
