"""Second factors at sign-in: which is asked for, and its answer."""

from cognito_model.requirement import MUST, documented, inferred, requirement

START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

asks_preferred_factor = requirement(
    "challenges/asks-preferred-factor",
    "A user with a second factor is asked for it: the preferred one, or the only one.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-preferred-wins mfa-enabled-not-preferred-still-challenged sms-mfa-challenge-params "
    "mfa-sms-unverified-phone-ok",
)
asks_with_parameters = requirement(
    "challenges/asks-with-parameters",
    "A challenge for a sent code tells the medium and the masked destination.",
    MUST,
    *START,
    *ANSWER,
    facts="sms-mfa-challenge-params mfa-select-type-answer select-challenge-answer-otp",
)
asks_by_device_name = requirement(
    "challenges/asks-by-device-name",
    "SOFTWARE_TOKEN_MFA tells the friendly name that the token was verified with.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-select-type-answer admin-initiate-auth-software-token-params",
)
mfa_off_asks_nothing = requirement(
    "challenges/mfa-off-asks-nothing",
    "A pool whose MFA is off asks for no second factor, or for one that the user has enabled.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-off-pool-ignores-user-factor mfa-off-pool-keeps-token",
)
verified_is_not_enabled = requirement(
    "challenges/verified-is-not-enabled",
    "Where MFA is optional, a user whose software token was verified and not enabled gets tokens, or is asked for it.",
    MUST,
    *START,
    *ANSWER,
    facts="verify-does-not-enable-preference verify-alone-asks-for-token",
    disputed=True,  # the two facts
)
factor_has_contact = requirement(
    "challenges/factor-has-contact",
    "A sign-in whose second factor has lost its phone number or e-mail address may be refused.",
    MUST,
    *START,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException CodeDeliveryFailureException MFAMethodNotFoundException",
    evidence=(inferred("no fact says what becomes of a factor whose contact is gone", 0.4),),
)
asks_which_factor = requirement(
    "challenges/asks-which-factor",
    "A user with several second factors and no preference is asked which.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-select-type-email-value mfa-select-type-answer",
)
asks_automatic_factor = requirement(
    "challenges/asks-automatic-factor",
    "Where MFA is required, a user without a factor is asked by the phone or e-mail address that it has.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-on-user-with-phone-first-sign-in mfa-on-email-user-with-email st-email-mfa-unverified-email",
)
recovery_is_no_factor = requirement(
    "challenges/recovery-is-no-factor",
    "Where MFA is required, a user whose only contact is the pool's first way of recovery may be refused.",
    MUST,
    *START,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException MFAMethodNotFoundException",
    facts="mfa-choice-leaves-recovery-out",
    disputed=True,  # documented; test suites of Amplify were asked for the contact
)
asks_setup = requirement(
    "challenges/asks-setup",
    "Where MFA is required, a user who has nothing for it must set it up.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-on-sms-totp-no-phone mfa-setup-totp-full-flow",
)
idle_mfa_may_ask_nothing = requirement(
    "challenges/idle-mfa-may-ask-nothing",
    "Where MFA is required and no factor of the pool is on, a sign-in asks for a setup, or for nothing.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-on-token-off",
    disputed=True,  # the fact makes such a pool; how its users sign in no source tells
)
setup_names_factors = requirement(
    "challenges/setup-names-factors",
    "MFA_SETUP lists in MFAS_CAN_SETUP the software token where the pool uses it.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-on-sms-totp-no-phone mfa-setup-lists-email",
    evidence=(documented("API_InitiateAuth: MFA_SETUP, MFAS_CAN_SETUP", 0.9),),
)
choice_is_taken = requirement(
    "challenges/choice-is-taken",
    "The factor that SELECT_MFA_TYPE is answered with is asked next.",
    MUST,
    *ANSWER,
    facts="mfa-select-type-answer",
)
choice_is_offered = requirement(
    "challenges/choice-is-offered",
    "SELECT_MFA_TYPE or SELECT_CHALLENGE answered with what was not offered is refused.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException SoftwareTokenMFANotFoundException",
    evidence=(inferred("no fact says what the service answers", 0.5),),
)
totp_signs_in = requirement(
    "challenges/totp-signs-in",
    "The right software token code signs in.",
    MUST,
    *ANSWER,
    facts="mfa-totp-success totp-parameters totp-skew secret-hash-software-token-mfa",
)
totp_is_set_up = requirement(
    "challenges/totp-is-set-up",
    "A software token code of a user whose token was taken away is refused.",
    MUST,
    *ANSWER,
    raises="SoftwareTokenMFANotFoundException CodeMismatchException NotAuthorizedException",
    facts="mfa-totp-not-found-for-user",
)
old_secret_counts = requirement(
    "challenges/old-secret-counts",
    "A software token counts until the one that would replace it is verified, or until that was asked for.",
    MUST,
    *ANSWER,
    facts="associate-keeps-old-until-verified associate-ends-old",
)
totp_matches = requirement(
    "challenges/totp-matches",
    "A wrong software token code is refused, and the session stays.",
    MUST,
    *ANSWER,
    raises="CodeMismatchException",
    says=("Invalid code received for user", "Invalid code or auth state for the user."),
    facts="mfa-totp-wrong-code session-survives-wrong-totp",
)
totp_counts_once = requirement(
    "challenges/totp-counts-once",
    "A software token code that was used already is refused.",
    MUST,
    *ANSWER,
    raises="ExpiredCodeException",
    says="Your software token has already been used once.",
    facts="mfa-totp-code-reuse totp-code-consumed-by-verify",
)
sent_code_signs_in = requirement(
    "challenges/sent-code-signs-in",
    "The code of the message signs in.",
    MUST,
    *ANSWER,
    facts="session-survives-wrong-email-mfa sms-mfa-challenge-params mfa-email-code-key "
    "mfa-auto-challenge-does-not-enable-factor",
)
older_code_is_dead = requirement(
    "challenges/older-code-is-dead",
    "Once another code was sent, the one of an earlier sign-in may be refused.",
    MUST,
    *ANSWER,
    raises="CodeMismatchException",
    says="Invalid code or auth state for the user.",
    facts="session-new-sign-in-independent",
)
sent_code_matches = requirement(
    "challenges/sent-code-matches",
    "A wrong code of a message is refused, and the session stays.",
    MUST,
    *ANSWER,
    raises="CodeMismatchException",
    says="Invalid code or auth state for the user.",
    facts="mfa-sms-wrong-code mfa-sms-non-numeric-code otp-wrong-code-message session-survives-wrong-email-mfa",
)
setup_is_done = requirement(
    "challenges/setup-is-done",
    "MFA_SETUP answered before a software token was verified is refused.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException SoftwareTokenMFANotFoundException "
    "EnableSoftwareTokenMFAException",
    evidence=(
        documented("API_RespondToAuthChallenge: MFA_SETUP takes the session of VerifySoftwareToken", 0.8),
    ),
)
setup_signs_in = requirement(
    "challenges/setup-signs-in",
    "MFA_SETUP answered with the session of VerifySoftwareToken signs in.",
    MUST,
    *ANSWER,
    facts="mfa-setup-totp-full-flow mfa-setup-extra-code-key-tolerated",
)
