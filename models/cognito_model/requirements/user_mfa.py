"""A user's second factors: set up, preferred, taken away."""

from cognito_model.requirement import MUST, documented, inferred, requirement

SET = ("SetUserMFAPreference", "AdminSetUserMFAPreference")

gives_secret = requirement(
    "mfa/gives-secret",
    "AssociateSoftwareToken gives a base32 secret; by session it gives a new session too.",
    MUST,
    "AssociateSoftwareToken",
    facts="associate-with-token-shape associate-with-session-shape",
)
secret_is_base32 = requirement(
    "mfa/secret-is-base32",
    "SecretCode is base32 of 16 characters or more.",
    MUST,
    "AssociateSoftwareToken",
    facts="associate-with-token-shape",
)
one_of_token_and_session = requirement(
    "mfa/one-of-token-and-session",
    "Setting up a software token with neither access token nor session is refused.",
    MUST,
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    raises="InvalidParameterException",
    facts="associate-both-or-neither",
    evidence=(documented("API_AssociateSoftwareToken: provide an access token or a session", 0.8),),
    disputed=True,  # which exception it is was only inferred
)
pool_has_software_tokens = requirement(
    "mfa/pool-has-software-tokens",
    "Setting up a software token in a pool that does not use them may be refused.",
    MUST,
    "AssociateSoftwareToken",
    raises="SoftwareTokenMFANotFoundException InvalidParameterException",
    facts="associate-totp-disabled-pool",
)
code_verifies = requirement(
    "mfa/code-verifies",
    "The right code verifies the software token.",
    MUST,
    "VerifySoftwareToken",
    facts="verify-success-shape-token totp-parameters",
)
code_is_right = requirement(
    "mfa/code-is-right",
    "A wrong code is refused, and the right one is taken afterwards.",
    MUST,
    "VerifySoftwareToken",
    raises="EnableSoftwareTokenMFAException",
    says=("Code mismatch", "Code mismatch and fail enable Software Token MFA"),
    facts="verify-wrong-code verify-wrong-code-message-current totp-skew",
)
secret_was_given = requirement(
    "mfa/secret-was-given",
    "Verifying a software token that was not set up is refused.",
    MUST,
    "VerifySoftwareToken",
    raises="SoftwareTokenMFANotFoundException EnableSoftwareTokenMFAException InvalidParameterException "
    "NotAuthorizedException CodeMismatchException",
    evidence=(documented("API_VerifySoftwareToken: SoftwareTokenMFANotFoundException", 0.8),),
)
deletes_token = requirement(
    "mfa/deletes-token",
    "AdminDeleteSoftwareToken takes the token away: it is asked for no more, and cannot be enabled.",
    MUST,
    "AdminDeleteSoftwareToken",
    facts="admin-delete-software-token",
)
token_is_there = requirement(
    "mfa/token-is-there",
    "Taking a software token away from a user who has none may be refused.",
    MUST,
    "AdminDeleteSoftwareToken",
    raises="ResourceNotFoundException InvalidParameterException NotAuthorizedException "
    "SoftwareTokenMFANotFoundException",
    evidence=(inferred("no fact says what happens then", 0.5),),
)
preference_is_kept = requirement(
    "mfa/preference-is-kept",
    "Enabled and preferred factors are what they were last set to.",
    MUST,
    *SET,
    facts="mfapref-enabled-only-no-preferred mfapref-switch-preferred mfapref-disable-preferred-clears "
    "mfapref-admin-on-force-change-user mfapref-disable-totp-never-set",
)
one_is_preferred = requirement(
    "mfa/one-is-preferred",
    "Preferring two factors at once is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    facts="mfapref-two-preferred",
)
token_is_verified = requirement(
    "mfa/token-is-verified",
    "Enabling a software token that the user has not verified is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says=(
        "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
        "User has not set up software token mfa",
        "User has not verified software token mfa",
    ),
    facts="mfapref-enable-totp-before-setup admin-mfapref-totp-before-setup "
    "admin-mfapref-refused-before-setup-2026",
)
phone_is_there = requirement(
    "mfa/phone-is-there",
    "Enabling text messages for a user without a phone number is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says=(
        "User does not have a phone_number set to turn on SMS MFA",
        "User does not have delivery config set to turn on SMS_MFA",
    ),
    facts="mfapref-sms-without-phone",
    says_disputed=True,
)
factor_may_be_refused = requirement(
    "mfa/factor-may-be-refused",
    "Setting a factor that the pool does not use, or turning off all where MFA is required, may be refused.",
    MUST,
    *SET,
    "SetUserSettings",
    "AdminSetUserSettings",
    raises="InvalidParameterException",
    facts="mfapref-disable-all-in-on-pool",
    disputed=True,  # the API reference forbids what a recorded run did
)
settings_are_taken = requirement(
    "mfa/settings-are-taken",
    "SetUserSettings and AdminSetUserSettings take MFAOptions.",
    MUST,
    "SetUserSettings",
    "AdminSetUserSettings",
    evidence=(documented("API_SetUserSettings: no longer supported, configures SMS MFA alone", 0.65),),
)
factors_are_told = requirement(
    "mfa/factors-are-told",
    "GetUserAuthFactors tells the user's name and factors.",
    MUST,
    "GetUserAuthFactors",
    "AdminGetUserAuthFactors",
    evidence=(documented("API_GetUserAuthFactors", 0.85),),
)
first_factors_are_told = requirement(
    "mfa/first-factors-are-told",
    "ConfiguredUserAuthFactors lists the first factors that the pool allows and the user has.",
    MUST,
    "GetUserAuthFactors",
    "AdminGetUserAuthFactors",
    facts="user-auth-factors-verified-contact auth-factors-software-token",
    evidence=(documented("API_GetUserAuthFactors: ConfiguredUserAuthFactors", 0.8),),
)
