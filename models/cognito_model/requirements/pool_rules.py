"""What the settings of a user pool may not say."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

SET = ("CreateUserPool", "UpdateUserPool")
SMS_ROLE = (*SET, "SetUserPoolMfaConfig")

alias_or_username = requirement(
    "pool-rules/alias-or-username",
    "A pool with both alias attributes and username attributes is refused.",
    MUST,
    "CreateUserPool",
    raises="InvalidParameterException",
    says=(
        "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
        "Only one of aliasAttributes or usernameAttributes can be set in a user pool.",
    ),
    facts="pool-alias-and-username-exclusive deploy-alias-or-username",
    says_facts="deploy-alias-or-username",
)
mfa_needs_sms = requirement(
    "pool-rules/mfa-needs-sms",
    "A pool that is created with MFA on or optional, and without SmsConfiguration, is refused.",
    MUST,
    "CreateUserPool",
    raises="InvalidParameterException",
    says="SMS configuration and Auto verification for phone_number are required when MFA is "
    "required/optional",
    facts="pool-create-mfa-on-without-sms",
    evidence=(documented("API_CreateUserPool: MfaConfiguration", 0.95),),
    says_facts="pool-create-mfa-on-without-sms",
)
phone_verification_needs_sms = requirement(
    "pool-rules/phone-verification-needs-sms",
    "A pool that verifies phone numbers on its own, and has no SmsConfiguration, is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="SMS configuration is required when phone_number is selected for auto verification",
    facts="pool-autoverify-phone-needs-sms",
)
update_waits_for_verified = requirement(
    "pool-rules/update-waits-for-verified",
    "Only an auto-verified attribute can require verification before it is updated.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
    evidence=(Evidence("reported", "https://github.com/aws/aws-cli/issues/7151", 0.92),),
)
admin_only_is_alone = requirement(
    "pool-rules/admin-only-is-alone",
    "An account recovery setting with admin_only beside another mechanism is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="{}Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
    facts="fp-admin-only-exclusive deploy-admin-only-alone",
    says_facts="deploy-admin-only-alone",
)
recovery_priorities_differ = requirement(
    "pool-rules/recovery-priorities-differ",
    "An account recovery setting that names a mechanism or a priority twice is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="{}Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
    facts="deploy-recovery-duplicate",
)
email_recovers_or_is_factor = requirement(
    "pool-rules/email-recovers-or-is-factor",
    "E-mail as a second factor and as the only way of recovery may be refused.",
    MUST,
    *SET,
    "SetUserPoolMfaConfig",
    raises="InvalidParameterException",
    facts="recovery-vs-email-mfa",
    disputed=True,  # documented, and pools were deployed with both
)
phone_recovers_or_is_factor = requirement(
    "pool-rules/phone-recovers-or-is-factor",
    "Text messages as a second factor and as a way of recovery may be refused.",
    MUST,
    *SET,
    "SetUserPoolMfaConfig",
    raises="InvalidParameterException",
    says="Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number "
    "as a recovery mechanism when SMS MFA is configured.",
    facts="recovery-vs-sms-mfa",
    disputed=True,  # reported once, of a pool with both ways
)
threat_protection_needs_plus = requirement(
    "pool-rules/threat-protection-needs-plus",
    "Threat protection is refused to a pool that is not in the tier PLUS.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException",
    says="The following features need to be disabled for the {} pricing tier configured: Threat Protection",
    facts="pool-advsec-needs-plus",
)
tier_change_keeps_features = requirement(
    "pool-rules/tier-change-keeps-features",
    "A change of tier that a feature of the pool rules out is refused as such, or as the feature would be.",
    MUST,
    "UpdateUserPool",
    raises="TierChangeNotAllowedException",
    says="The following features need to be disabled for the {} pricing tier configured:{}",
    facts="pool-tier-change-refused",
)
passwordless_needs_essentials = requirement(
    "pool-rules/passwordless-needs-essentials",
    "First factors beside PASSWORD are refused to a pool in the tier LITE.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException",
    says="The following features need to be disabled for the {} pricing tier configured: "
    "Passwordless Sign-In",
    facts="pool-passwordless-needs-essentials",
)
password_history_needs_essentials = requirement(
    "pool-rules/password-history-needs-essentials",
    "A password history may be refused to a pool in the tier LITE.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException InvalidParameterException",
    says="The following features need to be disabled for the {} pricing tier configured: Password History",
    facts="pw-history-max-24",
    evidence=(
        documented(
            "API_PasswordPolicyType: PasswordHistorySize, 'must be in the Essentials tier or higher'", 0.9
        ),
        documented("CDK PasswordPolicy: passwordHistorySize cannot be set when featurePlan is LITE", 0.8),
    ),
)
feature_needs_essentials = requirement(
    "pool-rules/feature-needs-essentials",
    "Dynamic client registration and names of authentication levels are refused to a pool in the tier LITE.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException InvalidParameterException",
    evidence=(documented("API_CreateUserPool: DcrConfiguration, AcrConfiguration", 0.8),),
)
password_is_first_factor = requirement(
    "pool-rules/password-is-first-factor",
    "A sign-in policy without PASSWORD is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Password should be configured as one of the allowed first auth factors.",
    facts="deploy-password-is-first-factor",
)
token_is_no_first_factor = requirement(
    "pool-rules/token-is-no-first-factor",
    "A sign-in policy with SOFTWARE_TOKEN may be refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    evidence=(
        documented("API_SignInPolicyType: 'Do not include this value in AllowedFirstAuthFactors'", 0.6),
    ),
)
sms_otp_needs_sms = requirement(
    "pool-rules/sms-otp-needs-sms",
    "A pool without SmsConfiguration is refused SMS_OTP as a first factor.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration",
    facts="createpool-sms-otp-needs-sms-config",
)
unused_account_days_are_gone = requirement(
    "pool-rules/unused-account-days-are-gone",
    "UnusedAccountValidityDays is refused beside a policy with TemporaryPasswordValidityDays.",
    MUST,
    "CreateUserPool",
    "UpdateUserPool",
    raises="InvalidParameterException",
    says="Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    facts="pool-unused-days-vs-temp-days deploy-unused-days",
)
sms_role_is_trusted = requirement(
    "pool-rules/sms-role-is-trusted",
    "An IAM role that Cognito may not assume, or that may not publish, is refused.",
    MUST,
    *SMS_ROLE,
    raises="InvalidSmsRoleTrustRelationshipException InvalidSmsRoleAccessPolicyException",
    says=(
        "Role does not have a trust relationship allowing Cognito to assume the role",
        "Role does not have permission to publish with SNS",
    ),
    facts="pool-sms-role-trust pool-sms-role-access",
)
ses_identity_is_verified = requirement(
    "pool-rules/ses-identity-is-verified",
    "A SES identity that is not verified, or that Cognito may not use, is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException InvalidEmailRoleAccessPolicyException",
    says="Cognito received the following error from Amazon SES when attempting to send email:{}",
    facts="pool-ses-unverified deploy-default-sender-source",
)
developer_has_source = requirement(
    "pool-rules/developer-has-source",
    "An EmailConfiguration with EmailSendingAccount DEVELOPER and without a SourceArn is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Source ARN is required to use DEVELOPER email sending owner",
    facts="deploy-developer-needs-source",
)
sender_is_address = requirement(
    "pool-rules/sender-is-address",
    "A DEVELOPER EmailConfiguration whose From holds no address is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Provided From email address is invalid",
    facts="deploy-from-is-address",
)
custom_sender_has_key = requirement(
    "pool-rules/custom-sender-has-key",
    "A CustomEmailSender or CustomSMSSender without a KMSKeyID is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
    facts="deploy-custom-sender-needs-key deploy-custom-sms-sender-needs-key",
)
token_generation_is_one_function = requirement(
    "pool-rules/token-generation-is-one-function",
    "A PreTokenGeneration that is not the function of PreTokenGenerationConfig is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
    facts="deploy-pre-token-one-function",
)
token_generation_needs_essentials = requirement(
    "pool-rules/token-generation-needs-essentials",
    "A PreTokenGenerationConfig of LambdaVersion V2_0 or later is refused to a pool in the tier LITE.",
    MUST,
    *SET,
    raises="FeatureUnavailableInTierException",
    says="The following features need to be disabled for the {} pricing tier configured: Token Customization with "
    "Pre-Token Generation Lambda {}",
    facts="deploy-pre-token-tier",
)
invitation_has_placeholder = requirement(
    "pool-rules/invitation-has-placeholder",
    "An invitation, by e-mail or SMS, without {####} is refused where users have passwords.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    facts="deploy-invite-placeholder deploy-invite-sms-placeholder",
)
level_names_differ = requirement(
    "pool-rules/level-names-differ",
    "Two authentication levels of the same name, default names included, are refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    evidence=(documented("API_CreateUserPool: AcrConfiguration, 'Each name must be unique'", 0.85),),
)
sms_configuration_is_not_empty = requirement(
    "pool-rules/sms-configuration-is-not-empty",
    "An SmsConfiguration without any member is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    facts="pool-update-empty-structs-rejected",
    disputed=True,  # since then SnsCallerArn has ceased to be required
)
sms_configuration_has_sender = requirement(
    "pool-rules/sms-configuration-has-sender",
    "An SmsConfiguration that says neither which role sends messages, nor that another service does, may be refused.",
    MUST,
    *SMS_ROLE,
    raises="InvalidParameterException",
    evidence=(documented("API_SmsConfigurationType: 'provide either' SnsCallerArn or EumsSms", 0.8),),
)
template_is_of_one_kind = requirement(
    "pool-rules/template-is-of-one-kind",
    "A verification template with both a code and a link message is accepted, or refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    facts="pool-verification-template-both",
    disputed=True,  # the documentation forbids what recorded tests do
)
trigger_is_in_region = requirement(
    "pool-rules/trigger-is-in-region",
    "A trigger that is a function of another region than the pool's is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Cross-region lambda functions are not supported",
    facts="deploy-trigger-region",
)
sender_key_is_in_region = requirement(
    "pool-rules/sender-key-is-in-region",
    "A custom sender whose KMSKeyID is of another region than the pool's is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Encountered error when CreateGrant was attempted on the input KMS key -{}",
    facts="deploy-sender-key-region",
)
email_source_is_in_region = requirement(
    "pool-rules/email-source-is-in-region",
    "An EmailConfiguration whose SourceArn is of a region that Cognito does not send e-mail from is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Invalid EmailConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions:{}",
    facts="deploy-email-source-region",
)
sns_region_is_allowed = requirement(
    "pool-rules/sns-region-is-allowed",
    "An SmsConfiguration whose SnsRegion is none that the pool's region may use is refused.",
    MUST,
    *SMS_ROLE,
    raises="InvalidParameterException",
    says="Invalid snsRegion. Allowed SNS region for {} is {}",
    facts="deploy-sns-region",
)
sms_role_is_of_account = requirement(
    "pool-rules/sms-role-is-of-account",
    "An SMS role of another account is refused.",
    MUST,
    *SMS_ROLE,
    raises="InvalidParameterException NotAuthorizedException",
    says="Cross-account pass role is not allowed.",
    facts="deploy-sms-role-account",
)
registration_ends_before_lite = requirement(
    "pool-rules/registration-ends-before-lite",
    "A pool goes to the tier LITE only if its dynamic client registration is disabled.",
    MUST,
    "UpdateUserPool",
    raises="FeatureUnavailableInTierException InvalidParameterException",
    facts="pool-lite-ends-dcr",
)
one_sms_service = requirement(
    "pool-rules/one-sms-service",
    "An SmsConfiguration with both SnsCallerArn and EumsSms may be refused.",
    MUST,
    *SMS_ROLE,
    raises="InvalidParameterException",
    evidence=(
        documented(
            "API_SmsConfigurationType: EumsSms, 'provide either the Amazon SNS configuration … but not both'",
            0.8,
        ),
    ),
)
