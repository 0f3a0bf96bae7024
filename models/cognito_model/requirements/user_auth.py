"""Choice-based sign-in: USER_AUTH, what it offers, and its first factors."""

from cognito_model.requirement import MUST, documented, inferred, requirement

START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

flow_is_known = requirement(
    "user-auth/flow-is-known",
    "USER_AUTH is a flow that a client may allow.",
    MUST,
    *START,
    facts="user-auth-no-preference allow-user-auth-covers-password-and-srp",
)
offers_what_there_is = requirement(
    "user-auth/offers-what-there-is",
    "USER_AUTH without a preference, or with one that is not to be had, offers the first factors that the user has.",
    MUST,
    *START,
    facts="user-auth-no-preference user-auth-available-lists-both-password-variants user-auth-unavailable-preference "
    "user-auth-mfa-user-without-codes",
)
temporary_password_comes_first = requirement(
    "user-auth/temporary-password-comes-first",
    "A user with a temporary password is offered nothing but the password.",
    MUST,
    *START,
    facts="user-auth-force-change-user-offers-password-only",
)
covers_passwords = requirement(
    "user-auth/covers-passwords",
    "A client that allows USER_AUTH alone permits passwords and SRP within it.",
    MUST,
    *START,
    *ANSWER,
    facts="allow-user-auth-covers-password-and-srp",
)
preferred_srp = requirement(
    "user-auth/preferred-srp",
    "USER_AUTH that prefers PASSWORD_SRP and brings SRP_A is asked for the proof at once.",
    MUST,
    *START,
    facts="user-auth-preferred-password-srp",
)
preferred_code = requirement(
    "user-auth/preferred-code",
    "USER_AUTH that prefers a one-time password which the user can get sends it and asks for it.",
    MUST,
    *START,
    facts="select-challenge-answer-otp",
    evidence=(documented("API_InitiateAuth: USER_AUTH, PREFERRED_CHALLENGE", 0.85),),
)
preferred_needs_more = requirement(
    "user-auth/preferred-needs-more",
    "A preference whose parameter is missing gets the challenge of that name, the choice, or a refusal.",
    MUST,
    *START,
    *ANSWER,
    raises="InvalidParameterException",
    says="Missing required parameter {}",
    says_disputed=True,
    evidence=(
        inferred("challenges PASSWORD and PASSWORD_SRP are documented; no fact shows when they come", 0.5),
    ),
)
unknown_user_gets_code = requirement(
    "user-auth/unknown-user-gets-code",
    "Where the client hides users, an unknown one who prefers a one-time password is asked for one like any other.",
    MUST,
    *START,
    facts="user-auth-unknown-user-simulated-otp",
)
unknown_user_gets_choice = requirement(
    "user-auth/unknown-user-gets-choice",
    "Where the client hides users, an unknown one is offered factors or refused like a wrong password.",
    MUST,
    *START,
    raises="NotAuthorizedException",
    evidence=(inferred("facts show the one-time password alone", 0.5),),
)
simulated_code_is_wrong = requirement(
    "user-auth/simulated-code-is-wrong",
    "No code answers the challenge of a user who does not exist.",
    MUST,
    *ANSWER,
    raises="CodeMismatchException NotAuthorizedException",
    facts="user-auth-unknown-user-simulated-otp",
)
chosen_code = requirement(
    "user-auth/chosen-code",
    "SELECT_CHALLENGE answered with a one-time password sends it and asks for it.",
    MUST,
    *ANSWER,
    facts="select-challenge-answer-otp",
)
chosen_srp = requirement(
    "user-auth/chosen-srp",
    "SELECT_CHALLENGE answered with PASSWORD_SRP and SRP_A asks for the proof.",
    MUST,
    *ANSWER,
    facts="select-challenge-answer-srp",
)
chosen_password = requirement(
    "user-auth/chosen-password",
    "SELECT_CHALLENGE answered with PASSWORD and the right password goes on as any right password does.",
    MUST,
    *ANSWER,
    facts="allow-user-auth-covers-password-and-srp",
    evidence=(documented("API_RespondToAuthChallenge: SELECT_CHALLENGE with ANSWER PASSWORD", 0.9),),
)
chosen_passkey = requirement(
    "user-auth/chosen-passkey",
    "A passkey that is chosen or preferred is asked for with the options of its request.",
    MUST,
    *START,
    *ANSWER,
    facts="select-challenge-answer-webauthn",
)
lost_after_wrong_password = requirement(
    "user-auth/lost-after-wrong-password",
    "In USER_AUTH a wrong password ends the attempt: its session serves no second answer.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says=(
        "Incorrect username or password.",
        "Invalid session for the user, session can only be used once.",
        "Invalid session for the user.",
    ),
    facts="session-lost-after-wrong-user-auth-password",
)
code_signs_in = requirement(
    "user-auth/code-signs-in",
    "The code of the message signs in as first factor.",
    MUST,
    *ANSWER,
    facts="session-survives-wrong-otp otp-first-factor-code-length",
)
tier_has_user_auth = requirement(
    "user-auth/tier-has-user-auth",
    "USER_AUTH may be refused in a pool whose tier does not have it.",
    MUST,
    *START,
    raises="FeatureUnavailableInTierException InvalidParameterException",
    facts="user-auth-requires-essentials",
)
token_comes_with_levels = requirement(
    "user-auth/token-comes-with-levels",
    "ACCESS_TOKEN without TARGET_ACR_VALUES is refused.",
    MUST,
    *START,
    raises="InvalidParameterException NotAuthorizedException FeatureUnavailableInTierException",
    facts="user-auth-target-acr-values",
)
a_level_is_known = requirement(
    "user-auth/a-level-is-known",
    "A sign-in for authentication levels of which the pool knows none is refused.",
    MUST,
    *START,
    raises="InvalidParameterException NotAuthorizedException",
    facts="user-auth-target-acr-values",
    evidence=(
        documented(
            "API_InitiateAuth: 'If none of the requested values are valid, Amazon Cognito returns an error'",
            0.8,
        ),
    ),
)
levels_may_be_refused = requirement(
    "user-auth/levels-may-be-refused",
    "A sign-in for an authentication level may be refused where none that is asked for can be reached.",
    MUST,
    *START,
    raises="InvalidParameterException NotAuthorizedException FeatureUnavailableInTierException",
    facts="user-auth-target-acr-values",
)
sign_up_signs_in = requirement(
    "user-auth/sign-up-signs-in",
    "USER_AUTH with the Session of ConfirmSignUp signs in without another code.",
    MUST,
    *START,
    facts="initiate-auth-session-from-confirm-signup",
)
session_of_sign_up = requirement(
    "user-auth/session-of-sign-up",
    "A Session given to USER_AUTH is one of ConfirmSignUp, and is refused or ignored where it is none.",
    MUST,
    *START,
    raises="NotAuthorizedException InvalidParameterException",
    facts="initiate-auth-session-from-confirm-signup",
)
