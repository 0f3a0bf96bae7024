"""What a user attribute must be, whoever writes it."""

from cognito_model.requirement import MUST, documented, requirement

WRITERS = ("SignUp", "AdminCreateUser", "UpdateUserAttributes", "AdminUpdateUserAttributes")

attribute_is_in_schema = requirement(
    "attributes/attribute-is-in-schema",
    "Writing an attribute that the pool's schema does not have is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says=(
        "Attributes did not conform to the schema: {}: Attribute does not exist in the schema.",
        "user.{}: Attribute does not exist in the schema.",
        "{}Attribute does not exist in the schema.{}",
    ),
    facts="signup-unknown-attr-message signup-custom-without-prefix auua-unknown-attr uua-unknown-attr",
)
value_keeps_length = requirement(
    "attributes/value-keeps-length",
    "A value shorter or longer than the schema allows is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says=("{}String must be no shorter than {} characters{}", "{}String must be no longer than {} characters{}"),
    facts="auua-too-short auua-too-long signup-birthdate-length-message schema-value-max",
    says_facts="auua-too-short signup-birthdate-length-message",
)
value_has_type = requirement(
    "attributes/value-has-type",
    "A value of a Number attribute that is no number, or out of its bounds, is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    evidence=(documented("Developer guide, custom attributes: data type and constraints", 0.85),),
)
email_is_well_formed = requirement(
    "attributes/email-is-well-formed",
    "An e-mail attribute that is no e-mail address is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says="Invalid email address format.",
    facts="signup-invalid-email acu-invalid-email auua-invalid-email uua-invalid-email",
)
phone_is_well_formed = requirement(
    "attributes/phone-is-well-formed",
    "A phone number without plus sign and digits alone is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says="Invalid phone number format.",
    facts="auua-invalid-phone auua-phone-lenient",
)
sub_is_not_written = requirement(
    "attributes/sub-is-not-written",
    "Writing the attribute sub is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says="Cannot modify the non-mutable attribute sub",
    facts="auua-sub acu-sub-rejected",
)
required_attribute_is_given = requirement(
    "attributes/required-attribute-is-given",
    "A new user without an attribute that the schema requires is refused.",
    MUST,
    "SignUp",
    raises="InvalidParameterException",
    facts="signup-missing-required-attr",
)
client_may_write = requirement(
    "attributes/client-may-write",
    "Writing an attribute through an app client that may not write it is refused.",
    MUST,
    "SignUp",
    "UpdateUserAttributes",
    raises="NotAuthorizedException",
    says="A client attempted to write unauthorized attribute",
    facts="signup-write-permission-denied uua-write-permission",
)
verified_flag_is_not_writable = requirement(
    "attributes/verified-flag-is-not-writable",
    "A user may not sign up with email_verified or phone_number_verified set.",
    MUST,
    "SignUp",
    raises="NotAuthorizedException",
    says="A client attempted to write unauthorized attribute",
    facts="signup-email-verified-not-writable",
)
