"""Challenges: sessions, who may answer, and the new password."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

session_is_genuine = requirement(
    "challenges/session-is-genuine",
    "An answer with a session that nothing issued is refused.",
    MUST,
    *ANSWER,
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    raises="NotAuthorizedException InvalidParameterException CodeMismatchException ResourceNotFoundException",
    says="Invalid session for the user.",
    facts="session-invalid-generic",
    evidence=(documented("API_RespondToAuthChallenge: errors; no capture says which of them", 0.75),),
    says_disputed=True,
)
response_is_given = requirement(
    "challenges/response-is-given",
    "An answer without a response that its challenge needs is refused.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException",
    says="Missing required parameter {}",
    facts="npr-missing-new-password srp-answer-order",
)
session_counts_once = requirement(
    "challenges/session-counts-once",
    "A session that has been answered is refused.",
    MUST,
    *ANSWER,
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    raises="NotAuthorizedException",
    says=("Invalid session for the user, session can only be used once.", "Invalid session for the user."),
    facts="session-rotates-each-step session-invalid-generic",
)
session_survives_wrong_answer = requirement(
    "challenges/session-survives-wrong-answer",
    "After a wrong code or a weak new password the right one is taken with the same session.",
    MUST,
    *ANSWER,
    facts="session-survives-weak-new-password session-survives-wrong-otp session-survives-wrong-email-mfa "
    "session-survives-wrong-totp",
)
attempts_are_limited = requirement(
    "challenges/attempts-are-limited",
    "A session that was answered wrongly several times may be refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException TooManyFailedAttemptsException LimitExceededException",
    evidence=(inferred("no fact says how many wrong answers a session takes", 0.5),),
)
session_is_fresh = requirement(
    "challenges/session-is-fresh",
    "A session older than the client's AuthSessionValidity is refused.",
    MUST,
    *ANSWER,
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    raises="NotAuthorizedException",
    says="Invalid session for the user, session is expired.",
    facts="session-default-3-minutes session-expired-amplify-ch6",
)
session_fits_answer = requirement(
    "challenges/session-fits-answer",
    "A session of another challenge, client or user than the answer names is refused.",
    MUST,
    *ANSWER,
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    raises="NotAuthorizedException InvalidParameterException CodeMismatchException ResourceNotFoundException "
    "UserNotFoundException SoftwareTokenMFANotFoundException EnableSoftwareTokenMFAException",
    evidence=(
        documented("API_RespondToAuthChallenge: Session, ChallengeName", 0.75),
        Evidence("reported", "https://github.com/aws-amplify/amplify-js/issues/6461", 0.8),
    ),
)
challenge_can_be_answered = requirement(
    "challenges/challenge-can-be-answered",
    "ADMIN_NO_SRP_AUTH is no challenge that can be answered.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException",
    facts="respond-cannot-answer-admin-no-srp",
)
name_is_internal = requirement(
    "challenges/name-is-internal",
    "AdminRespondToAuthChallenge may refuse an alias: USERNAME should be USER_ID_FOR_SRP.",
    MUST,
    "AdminRespondToAuthChallenge",
    raises="UserNotFoundException NotAuthorizedException InvalidParameterException CodeMismatchException",
    facts="admin-respond-uses-user-id-for-srp",
)
user_may_have_changed = requirement(
    "challenges/user-may-have-changed",
    "A challenge of a user who was disabled, reset or given another password meanwhile may be refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException UserNotConfirmedException PasswordResetRequiredException "
    "InvalidParameterException",
    evidence=(inferred("no fact says which changes a pending challenge outlives", 0.5),),
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
    facts="npr-required-with-value force-change-password-user npr-challenge-parameters",
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
    "A new password that comes with an e-mail address or phone number is refused where the user has one, the same even.",
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
