"""Passwords set, reset, forgotten and changed."""

from cognito_model.requirement import MUST, documented, inferred, requirement

sets_permanent_password = requirement(
    "recovery/sets-permanent-password",
    "A permanent password from an administrator makes the user CONFIRMED, and the old one signs nobody in.",
    MUST,
    "AdminSetUserPassword",
    raises="NotAuthorizedException",
    facts="asup-repeat-permanent asup-on-unconfirmed asup-reset-required-cleared asup-back-to-original "
    "asup-response "
    "st-expired-temp-recover asup-external-provider",
)
sets_temporary_password = requirement(
    "recovery/sets-temporary-password",
    "A temporary password from an administrator makes the status FORCE_CHANGE_PASSWORD, and ends the old one.",
    MUST,
    "AdminSetUserPassword",
    raises="NotAuthorizedException",
    facts="asup-temporary-keeps-fcp asup-temporary-on-confirmed st-not-from-unconfirmed-to-fcp",
)
reset_requires_new_password = requirement(
    "recovery/reset-requires-new-password",
    "AdminResetUserPassword makes the status RESET_REQUIRED.",
    MUST,
    "AdminResetUserPassword",
    facts="arup-then-confirm st-reset-required-signin",
)
reset_only_enabled = requirement(
    "recovery/reset-only-enabled",
    "Resetting the password of a disabled user is refused.",
    MUST,
    "AdminResetUserPassword",
    raises="NotAuthorizedException",
    says="User is disabled.",
    facts="arup-disabled",
)
reset_needs_recovery = requirement(
    "recovery/reset-needs-recovery",
    "Resetting a password is refused where administrators alone recover accounts, and may be where no code can be sent.",
    MUST,
    "AdminResetUserPassword",
    raises="InvalidParameterException NotAuthorizedException",
    says="Cannot reset password for the user as there is no registered/verified email or phone_number",
    facts="arup-needs-recovery",
    says_disputed=True,
    evidence=(
        documented(
            "API_AdminResetUserPassword: a code is sent 'if … a verified email exists for the user'", 0.8
        ),
    ),
)
reset_in_this_state = requirement(
    "recovery/reset-in-this-state",
    "Resetting the password of a user who never set one, or who must reset it already, may be refused.",
    MUST,
    "AdminResetUserPassword",
    raises="NotAuthorizedException InvalidParameterException",
    says="User password cannot be reset in the current state.",
    facts="fp-fcp-legacy",
)
sends_code = requirement(
    "recovery/sends-code",
    "ForgotPassword sends a code and says where; the password and the status stay as they are.",
    MUST,
    "ForgotPassword",
    facts="fp-happy fp-happy-status-unchanged",
)
takes_first_verified = requirement(
    "recovery/takes-first-verified",
    "The code goes to the verified attribute that the recovery setting prefers.",
    MUST,
    "ForgotPassword",
    facts="fp-priority-order fp-legacy-recovery-order fp-sms-mfa-excludes-sms fp-email-mfa-excludes-email "
    "pool-default-account-recovery-present",
)
unknown_user_is_named = requirement(
    "recovery/unknown-user-is-named",
    "Where the client does not hide users, a forgotten password of an unknown one says that there is none.",
    MUST,
    "ForgotPassword",
    raises="UserNotFoundException",
    says="Username/client id combination not found.",
    facts="fp-unknown-legacy",
)
unknown_user_is_simulated = requirement(
    "recovery/unknown-user-is-simulated",
    "Where the client hides users, a forgotten password of an unknown one answers as if a code had gone out.",
    MUST,
    "ForgotPassword",
    facts="fp-unknown-enabled fp-disabled-enabled fp-unconfirmed-enabled fp-unknown-enabled-simulated-stable",
)
simulation_may_alternate = requirement(
    "recovery/simulation-may-alternate",
    "Where the client hides users, a simulated delivery may alternate with a refusal.",
    MUST,
    "ForgotPassword",
    raises="InvalidParameterException NotAuthorizedException LimitExceededException",
    facts="fp-enabled-alternation",
)
contact_is_verified = requirement(
    "recovery/contact-is-verified",
    "A forgotten password is refused where the user has no verified attribute to send a code to.",
    MUST,
    "ForgotPassword",
    raises="InvalidParameterException",
    says="Cannot reset password for the user as there is no registered/verified email or phone_number",
    facts="fp-no-verified-contact-legacy fp-unconfirmed-legacy fp-sms-mfa-excludes-sms "
    "fp-email-mfa-excludes-email",
    says_facts="fp-no-verified-contact-legacy",
)
first_password_is_no_reset = requirement(
    "recovery/first-password-is-no-reset",
    "A forgotten password is refused while the user must still change the temporary one.",
    MUST,
    "ForgotPassword",
    raises="NotAuthorizedException",
    says="User password cannot be reset in the current state.",
    facts="fp-fcp-legacy",
)
state_may_bar_recovery = requirement(
    "recovery/state-may-bar-recovery",
    "A forgotten password may be refused to a user who is not CONFIRMED, or whose only contact is a second "
    "factor.",
    MUST,
    "ForgotPassword",
    raises="NotAuthorizedException InvalidParameterException",
    evidence=(inferred("open questions: what each status and each second factor permits", 0.5),),
)
disabled_user_stays_out = requirement(
    "recovery/disabled-user-stays-out",
    "A forgotten password of a disabled user is refused.",
    MUST,
    "ForgotPassword",
    raises="NotAuthorizedException ResourceNotFoundException",
    says=("User is disabled.", "Username/client id combination not found."),
    facts="fp-disabled-legacy forgot-password-disabled-user",
)
only_admins_recover = requirement(
    "recovery/only-admins-recover",
    "Where only administrators recover accounts, a forgotten password is refused.",
    MUST,
    "ForgotPassword",
    raises="NotAuthorizedException InvalidParameterException",
    says=(
        "Contact administrator to reset password.",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
    ),
    facts="fp-admin-only",
    says_disputed=True,
)
sets_new_password = requirement(
    "recovery/sets-new-password",
    "The right code sets the new password, and a user who had to reset it is CONFIRMED.",
    MUST,
    "ConfirmForgotPassword",
    "ForgotPassword",
    "AdminResetUserPassword",
    raises="NotAuthorizedException",
    facts="cfp-happy arup-then-confirm st-reset-required-exit cfp-old-password-dead "
    "fp-cfp-usernameattr-email",
)
code_matches = requirement(
    "recovery/code-matches",
    "A reset code that the user was not sent is refused.",
    MUST,
    "ConfirmForgotPassword",
    raises="CodeMismatchException",
    says="Invalid verification code provided, please try again.",
    facts="cfp-wrong-code",
)
code_was_sent = requirement(
    "recovery/code-was-sent",
    "Where no code waits, since none was asked for or it was used, any code is refused as expired or wrong.",
    MUST,
    "ConfirmForgotPassword",
    raises="ExpiredCodeException CodeMismatchException",
    facts="cfp-wrong-code",
    evidence=(
        documented(
            "Developer guide, managing error responses: ExpiredCodeException when no code was requested", 0.75
        ),
    ),
)
code_is_fresh = requirement(
    "recovery/code-is-fresh",
    "A reset code older than an hour is refused.",
    MUST,
    "ConfirmForgotPassword",
    raises="ExpiredCodeException",
    says="Invalid code provided, please request a code again.",
    facts="fp-code-1h arup-code-valid-1h",
)
one_code_counts = requirement(
    "recovery/one-code-counts",
    "Of two reset codes only one may count.",
    MUST,
    "ConfirmForgotPassword",
    raises="CodeMismatchException ExpiredCodeException",
    facts="fp-second-code",
)
unknown_user_is_hidden = requirement(
    "recovery/unknown-user-is-hidden",
    "Where the client hides users, confirming a reset for an unknown or disabled one is refused as a wrong "
    "code would be.",
    MUST,
    "ConfirmForgotPassword",
    raises="CodeMismatchException ExpiredCodeException",
    facts="cfp-unknown-enabled cfp-disabled-enabled",
)
unknown_user_is_not_found = requirement(
    "recovery/unknown-user-is-not-found",
    "Where the client does not hide users, confirming a reset for an unknown one is refused.",
    MUST,
    "ConfirmForgotPassword",
    raises="UserNotFoundException ExpiredCodeException CodeMismatchException",
    says="Username/client id combination not found.",
    evidence=(documented("API_ConfirmForgotPassword: errors", 0.85),),
    says_disputed=True,
)
unconfirmed_user_waits = requirement(
    "recovery/unconfirmed-user-waits",
    "Confirming a reset for an unconfirmed or disabled user may be refused for that.",
    MUST,
    "ConfirmForgotPassword",
    raises="UserNotConfirmedException NotAuthorizedException",
    facts="cfp-unconfirmed",
)
changes_password = requirement(
    "recovery/changes-password",
    "With the right former password ChangePassword sets the new one; tokens stay.",
    MUST,
    "ChangePassword",
    raises="NotAuthorizedException",
    facts="cp-happy cp-session-survives",
)
former_password_matches = requirement(
    "recovery/former-password-matches",
    "Changing a password with a wrong former one is refused.",
    MUST,
    "ChangePassword",
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="cp-wrong-previous cp-wrong-previous-message change-password-wrong-old",
)
former_password_is_given = requirement(
    "recovery/former-password-is-given",
    "Changing the password of a user who has one without the former one is refused.",
    MUST,
    "ChangePassword",
    raises="InvalidParameterException",
    says="Missing required parameter OldPassword",
    facts="cp-previous-optional cp-previous-missing",
    says_facts="cp-previous-missing",
)
