"""What a pool's Lambda triggers may do to an operation."""

from cognito_model.requirement import MUST, documented, requirement

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
    facts="signup-autoverify-requires-value",
    evidence=(documented("API model: errors of operations that run triggers", 0.9),),
)
trigger_may_confirm = requirement(
    "triggers/trigger-may-confirm",
    "A sign-up may be confirmed at once by a pool's PreSignUp trigger, and its contacts verified.",
    MUST,
    "SignUp",
    facts="signup-autoconfirm-lambda signup-autoverify-steals-alias",
)
