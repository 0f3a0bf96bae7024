"""How often one user's codes and passwords may be tried."""

from cognito_model.requirement import MUST, requirement

attempts_are_limited = requirement(
    "attempts/attempts-are-limited",
    "After the documented number of attempts on one user within an hour further ones may be refused.",
    MUST,
    "ConfirmSignUp",
    "ResendConfirmationCode",
    "ForgotPassword",
    "ConfirmForgotPassword",
    "AdminResetUserPassword",
    "ChangePassword",
    "GetUserAttributeVerificationCode",
    "VerifyUserAttribute",
    raises="LimitExceededException TooManyFailedAttemptsException TooManyRequestsException",
    says=("Attempt limit exceeded, please try after some time.",),
    facts="quota-code-attempts confirm-attempt-cap resend-cap cp-limit guavc-cap vua-cap fp-rate cfp-rate",
    says_facts="fp-rate cfp-rate cp-limit",
)
