"""What a password must be."""

from cognito_model.requirement import MUST, documented, requirement

CHANGERS = (
    "AdminSetUserPassword",
    "ChangePassword",
    "ConfirmForgotPassword",
    "RespondToAuthChallenge",
    "AdminRespondToAuthChallenge",
)

password_keeps_policy = requirement(
    "passwords/password-keeps-policy",
    "A password that breaks the pool's policy is refused.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    *CHANGERS,
    raises="InvalidPasswordException",
    says=(
        "Password did not conform with policy: {}",
        "Password did not conform with password policy: {}",
        "Password does not conform to policy: {}",
    ),
    facts="signup-short-password-code cp-weak-new npr-weak-password acu-weak-temp-password "
    "cfp-weak-password asup-weak "
    "pw-one-violation",
    says_facts="signup-pw-message-prefix cp-weak-new-message npr-weak-password-text acu-weak-temp-password",
)
password_is_not_reused = requirement(
    "passwords/password-is-not-reused",
    "A password that the pool's history still remembers of the user is refused.",
    MUST,
    *CHANGERS,
    raises="PasswordHistoryPolicyViolationException",
    facts="pool-password-history-roundtrip",
    evidence=(
        documented("API_PasswordPolicyType: none of the last PasswordHistorySize passwords may be set", 0.85),
    ),
)
