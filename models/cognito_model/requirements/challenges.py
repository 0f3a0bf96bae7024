"""Challenges: what follows what, sessions, and the answers."""

from cognito_model.requirement import MUST, documented, inferred, requirement

START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

session_is_genuine = requirement(
    "challenges/session-is-genuine",
    "An answer with a session that nothing issued is refused.",
    MUST,
    *ANSWER,
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    raises="NotAuthorizedException",
    says="Invalid session for the user.",
    facts="session-invalid-generic",
    says_disputed=True,
)
session_counts_once = requirement(
    "challenges/session-counts-once",
    "A session that has been answered is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says=("Invalid session for the user, session can only be used once.", "Invalid session for the user."),
    facts="session-rotates-each-step session-invalid-generic",
)
session_is_fresh = requirement(
    "challenges/session-is-fresh",
    "A session older than the client's AuthSessionValidity is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Invalid session for the user, session is expired.",
    facts="session-default-3-minutes session-expired-amplify-ch6",
)
session_fits_answer = requirement(
    "challenges/session-fits-answer",
    "A session of another challenge, client or user than the answer names is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException InvalidParameterException CodeMismatchException ResourceNotFoundException "
    "UserNotFoundException SoftwareTokenMFANotFoundException",
    evidence=(documented("API_RespondToAuthChallenge: Session, ChallengeName", 0.75),),
)
new_password_is_asked = requirement(
    "challenges/new-password-is-asked",
    "A user with a temporary password is asked for a new one before anything else.",
    MUST,
    *START,
    *ANSWER,
    facts="force-change-password-user st-fcp-signin npr-precedes-mfa asup-temporary-keeps-fcp",
)
new_password_parameters = requirement(
    "challenges/new-password-parameters",
    "NEW_PASSWORD_REQUIRED tells required and present attributes as JSON text.",
    MUST,
    *START,
    *ANSWER,
    facts="force-change-password-user npr-challenge-parameters",
)
new_password_confirms = requirement(
    "challenges/new-password-confirms",
    "A new password that keeps the policy makes the user CONFIRMED and signs in.",
    MUST,
    *ANSWER,
    facts="npr-success st-fcp-complete acu-new-password-same-as-temp st-fcp-email-verified-unchanged",
)
new_password_attributes = requirement(
    "challenges/new-password-attributes",
    "Attributes that come with the new password are stored.",
    MUST,
    *ANSWER,
    facts="npr-supply-user-attribute",
)
required_attribute_is_given = requirement(
    "challenges/required-attribute-is-given",
    "A new password without an attribute that the schema requires and the user lacks is refused.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException",
    says="Invalid attributes given, {} is missing",
    facts="npr-missing-required npr-missing-required-attribute",
)
given_attribute_stays = requirement(
    "challenges/given-attribute-stays",
    "A new password that would change an e-mail address or phone number that is there is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Cannot modify an already provided {}",
    facts="npr-modify-provided-email npr-cannot-change-existing-attribute",
)
attributes_may_be_refused = requirement(
    "challenges/attributes-may-be-refused",
    "Attributes that the schema does not take or the client may not write may be refused with a new password.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException",
    facts="npr-email-verified-non-mutable",
    evidence=(inferred("which of the rules of UpdateUserAttributes hold here is not settled", 0.5),),
)
asks_preferred_factor = requirement(
    "challenges/asks-preferred-factor",
    "A user with a second factor is asked for it: the preferred one, or the only one.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-preferred-wins mfa-enabled-not-preferred-still-challenged sms-mfa-challenge-params",
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
asks_setup = requirement(
    "challenges/asks-setup",
    "Where MFA is required, a user who has nothing for it must set it up.",
    MUST,
    *START,
    *ANSWER,
    facts="mfa-on-sms-totp-no-phone mfa-setup-totp-full-flow",
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
    facts="mfa-totp-success totp-parameters secret-hash-software-token-mfa",
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
    facts="session-survives-wrong-email-mfa session-survives-wrong-otp sms-mfa-challenge-params",
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
proof_is_right = requirement(
    "challenges/proof-is-right",
    "A password signature that the password does not give is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="wrong-password-srp-at-verifier srp-signature srp-hkdf srp-x-uses-pool-suffix-and-user-id",
)
block_is_genuine = requirement(
    "challenges/block-is-genuine",
    "A secret block that nothing issued is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException InvalidParameterException",
    evidence=(documented("API_RespondToAuthChallenge: PASSWORD_CLAIM_SECRET_BLOCK", 0.8),),
)
selection_answers = requirement(
    "challenges/selection-answers",
    "The factor that SELECT_CHALLENGE is answered with is asked next.",
    MUST,
    *ANSWER,
    facts="select-challenge-answer-otp select-challenge-answer-srp",
)
device_is_asked = requirement(
    "challenges/device-is-asked",
    "A remembered device is asked to prove itself in place of the second factor.",
    MUST,
    *START,
    *ANSWER,
    facts="device-srp-flow device-remembered-bypasses-sms-mfa device-srp-flow-admin",
)
device_proves_itself = requirement(
    "challenges/device-proves-itself",
    "A device that proves its password signs in.",
    MUST,
    *ANSWER,
    facts="device-srp-flow device-signature-inputs device-password-verifier-params",
)
