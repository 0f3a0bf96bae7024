"""Confirming a sign-up: ConfirmSignUp, ResendConfirmationCode, AdminConfirmSignUp."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

confirms_user = requirement(
    "confirm/confirms-user",
    "The right code makes an unconfirmed user CONFIRMED.",
    MUST,
    "ConfirmSignUp",
    "SignUp",
    "ResendConfirmationCode",
    facts="confirm-happy-sets-confirmed-and-verified resend-code-usable confirm-then-sign-in",
)
verifies_attribute = requirement(
    "confirm/verifies-attribute",
    "Confirming a sign-up verifies the attribute that the code went to, and no other.",
    MUST,
    "ConfirmSignUp",
    facts="confirm-happy-sets-confirmed-and-verified confirm-verifies-only-delivered-attr",
)
other_contact_is_unverified = requirement(
    "confirm/other-contact-is-unverified",
    "Where e-mail address and phone number are both verified on their own, the one without a code is shown "
    "as "
    "unverified once the user is confirmed.",
    MUST,
    "ConfirmSignUp",
    facts="signup-both-autoverified-email-verified-false",
)
code_matches = requirement(
    "confirm/code-matches",
    "A code that the user was not sent is refused.",
    MUST,
    "ConfirmSignUp",
    raises="CodeMismatchException",
    says="Invalid verification code provided, please try again.",
    facts="confirm-wrong-code confirm-non-numeric-code",
)
code_was_sent = requirement(
    "confirm/code-was-sent",
    "Where no code was sent, any code is refused as wrong or expired.",
    MUST,
    "ConfirmSignUp",
    raises="CodeMismatchException ExpiredCodeException",
    facts="confirm-wrong-code confirm-non-numeric-code",
    evidence=(documented("API_ConfirmSignUp: errors", 0.8),),
)
code_is_fresh = requirement(
    "confirm/code-is-fresh",
    "A code older than 24 hours is refused.",
    MUST,
    "ConfirmSignUp",
    raises="ExpiredCodeException",
    says="Invalid code provided, please request a code again.",
    facts="confirm-code-validity-24h",
    says_facts="fp-code-1h",
)
older_code_may_be_dead = requirement(
    "confirm/older-code-may-be-dead",
    "A code that a newer one followed may be refused.",
    MUST,
    "ConfirmSignUp",
    raises="CodeMismatchException ExpiredCodeException",
    facts="resend-invalidates-previous",
)
user_is_unconfirmed = requirement(
    "confirm/user-is-unconfirmed",
    "Confirming a user who is not UNCONFIRMED is refused.",
    MUST,
    "ConfirmSignUp",
    "AdminConfirmSignUp",
    raises="NotAuthorizedException",
    says="User cannot be confirmed. Current status is {}",
    facts="confirm-already-confirmed adminconfirm-already-confirmed adminconfirm-fcp adminconfirm-fcp-recorded",
    evidence=(Evidence("reported", "https://github.com/aws-amplify/amplify-js/issues/6711", 0.85),),
)
unknown_user_is_named = requirement(
    "confirm/unknown-user-is-named",
    "Where the client does not hide users, confirming or resending for an unknown one says that there is "
    "none.",
    MUST,
    "ConfirmSignUp",
    "ResendConfirmationCode",
    raises="UserNotFoundException",
    says="Username/client id combination not found.",
    facts="confirm-unknown-user-legacy resend-unknown-legacy",
)
unknown_user_is_hidden = requirement(
    "confirm/unknown-user-is-hidden",
    "Where the client hides users, confirming an unknown one is refused as a wrong code would be.",
    MUST,
    "ConfirmSignUp",
    raises="CodeMismatchException ExpiredCodeException NotAuthorizedException",
    says=(
        "Invalid verification code provided, please try again.",
        "Invalid code provided, please request a code again.",
    ),
    facts="confirm-unknown-user-enabled confirm-unknown-user-enabled-text confirm-code-before-status",
    says_disputed=True,
)
alias_is_free = requirement(
    "confirm/alias-is-free",
    "Confirming a user whose e-mail address or phone number is another user's alias is refused, unless it "
    "is forced.",
    MUST,
    "ConfirmSignUp",
    raises="AliasExistsException",
    says=("An account with the {} already exists.", "An account with the given {} already exists."),
    facts="confirm-alias-exists confirm-force-alias-default",
)
forced_alias_moves = requirement(
    "confirm/forced-alias-moves",
    "With ForceAliasCreation the alias moves, and the other user's attribute is no longer verified.",
    MUST,
    "ConfirmSignUp",
    facts="confirm-force-alias",
)
session_is_for_user_auth = requirement(
    "confirm/session-is-for-user-auth",
    "ConfirmSignUp answers no Session where the client does not allow USER_AUTH.",
    MUST,
    "ConfirmSignUp",
    facts="confirm-happy-body-empty initiate-auth-session-from-confirm-signup",
)
administrator_confirms = requirement(
    "confirm/administrator-confirms",
    "AdminConfirmSignUp makes an unconfirmed user CONFIRMED.",
    MUST,
    "AdminConfirmSignUp",
    facts="adminconfirm-happy adminconfirm-no-verify",
)
resend_sends = requirement(
    "confirm/resend-sends",
    "Resending sends a new code and says where it went.",
    MUST,
    "ResendConfirmationCode",
    facts="resend-happy resend-immediate-second-ok",
)
resend_is_simulated = requirement(
    "confirm/resend-is-simulated",
    "Where the client hides users, resending for an unknown one answers as if a code had gone out.",
    MUST,
    "ResendConfirmationCode",
    facts="resend-unknown-enabled resend-disabled-enabled",
)
resend_only_to_unconfirmed = requirement(
    "confirm/resend-only-to-unconfirmed",
    "Resending a code to a confirmed user is refused.",
    MUST,
    "ResendConfirmationCode",
    raises="InvalidParameterException",
    says="User is already confirmed.",
    facts="resend-already-confirmed",
)
pool_verifies_something = requirement(
    "confirm/pool-verifies-something",
    "Resending is refused in a pool that verifies no attribute on its own.",
    MUST,
    "ResendConfirmationCode",
    raises="InvalidParameterException NotAuthorizedException",
    says="Cannot resend codes. Auto verification not turned on.",
    evidence=(
        Evidence(
            "reported",
            "several public projects quote the message from pools without AutoVerifiedAttributes, as of "
            "either error",
            0.85,
        ),
    ),
)
resend_has_a_way = requirement(
    "confirm/resend-has-a-way",
    "Resending may be refused to a user who is not there, is disabled, or has nothing to send the code to.",
    MUST,
    "ResendConfirmationCode",
    raises="InvalidParameterException CodeDeliveryFailureException NotAuthorizedException "
    "LimitExceededException",
    facts="fp-enabled-alternation",
)
disabled_user_may_wait = requirement(
    "confirm/disabled-user-may-wait",
    "Confirming a disabled user may be refused.",
    MUST,
    "ConfirmSignUp",
    raises="NotAuthorizedException CodeMismatchException ExpiredCodeException",
    evidence=(inferred("no fact says what disabling does to a sign-up that waits", 0.5),),
)
