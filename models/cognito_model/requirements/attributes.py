"""What a user attribute must be, whoever writes it."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

CREATORS = ("SignUp", "AdminCreateUser")
UPDATERS = ("UpdateUserAttributes", "AdminUpdateUserAttributes")
WRITERS = (*CREATORS, *UPDATERS)
USERS = ("SignUp", "UpdateUserAttributes")

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
        "{}Type for attribute {} could not be determined{}",
    ),
    facts="signup-unknown-attr-message signup-custom-without-prefix auua-unknown-attr uua-unknown-attr "
    "schema-type-unknown-text",
)
value_keeps_length = requirement(
    "attributes/value-keeps-length",
    "A value shorter or longer than the schema allows is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says=(
        "{}String must be no shorter than {} characters{}",
        "{}String must be no longer than {} characters{}",
    ),
    facts="auua-too-short auua-too-long signup-birthdate-length-message schema-value-max "
    "schema-birthdate-minlength uua-birthdate-old-text",
    says_facts="auua-too-short signup-birthdate-length-message",
)
value_has_type = requirement(
    "attributes/value-has-type",
    "A value that is no number, truth value or date is refused where the schema says that it is one.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    # In which words it is refused nobody has told.
    evidence=(
        documented(
            "API_SchemaAttributeType: 'Amazon Cognito validates the input against the data type'", 0.8
        ),
        documented("Developer guide, custom attributes: data type and constraints", 0.6),
    ),
)
value_keeps_bounds = requirement(
    "attributes/value-keeps-bounds",
    "A number below the minimum or above the maximum of its attribute is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    # That there is a smallest and a largest number is documented, how another one is refused is not.
    evidence=(documented("API_NumberAttributeConstraintsType: MinValue, MaxValue", 0.6),),
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
SUB_IS_FIXED = "Cannot modify the non-mutable attribute sub"
sub_is_not_written = requirement(
    "attributes/sub-is-not-written",
    "Writing the attribute sub is refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    says=SUB_IS_FIXED,
    facts="auua-sub acu-sub-rejected",
)
identities_are_the_services = requirement(
    "attributes/identities-are-the-services",
    "Writing the attribute identities, which tells of linked providers, may be refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException NotAuthorizedException",
    evidence=(
        inferred(
            "the service writes it when providers are linked; no fact says what a client's value does", 0.5
        ),
    ),
)
required_attribute_is_given = requirement(
    "attributes/required-attribute-is-given",
    "A new user without an attribute that the schema requires is refused.",
    MUST,
    "SignUp",
    raises="InvalidParameterException",
    says=(
        "Attributes did not conform to the schema: {}: The attribute is required",
        "Attributes did not conform to the schema: {}: The attribute {} is required",
    ),
    facts="signup-missing-required-attr signup-required-blank",
    evidence=(
        Evidence("reported", "https://github.com/furaiev/amazon-cognito-identity-dart-2/issues/89", 0.85),
    ),
)
new_value_is_given = requirement(
    "attributes/new-value-is-given",
    "A new user with an attribute without a value may be refused.",
    MUST,
    *CREATORS,
    raises="InvalidParameterException",
    evidence=(inferred("an update refuses null (auua-null-value); no fact tells of sign-up", 0.5),),
)
name_comes_once = requirement(
    "attributes/name-comes-once",
    "A list that names an attribute twice may be refused.",
    MUST,
    *WRITERS,
    raises="InvalidParameterException",
    evidence=(inferred("no fact says whether the first or the last value counts, or neither", 0.5),),
)
client_may_write = requirement(
    "attributes/client-may-write",
    "Writing an attribute through an app client that may not write it is refused.",
    MUST,
    *USERS,
    raises="NotAuthorizedException",
    says="A client attempted to write unauthorized attribute",
    facts="signup-write-permission-denied uua-write-permission schema-required-always-writable "
    "schema-unauthorised-vs-unknown-order",
    says_facts="signup-write-permission-denied uua-write-permission",
)
developer_attribute_is_the_administrators = requirement(
    "attributes/developer-attribute-is-the-administrators",
    "A user may not write an attribute that is for developers only.",
    MUST,
    *USERS,
    raises="NotAuthorizedException InvalidParameterException",
    facts="schema-dev-attribute",
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
