"""What a pool's Lambda triggers may do to an operation, and what they must where their functions are known."""

from cognito_model import functions
from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

REPORT = Evidence(
    "reported", "https://github.com/amazon-archives/amazon-cognito-identity-js/issues/410", 0.85
)
START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

triggers_may_refuse = requirement(
    "triggers/triggers-may-refuse",
    "An operation that runs a Lambda trigger may be refused for what the trigger does.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    "ConfirmSignUp",
    "AdminConfirmSignUp",
    "ResendConfirmationCode",
    "ForgotPassword",
    "AdminResetUserPassword",
    "ConfirmForgotPassword",
    "UpdateUserAttributes",
    "AdminUpdateUserAttributes",
    "GetUserAttributeVerificationCode",
    raises="UserLambdaValidationException UnexpectedLambdaException InvalidLambdaResponseException "
    "InvalidParameterException",
    facts="signup-autoverify-requires-value confirmed-before-trigger signed-up-before-message-trigger "
    "migration-runs-in-recovery",
    evidence=(documented("API model: errors of operations that run triggers", 0.9),),
)
trigger_may_confirm = requirement(
    "triggers/trigger-may-confirm",
    "A sign-up may be confirmed at once by a pool's PreSignUp trigger, and its contacts verified.",
    MUST,
    "SignUp",
    facts="signup-autoconfirm-lambda signup-autoverify-steals-alias",
)

# -- functions that the target offers: before a sign-up

sign_up_is_denied = requirement(
    "triggers/sign-up-is-denied",
    "A sign-up, or a user of an administrator's, whom the PreSignUp trigger denies is refused with the trigger's error.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    raises="UserLambdaValidationException",
    says="PreSignUp failed with error {}.",
    facts="pre-sign-up-error-wrapped pre-sign-up-runs-for-administrators trigger-error-wrapping",
    needs=functions.DENY,
)
sign_up_is_confirmed = requirement(
    "triggers/sign-up-is-confirmed",
    "A sign-up whose PreSignUp trigger sets autoConfirmUser makes a CONFIRMED user, and says so.",
    MUST,
    "SignUp",
    facts="signup-autoconfirm-lambda",
    needs=functions.AUTO_CONFIRM,
)
address_is_verified = requirement(
    "triggers/address-is-verified",
    "A sign-up whose PreSignUp trigger sets autoVerifyEmail makes a user whose e-mail address is verified.",
    MUST,
    "SignUp",
    facts="signup-autoverify-steals-alias",
    needs=functions.AUTO_VERIFY,
    evidence=(REPORT,),
)
address_is_there = requirement(
    "triggers/address-is-there",
    "A sign-up without an e-mail address whose PreSignUp trigger sets autoVerifyEmail is refused.",
    MUST,
    "SignUp",
    raises="InvalidParameterException InvalidLambdaResponseException UserLambdaValidationException "
    "UnexpectedLambdaException",
    facts="signup-autoverify-requires-value",
    needs=functions.AUTO_VERIFY,
)
alias_moves = requirement(
    "triggers/alias-moves",
    "An e-mail address that the PreSignUp trigger verifies ends to be the verified alias of the user who had it.",
    MUST,
    "SignUp",
    facts="signup-autoverify-steals-alias",
    needs=functions.AUTO_VERIFY,
    evidence=(
        REPORT,
        Evidence(
            "reported",
            "https://github.com/aws-amplify/aws-sdk-ios/issues/515",
            0.8,
            note="a Cognito developer",
        ),
    ),
)
administrators_user_waits = requirement(
    "triggers/administrators-user-waits",
    "What a PreSignUp trigger confirms and verifies is ignored for a user of an administrator's, who must change the password.",
    MUST,
    "AdminCreateUser",
    facts="acu-autoconfirm-ignored",
    needs=functions.AUTO_CONFIRM,
)

# -- senders of the customer's own

senders_code_confirms = requirement(
    "triggers/senders-code-confirms",
    "A sign-up is confirmed with the code that a custom sender was handed for it.",
    MUST,
    "ConfirmSignUp",
    facts="custom-sender-gets-codes",
    needs=functions.CUSTOM_SENDER,
)

# -- before a sign-in

sign_in_is_denied = requirement(
    "triggers/sign-in-is-denied",
    "A sign-in with a password that the PreAuthentication trigger denies is refused with the trigger's error, be the "
    "password right or wrong.",
    MUST,
    *START,
    raises="UserLambdaValidationException",
    says="PreAuthentication failed with error {}.",
    facts="pre-auth-runs-before-password-check pre-auth-invoked-on-wrong-password pre-auth-invoked-for-unknown-user",
    needs=functions.DENY,
)

# -- custom challenges

asks_custom_challenge = requirement(
    "triggers/asks-custom-challenge",
    "CUSTOM_AUTH asks the CUSTOM_CHALLENGE that the pool's triggers name.",
    MUST,
    *START,
    facts="custom-auth-asks-custom-challenge",
    needs=functions.CUSTOM_CHALLENGE,
)
public_parameters_are_shown = requirement(
    "triggers/public-parameters-are-shown",
    "The ChallengeParameters of a CUSTOM_CHALLENGE hold the public parameters of the trigger.",
    MUST,
    *START,
    *ANSWER,
    facts="custom-auth-challenge-params-after-srp custom-auth-asks-custom-challenge",
    needs=functions.CUSTOM_CHALLENGE,
)
private_parameters_are_hidden = requirement(
    "triggers/private-parameters-are-hidden",
    "The ChallengeParameters of a CUSTOM_CHALLENGE hold none of the private parameters of the trigger.",
    MUST,
    *START,
    *ANSWER,
    facts="custom-auth-challenge-params-after-srp",
    needs=functions.CUSTOM_CHALLENGE,
)
right_answer_signs_in = requirement(
    "triggers/right-answer-signs-in",
    "Once the triggers issue tokens for the answer to a CUSTOM_CHALLENGE, the user is signed in.",
    MUST,
    *ANSWER,
    facts="custom-auth-right-answer-signs-in",
    needs=functions.CUSTOM_CHALLENGE,
)
asks_again = requirement(
    "triggers/asks-again",
    "An answer after which the triggers ask again gets another CUSTOM_CHALLENGE, with a session of its own.",
    MUST,
    *ANSWER,
    facts="custom-auth-wrong-answer-continue",
    needs=functions.CUSTOM_CHALLENGE,
)
sign_in_fails = requirement(
    "triggers/sign-in-fails",
    "An answer after which the triggers fail the sign-in is refused like a wrong password.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="custom-auth-fail-authentication",
    needs=functions.CUSTOM_CHALLENGE,
)
failed_session_is_over = requirement(
    "triggers/failed-session-is-over",
    "The session of a CUSTOM_CHALLENGE for which the triggers failed the sign-in is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says=("Invalid session for the user, session can only be used once.", "Invalid session for the user."),
    facts="custom-auth-fail-authentication",
    says_facts="session-rotates-each-step session-invalid-generic",
    needs=functions.CUSTOM_CHALLENGE,
)
password_comes_first = requirement(
    "triggers/password-comes-first",
    "CUSTOM_AUTH with SRP_A asks the PASSWORD_VERIFIER that the triggers name after it.",
    MUST,
    *START,
    facts="custom-auth-srp-first-session-entry",
    needs=functions.CUSTOM_CHALLENGE,
)
challenge_follows_password = requirement(
    "triggers/challenge-follows-password",
    "After the proof of the password CUSTOM_AUTH asks the CUSTOM_CHALLENGE that the triggers name.",
    MUST,
    *ANSWER,
    facts="custom-auth-challenge-params-after-srp",
    needs=functions.CUSTOM_CHALLENGE,
)
wrong_proof_is_refused = requirement(
    "triggers/wrong-proof-is-refused",
    "A proof of another password is refused in CUSTOM_AUTH too.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="custom-auth-wrong-password-srp",
    needs=functions.CUSTOM_CHALLENGE,
)
proof_may_need_session = requirement(
    "triggers/proof-may-need-session",
    "In CUSTOM_AUTH a proof of the password without the session of its challenge may be refused.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException CodeMismatchException",
    evidence=(inferred("no fact says whether the session travels in the secret block here too", 0.5),),
    needs=functions.CUSTOM_CHALLENGE,
)
creation_fails = requirement(
    "triggers/creation-fails",
    "Where the CreateAuthChallenge trigger fails, CUSTOM_AUTH is refused with the trigger's error.",
    MUST,
    *START,
    *ANSWER,
    raises="UserLambdaValidationException",
    says="CreateAuthChallenge failed with error {}.",
    facts="trigger-error-wrapping",
    needs=functions.DENY,
)
