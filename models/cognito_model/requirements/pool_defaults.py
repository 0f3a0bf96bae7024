"""What a user pool has where nothing was asked for."""

from cognito_model.requirement import MUST, SHOULD, Evidence, documented, inferred, requirement

CREATE = ("CreateUserPool", "DescribeUserPool")

mfa_is_off = requirement(
    "pool-defaults/mfa-is-off",
    "A pool that was created without MfaConfiguration has MfaConfiguration OFF.",
    MUST,
    *CREATE,
    "GetUserPoolMfaConfig",
    facts="pool-default-mfa-off pool-default-mfa-config-has-no-totp",
)
password_policy = requirement(
    "pool-defaults/password-policy",
    "A pool without a password policy asks for eight characters of all four kinds; a temporary password "
    "counts seven days.",
    MUST,
    *CREATE,
    facts="pool-default-password-policy",
)
minimum_length_is_eight = requirement(
    "pool-defaults/minimum-length-is-eight",
    "A password policy without MinimumLength asks for eight characters.",
    MUST,
    *CREATE,
    "UpdateUserPool",
    facts="pool-partial-password-policy-minlength",
)
temporary_password_counts_seven_days = requirement(
    "pool-defaults/temporary-password-counts-seven-days",
    "A password policy whose TemporaryPasswordValidityDays is missing or 0 has 7.",
    MUST,
    *CREATE,
    "UpdateUserPool",
    evidence=(
        documented("API_PasswordPolicyType: TemporaryPasswordValidityDays, 'Defaults to 7 … 0'", 0.85),
        Evidence(
            "reported",
            "https://github.com/ustaxcourt/ef-cms/issues/370",
            0.88,
            note="Terraform sends 0, 7 comes back",
        ),
    ),
)
unset_requirement_is_off = requirement(
    "pool-defaults/unset-requirement-is-off",
    "A password policy asks for no kind of character that it does not name.",
    MUST,
    *CREATE,
    evidence=(
        inferred("PasswordPolicyType's booleans are primitives; no source shows a partial policy", 0.6),
    ),
)
sign_in_policy = requirement(
    "pool-defaults/sign-in-policy",
    "A pool without a sign-in policy allows PASSWORD alone as the first factor.",
    MUST,
    *CREATE,
    facts="pool-default-signin-policy",
)
tier_is_essentials = requirement(
    "pool-defaults/tier-is-essentials",
    "A pool that was created without UserPoolTier is in the tier ESSENTIALS.",
    MUST,
    *CREATE,
    facts="pool-default-tier",
)
deletion_protection_is_inactive = requirement(
    "pool-defaults/deletion-protection-is-inactive",
    "A pool that was created without DeletionProtection shows INACTIVE.",
    MUST,
    *CREATE,
    evidence=(
        documented("API_CreateUserPool, response example: DeletionProtection INACTIVE", 0.75),
        Evidence(
            "recorded",
            "hashicorp/terraform-provider-aws user_pool_test.go: deletion_protection INACTIVE",
            0.85,
        ),
    ),
)
anyone_may_sign_up = requirement(
    "pool-defaults/anyone-may-sign-up",
    "A pool that was created without AllowAdminCreateUserOnly has it false.",
    MUST,
    *CREATE,
    facts="pool-default-admin-create-user",
)
unused_account_days_mirror = requirement(
    "pool-defaults/unused-account-days-mirror",
    "AdminCreateUserConfig shows as UnusedAccountValidityDays the policy's TemporaryPasswordValidityDays.",
    MUST,
    *CREATE,
    facts="pool-default-unused-account-days-mirrors",
)
email_is_sent_by_cognito = requirement(
    "pool-defaults/email-is-sent-by-cognito",
    "A pool without EmailConfiguration shows EmailSendingAccount COGNITO_DEFAULT.",
    MUST,
    *CREATE,
    facts="pool-default-email-config",
)
verification_is_by_code = requirement(
    "pool-defaults/verification-is-by-code",
    "A pool without a VerificationMessageTemplate shows DefaultEmailOption CONFIRM_WITH_CODE.",
    MUST,
    *CREATE,
    facts="pool-default-verification-template",
)
no_triggers = requirement(
    "pool-defaults/no-triggers",
    "A pool without triggers shows an empty LambdaConfig.",
    MUST,
    *CREATE,
    "ListUserPools",
    facts="pool-list-item-shape pool-default-lambdaconfig-empty",
)
no_sms_configuration = requirement(
    "pool-defaults/no-sms-configuration",
    "A pool without SmsConfiguration shows none.",
    MUST,
    *CREATE,
    facts="pool-default-no-sms-config",
)
no_tags = requirement(
    "pool-defaults/no-tags",
    "A pool without tags shows none.",
    MUST,
    *CREATE,
    facts="pool-default-tags-empty",
)
no_username_configuration = requirement(
    "pool-defaults/no-username-configuration",
    "A pool that was created without UsernameConfiguration shows none.",
    MUST,
    *CREATE,
    facts="pool-username-config-default",
    evidence=(
        Evidence(
            "recorded",
            "hashicorp/terraform-provider-aws:internal/service/cognitoidp/user_pool.go, username_configuration",
            0.85,
            note="not computed and read from each answer: its acceptance tests would show a difference",
        ),
    ),
)
no_sign_in_attributes = requirement(
    "pool-defaults/no-sign-in-attributes",
    "A pool without alias or username attributes shows none.",
    MUST,
    *CREATE,
    facts="pool-update-autoverified-null-when-off",
    evidence=(
        Evidence("recorded", "https://github.com/kengraf/nadialin (describe-user-pool output of 2023)", 0.8),
    ),
)
nothing_auto_verified = requirement(
    "pool-defaults/nothing-auto-verified",
    "A pool without auto-verified attributes shows none.",
    MUST,
    *CREATE,
    "UpdateUserPool",
    facts="pool-update-autoverified-null-when-off",
    evidence=(documented("API_UpdateUserPool: an omitted attribute is set to its default", 0.85),),
)
no_device_tracking = requirement(
    "pool-defaults/no-device-tracking",
    "A pool that was created without DeviceConfiguration shows none.",
    MUST,
    *CREATE,
    evidence=(
        documented("API_UserPoolType: DeviceConfiguration, 'A null value indicates … deactivated'", 0.9),
        Evidence("recorded", "https://github.com/kengraf/nadialin (describe-user-pool output of 2023)", 0.8),
    ),
)
no_threat_protection = requirement(
    "pool-defaults/no-threat-protection",
    "A pool that was created without UserPoolAddOns shows none.",
    MUST,
    *CREATE,
    facts="pool-update-omit-addons",
    evidence=(
        Evidence("recorded", "https://github.com/kengraf/nadialin (describe-user-pool output of 2023)", 0.8),
    ),
)
account_recovery = requirement(
    "pool-defaults/account-recovery",
    "A pool without AccountRecoverySetting shows none, or e-mail before phone.",
    MUST,
    *CREATE,
    facts="pool-default-account-recovery-present",
    disputed=True,  # 2021 tests and the documentation say absent, 2025 recordings say present
)
no_update_waits = requirement(
    "pool-defaults/no-update-waits",
    "In a pool without UserAttributeUpdateSettings no update waits for verification.",
    MUST,
    *CREATE,
    facts="pool-default-update-settings",
)
key_is_owned_by_aws = requirement(
    "pool-defaults/key-is-owned-by-aws",
    "A pool without KeyConfiguration or IssuerConfiguration shows none, or AWS_OWNED_KEY and ORIGINAL.",
    SHOULD,
    *CREATE,
    facts="pool-default-issuer-and-key",
)
acr_levels = requirement(
    "pool-defaults/acr-levels",
    "A pool shows the names of all four authentication levels, its own or the default ones.",
    SHOULD,
    *CREATE,
    facts="pool-default-acr-merged",
)
