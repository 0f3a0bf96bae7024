"""GetUserPoolMfaConfig and SetUserPoolMfaConfig: a pool's second factors and passkeys."""

from cognito_model.requirement import MUST, documented, requirement

SET = "SetUserPoolMfaConfig"

shows_mfa = requirement(
    "mfa-config/shows-mfa",
    "GetUserPoolMfaConfig answers MfaConfiguration and the factors that are configured.",
    MUST,
    "GetUserPoolMfaConfig",
    facts="pool-default-mfa-config-has-no-totp",
    evidence=(
        documented(
            "API_GetUserPoolMfaConfig: SmsMfaConfiguration has the configuration for sending with SNS", 0.85
        ),
    ),
)
sets_mfa = requirement(
    "mfa-config/sets-mfa",
    "SetUserPoolMfaConfig sets MfaConfiguration and the factors that it names, and answers with them.",
    MUST,
    SET,
    "GetUserPoolMfaConfig",
    "DescribeUserPool",
    facts="mfa-optional-vs-otp-first-factor mfa-email-empty-block mfa-set-full-replace",
)
replaces_all = requirement(
    "mfa-config/replaces-all",
    "A factor that SetUserPoolMfaConfig does not name is off afterwards, and MFA without MfaConfiguration.",
    MUST,
    SET,
    "GetUserPoolMfaConfig",
    "DescribeUserPool",
    facts="mfa-set-full-replace mfa-omitted-webauthn-is-single",
)
no_totp_unless_set = requirement(
    "mfa-config/no-totp-unless-set",
    "GetUserPoolMfaConfig shows no SoftwareTokenMfaConfiguration where none was set.",
    MUST,
    "GetUserPoolMfaConfig",
    facts="pool-default-mfa-config-has-no-totp",
)
off_has_no_factor = requirement(
    "mfa-config/off-has-no-factor",
    "A factor beside MfaConfiguration OFF, or without MfaConfiguration, is refused.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    facts="mfa-off-plus-factor poolmfa-off-plus-email-block",
)
on_has_factor = requirement(
    "mfa-config/on-has-factor",
    "MfaConfiguration ON or OPTIONAL without any factor is refused; beside one that is off it may be.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says=(
        "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
        "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
    ),
    facts="mfa-optional-no-factor mfa-no-factor-older-wording mfa-on-token-off",
)
email_needs_ses = requirement(
    "mfa-config/email-needs-ses",
    "E-mail as a factor is refused in a pool whose e-mail Cognito sends itself.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount "
    "of COGNITO_DEFAULT",
    facts="mfa-email-needs-ses",
)
email_needs_essentials = requirement(
    "mfa-config/email-needs-essentials",
    "E-mail as a factor is refused to a pool in the tier LITE.",
    MUST,
    SET,
    raises="FeatureUnavailableInTierException",
    evidence=(
        documented("API_SetUserPoolMfaConfig: EmailMfaConfiguration, 'Essentials tier or higher'", 0.85),
    ),
)
sms_needs_configuration = requirement(
    "mfa-config/sms-needs-configuration",
    "SMS as a factor may be refused in a pool that has no SmsConfiguration, given with it or before.",
    MUST,
    SET,
    raises="InvalidParameterException",
    evidence=(documented("API_SetUserPoolMfaConfig: SmsMfaConfiguration, SmsConfiguration", 0.7),),
)
required_mfa_needs_password = requirement(
    "mfa-config/required-mfa-needs-password",
    "MfaConfiguration ON is refused where one-time passwords are first factors.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
    facts="mfa-on-vs-otp-first-factor",
)
relying_party_is_no_suffix = requirement(
    "mfa-config/relying-party-is-no-suffix",
    "A public suffix is refused as the relying party of passkeys.",
    MUST,
    SET,
    raises="InvalidParameterException",
    facts="mfa-relying-party-public-suffix",
    disputed=True,  # documented without a word on the error
)
required_mfa_needs_verified_passkey = requirement(
    "mfa-config/required-mfa-needs-verified-passkey",
    "MfaConfiguration ON is refused where passkeys are a first factor and count as a single one.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an "
    "allowed first auth factor",
    facts="mfa-on-vs-webauthn-single mfa-omitted-webauthn-is-single",
)
