"""What a password must be."""

from cognito_model.requirement import MUST, requirement

password_keeps_policy = requirement(
    "passwords/password-keeps-policy",
    "A password that breaks the pool's policy is refused.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    "AdminSetUserPassword",
    "ChangePassword",
    "ConfirmForgotPassword",
    "RespondToAuthChallenge",
    "AdminRespondToAuthChallenge",
    raises="InvalidPasswordException",
    says=(
        "Password did not conform with policy: {}",
        "Password did not conform with password policy: {}",
        "Password does not conform to policy: {}",
    ),
    facts="signup-short-password-code cp-weak-new npr-weak-password acu-weak-temp-password cfp-weak-password asup-weak",
    says_facts="signup-pw-message-prefix cp-weak-new-message npr-weak-password-text acu-weak-temp-password",
)
