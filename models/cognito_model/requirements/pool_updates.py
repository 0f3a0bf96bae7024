"""UpdateUserPool: what it sets, what it keeps, and what it takes back to the default."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

UPDATE = ("UpdateUserPool", "DescribeUserPool")

updates_pool = requirement(
    "pool-updates/updates-pool",
    "The settings that UpdateUserPool was given are the pool's settings.",
    MUST,
    *UPDATE,
    "GetUserPoolMfaConfig",
    facts="pool-update-output-empty pool-update-tier-change pool-update-explicit-mfa-off "
    "pool-password-history-roundtrip pool-sms-auth-message-roundtrip",
)
renames_pool = requirement(
    "pool-updates/renames-pool",
    "UpdateUserPool with a PoolName renames the pool.",
    MUST,
    *UPDATE,
    facts="pool-name-updatable",
    disputed=True,  # the developer guide still calls the name unchangeable
)
keeps_mfa = requirement(
    "pool-updates/keeps-mfa",
    "UpdateUserPool without MfaConfiguration leaves MFA as it is.",
    MUST,
    *UPDATE,
    "GetUserPoolMfaConfig",
    facts="pool-update-omit-mfa-kept pool-update-factor-configuration-kept",
)
keeps_policies = requirement(
    "pool-updates/keeps-policies",
    "UpdateUserPool leaves a policy as it is that it does not name.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-policies-kept pool-update-empty-sign-in-policy",
    evidence=(Evidence("recorded", "https://github.com/go-to-k/cdkd/pull/1982", 0.9),),
)
keeps_tier = requirement(
    "pool-updates/keeps-tier",
    "UpdateUserPool without UserPoolTier leaves the pool in its tier.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-kept-2026 pool-update-tier-not-reset",
)
keeps_protection = requirement(
    "pool-updates/keeps-protection",
    "UpdateUserPool without DeletionProtection leaves the pool protected, or not.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-protection-kept",
)
keeps_tags = requirement(
    "pool-updates/keeps-tags",
    "UpdateUserPool without UserPoolTags leaves the tags as they are.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-kept-2026 pool-update-omit-tags-removed",
    disputed=True,  # measured in 2026; in 2018 they were removed, and the documentation still says so
)
keeps_recovery = requirement(
    "pool-updates/keeps-recovery",
    "UpdateUserPool without AccountRecoverySetting leaves the ways of recovery as they are.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-kept-2026",
)
keeps_sms = requirement(
    "pool-updates/keeps-sms",
    "UpdateUserPool without SmsConfiguration leaves the sender of text messages as it is.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-kept-2026",
)
keeps_sender = requirement(
    "pool-updates/keeps-sender",
    "UpdateUserPool without EmailConfiguration leaves it as it is, where Cognito sends the e-mail.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-kept-2026",
)
keeps_keys = requirement(
    "pool-updates/keeps-keys",
    "UpdateUserPool leaves the keys and the issuer of a pool as they are where it does not name them.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-kept-2026",
    disputed=True,  # named in a list of what was measured, and nowhere is it said how
)
keeps_client_registration = requirement(
    "pool-updates/keeps-client-registration",
    "UpdateUserPool without DcrConfiguration leaves dynamic client registration as it is.",
    MUST,
    *UPDATE,
    facts="pool-update-keeps-dcr",
)
resets_auto_verified = requirement(
    "pool-updates/resets-auto-verified",
    "After an UpdateUserPool without AutoVerifiedAttributes, nothing is verified automatically.",
    MUST,
    *UPDATE,
    facts="pool-update-autoverified-null-when-off",
    evidence=(
        Evidence("recorded", "https://github.com/go-to-k/cdkd/issues/2675", 0.88),
        Evidence("reported", "https://github.com/aws/aws-cli/issues/7151", 0.85),
    ),
)
resets_triggers = requirement(
    "pool-updates/resets-triggers",
    "After an UpdateUserPool without LambdaConfig, the pool has no triggers.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-lambda-removes",
    evidence=(Evidence("reported", "https://github.com/aws/aws-cli/issues/6839", 0.88),),
)
resets_threat_protection = requirement(
    "pool-updates/resets-threat-protection",
    "After an UpdateUserPool without UserPoolAddOns, the pool has none.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-addons",
)
resets_self_sign_up = requirement(
    "pool-updates/resets-self-sign-up",
    "After an UpdateUserPool without AdminCreateUserConfig, users may sign up themselves.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-reset-2026",
)
resets_verification = requirement(
    "pool-updates/resets-verification",
    "After an UpdateUserPool without VerificationMessageTemplate, users are verified by code.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-reset-2026",
)
resets_sms_message = requirement(
    "pool-updates/resets-sms-message",
    "After an UpdateUserPool without SmsAuthenticationMessage, the pool has none of its own.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-reset-2026",
)
resets_devices = requirement(
    "pool-updates/resets-devices",
    "After an UpdateUserPool without DeviceConfiguration, the pool remembers no devices.",
    MUST,
    *UPDATE,
    facts="pool-update-omit-reset-2026",
)
update_settings_stay = requirement(
    "pool-updates/update-settings-stay",
    "An UpdateUserPool that names neither AutoVerifiedAttributes nor UserAttributeUpdateSettings is refused, "
    "where attributes wait for verification.",
    MUST,
    "UpdateUserPool",
    raises="InvalidParameterException",
    says="All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
    evidence=(Evidence("reported", "https://github.com/ekristen/aws-nuke/issues/477", 0.88),),
)
unnamed_setting_is_known = requirement(
    "pool-updates/unnamed-setting-is-known",
    "A setting that UpdateUserPool does not name keeps its value or has its default.",
    MUST,
    *UPDATE,
    facts="pool-update-doc-reset-rule",
    evidence=(documented("API_UpdateUserPool: an omitted attribute is set to its default", 0.85),),
)
required_mfa_has_factor = requirement(
    "pool-updates/required-mfa-has-factor",
    "UpdateUserPool refuses to require MFA in a pool that has no second factor.",
    MUST,
    "UpdateUserPool",
    raises="InvalidParameterException",
    says="Cannot turn MFA functionality ON, once the user pool has been created.",
    facts="pool-update-mfa-on-without-factor",
)
mfa_needs_factor = requirement(
    "pool-updates/mfa-needs-factor",
    "UpdateUserPool may refuse to make MFA optional in a pool that has no second factor.",
    MUST,
    "UpdateUserPool",
    raises="InvalidParameterException",
    facts="pool-create-mfa-on-without-sms",
    evidence=(inferred("the rule is known of CreateUserPool and SetUserPoolMfaConfig", 0.6),),
    disputed=True,  # seen at creation only
)
mfa_and_passwordless = requirement(
    "pool-updates/mfa-and-passwordless",
    "UpdateUserPool is refused that adds one-time passwords to the first factors where MFA is on.",
    MUST,
    "UpdateUserPool",
    raises="InvalidParameterException",
    says="Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
    facts="pool-update-otp-while-mfa-on",
)
mfa_and_passkeys = requirement(
    "pool-updates/mfa-and-passkeys",
    "UpdateUserPool is refused that adds passkeys to the first factors where MFA is on and they count as one factor.",
    MUST,
    "UpdateUserPool",
    raises="InvalidParameterException",
    says="WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.",
    facts="pool-update-webauthn-while-mfa-on",
)
sms_mfa_stays_with_sms = requirement(
    "pool-updates/sms-mfa-stays-with-sms",
    "Turning SMS MFA off may be refused while the pool has an SmsConfiguration.",
    MUST,
    "UpdateUserPool",
    "SetUserPoolMfaConfig",
    raises="InvalidParameterException",
    says="Can't turn off SMS_MFA when SMS configuration is set for the user pool",
    facts="mfa-sms-off-error",
)
