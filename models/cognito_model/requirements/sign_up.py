"""Sign-up, and what holds of the username of every new user."""

from cognito_model.requirement import MUST, documented, requirement

creates_unconfirmed_user = requirement(
    "sign-up/creates-unconfirmed-user",
    "A sign-up creates a user whose status is UNCONFIRMED, and answers with the new user's sub.",
    MUST,
    "SignUp",
    facts="signup-default-no-delivery-details signup-initial-status",
)
username_is_free = requirement(
    "sign-up/username-is-free",
    "A sign-up with a username that the pool already has is refused.",
    MUST,
    "SignUp",
    raises="UsernameExistsException",
    says=("User already exists", "An account with the given {} already exists."),
    facts="signup-duplicate-username signup-duplicate-ignores-puee signup-username-attr-duplicate-phone "
    "username-attr-unverified-unique case-insensitive-duplicate case-sensitive-distinct "
    "signup-alias-duplicate-email-ok",
)
pool_allows_sign_up = requirement(
    "sign-up/pool-allows-sign-up",
    "A sign-up to a pool in which only administrators create users is refused.",
    MUST,
    "SignUp",
    raises="NotAuthorizedException",
    says="SignUp is not permitted for this user pool",
    facts="signup-disabled-by-pool",
)
username_is_no_alias = requirement(
    "sign-up/username-is-no-alias",
    "A username in the format of an e-mail address or phone number is refused where that is an alias.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    raises="InvalidParameterException",
    says=(
        "Username cannot be of email format, since user pool is configured for email alias.",
        "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    ),
    facts="signup-email-alias-email-username signup-phone-alias-phone-username acu-alias-email-username",
)
username_is_sign_in_attribute = requirement(
    "sign-up/username-is-sign-in-attribute",
    "Where users sign in with an e-mail address or phone number, any other username is refused.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    raises="InvalidParameterException",
    says=(
        "Username should be an email.",
        "Username should be either an email or a phone number.",
        "Username should be a phone number.",
    ),
    facts="signup-username-attr-email-format signup-username-attr-both-format acu-username-attr-bad-format "
    "signup-username-attr-phone-format acu-resend-by-generated-username",
)
attribute_is_username = requirement(
    "sign-up/attribute-is-username",
    "Where users sign up with an e-mail address and nothing else, it is no other than the attribute, where that is given; "
    "of a phone number, where either will do, and of one that differs in case alone, that is likely.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    raises="InvalidParameterException",
    says=(
        "User email should be empty or same as username, since username attribute is email.",
        "User phone number should be empty or same as username, since username attribute is phone_number.",
        "User {} should be empty or same as username, since username attribute is {}.",
    ),
    facts="signup-username-attr-contradicted acu-username-attr-contradicted username-attr-phone-contradicted",
)
username_becomes_attribute = requirement(
    "sign-up/username-becomes-attribute",
    "The e-mail address or phone number that a user signs up with in place of a username becomes the "
    "attribute.",
    MUST,
    "SignUp",
    facts="signup-username-attr-autopopulates-email signup-username-attr-phone-autopopulates",
)
username_becomes_sub = requirement(
    "sign-up/username-becomes-sub",
    "Where users sign in with an e-mail address or phone number, the stored username is the user's sub.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    facts="signup-username-attr-username-is-sub acu-username-attr-returns-uuid",
)
preferred_username_waits = requirement(
    "sign-up/preferred-username-waits",
    "Where preferred_username is an alias, a sign-up that sets it is refused.",
    MUST,
    "SignUp",
    raises="InvalidParameterException",
    says="Preferred username cannot be provided for unconfirmed account, since user pool is configured for "
    "preferred "
    "username alias.",
    facts="signup-preferred-username-alias-rejected",
)
attributes_are_stored = requirement(
    "sign-up/attributes-are-stored",
    "The attributes of a sign-up are the new user's attributes.",
    MUST,
    "SignUp",
    facts="schema-immutable-at-creation signup-plain-pool-duplicate-email-ok",
    evidence=(documented("API_SignUp: UserAttributes", 0.95),),
)
password_is_given = requirement(
    "sign-up/password-is-given",
    "A sign-up without a password is refused where the pool has no other way to sign in.",
    MUST,
    "SignUp",
    raises="InvalidParameterException InvalidPasswordException",
    facts="signup-no-password-normal-pool",
    evidence=(
        documented(
            "API_SignUp: Password, 'Users can sign up without a password when your user pool supports passwordless "
            "sign-in with email or SMS OTPs'",
            0.85,
        ),
    ),
)
passwordless_needs_contact = requirement(
    "sign-up/passwordless-needs-contact",
    "A new user without a password may be refused without an e-mail address or phone number to send codes "
    "to.",
    MUST,
    "SignUp",
    "AdminCreateUser",
    raises="InvalidParameterException InvalidPasswordException",
    evidence=(documented("API_AdminCreateUser: UserAttributes, without a TemporaryPassword", 0.75),),
)
link_needs_domain = requirement(
    "sign-up/link-needs-domain",
    "Where users confirm with a link, a sign-up or another message is refused as long as the pool has no "
    "domain.",
    MUST,
    "SignUp",
    "ResendConfirmationCode",
    raises="InvalidParameterException",
    says="Cannot perform specific action because there does not exist a valid use pool domain associated "
    "with the "
    "user pool",
    facts="domain-needed-for-link",
)
delivers_code = requirement(
    "sign-up/delivers-code",
    "A sign-up with an auto-verified attribute sends a code to it, phone before e-mail.",
    MUST,
    "SignUp",
    facts="signup-autoverify-email-delivery-details signup-both-autoverified-sms-wins",
)
contact_is_unverified = requirement(
    "sign-up/contact-is-unverified",
    "The e-mail address and the phone number of a user who signed up are not verified.",
    MUST,
    "SignUp",
    facts="signup-contact-shows-unverified lu-unconfirmed-no-email-verified",
)
no_code_without_auto_verification = requirement(
    "sign-up/no-code-without-auto-verification",
    "A sign-up without an auto-verified attribute answers no CodeDeliveryDetails.",
    MUST,
    "SignUp",
    facts="signup-default-no-delivery-details signup-email-not-autoverified-no-details",
)
