"""How codes reach users, and what the answer says of it."""

from cognito_model.requirement import MUST, SHOULD, requirement

SENDERS = (
    "SignUp",
    "ResendConfirmationCode",
    "ForgotPassword",
    "GetUserAttributeVerificationCode",
    "UpdateUserAttributes",
)

delivery_names_attribute = requirement(
    "delivery/delivery-names-attribute",
    "CodeDeliveryDetails name the attribute and the medium through which the code went.",
    MUST,
    *SENDERS,
    facts="signup-autoverify-email-delivery-details signup-both-autoverified-sms-wins resend-happy fp-happy",
)
destination_is_masked = requirement(
    "delivery/destination-is-masked",
    "The destination in CodeDeliveryDetails is masked.",
    MUST,
    *SENDERS,
    facts="signup-autoverify-email-delivery-details resend-happy fp-happy guavc-happy-mask",
)
mask_keeps_first_letters = requirement(
    "delivery/mask-keeps-first-letters",
    "A masked e-mail address shows the first letters of name and domain, as in t***@t***; a phone number "
    "its last four "
    "digits.",
    SHOULD,
    *SENDERS,
    facts="signup-autoverify-email-delivery-details resend-happy fp-happy guavc-happy-mask",
)
message_may_not_go_out = requirement(
    "delivery/message-may-not-go-out",
    "A request that sends a message may be refused when the message cannot go out, or the day's share is "
    "used up.",
    MUST,
    *SENDERS,
    "AdminCreateUser",
    "AdminResetUserPassword",
    raises="CodeDeliveryFailureException InvalidSmsRoleAccessPolicyException "
    "InvalidSmsRoleTrustRelationshipException InvalidEmailRoleAccessPolicyException LimitExceededException",
    facts="signup-code-delivery-failure-creates-user thr-email-daily resend-daily-email-limit",
)
text_needs_configuration = requirement(
    "delivery/text-needs-configuration",
    "A request that sends a text message may be refused where the pool has no SMS configuration.",
    MUST,
    *SENDERS,
    "AdminCreateUser",
    "AdminResetUserPassword",
    raises="InvalidParameterException",
    facts="sms-configuration-missing",
)
