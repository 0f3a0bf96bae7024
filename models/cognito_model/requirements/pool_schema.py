"""The schema of a user pool: the standard attributes, custom attributes, and what a schema may not say."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

CREATE = ("CreateUserPool", "DescribeUserPool")
ADD = ("CreateUserPool", "AddCustomAttributes")

string_attributes = requirement(
    "pool-schema/string-attributes",
    "A pool's schema has the standard attributes; a string is mutable, optional, and up to 2048 characters.",
    MUST,
    *CREATE,
    facts="pool-schema-21-attributes pool-schema-string-defaults",
)
sub_is_fixed = requirement(
    "pool-schema/sub-is-fixed",
    "The attribute sub is required, immutable and 1 to 2048 characters long.",
    MUST,
    *CREATE,
    facts="pool-schema-sub-shape",
)
birthdate_has_ten_characters = requirement(
    "pool-schema/birthdate-has-ten-characters",
    "The attribute birthdate is just ten characters long.",
    MUST,
    *CREATE,
    facts="pool-schema-birthdate",
)
verified_flags_are_boolean = requirement(
    "pool-schema/verified-flags-are-boolean",
    "The attributes email_verified and phone_number_verified are booleans without constraints.",
    MUST,
    *CREATE,
    facts="pool-schema-verified-flags",
)
updated_at_is_number = requirement(
    "pool-schema/updated-at-is-number",
    "The attribute updated_at is a number from 0.",
    MUST,
    *CREATE,
    evidence=(
        Evidence("recorded", "https://github.com/kengraf/nadialin (describe-user-pool output of 2023)", 0.85),
        documented("AWS CLI example of cognito-idp create-user-pool", 0.85),
    ),
)
identities_is_listed = requirement(
    "pool-schema/identities-is-listed",
    "A pool's schema has an attribute identities, a string without constraints.",
    MUST,
    *CREATE,
    facts="pool-schema-21-attributes pool-schema-identities-shape",
    disputed=True,  # recordings of 2023 have 20 attributes, those from 2024 on have 21
)
custom_attribute_has_prefix = requirement(
    "pool-schema/custom-attribute-has-prefix",
    "A custom attribute that a pool is created with is in its schema under custom: and its name.",
    MUST,
    *CREATE,
    facts="pool-schema-custom-prefix",
)
developer_attribute_has_prefix = requirement(
    "pool-schema/developer-attribute-has-prefix",
    "A developer-only attribute is in the schema under dev: and its name.",
    MUST,
    *CREATE,
    "AddCustomAttributes",
    facts="pool-schema-dev-only-prefix",
    evidence=(
        documented("API_CreateUserPool, example: mydev is answered as dev:custom:mydev", 0.85),
        Evidence(
            "reported",
            "public files, repositories not identified (applications that write dev:custom:role, dev:custom:id)",
            0.8,
        ),
    ),
)
standard_attribute_is_declared = requirement(
    "pool-schema/standard-attribute-is-declared",
    "A standard attribute that the schema of CreateUserPool names is required, and bounded, as it says.",
    MUST,
    *CREATE,
    facts="pool-schema-standard-attr-no-type",
)
declared_attribute_is_immutable = requirement(
    "pool-schema/declared-attribute-is-immutable",
    "An attribute that a schema names without Mutable is immutable.",
    MUST,
    *CREATE,
    "AddCustomAttributes",
    evidence=(Evidence("reported", "https://github.com/aws/aws-cdk/issues/8624", 0.85),),
)
preferred_username_alias_is_optional = requirement(
    "pool-schema/preferred-username-alias-is-optional",
    "A pool cannot require preferred_username and have it for an alias.",
    MUST,
    "CreateUserPool",
    raises="InvalidParameterException",
    facts="alias-preferred-required-exclusive",
)
custom_attribute_has_type = requirement(
    "pool-schema/custom-attribute-has-type",
    "A custom attribute without AttributeDataType is refused.",
    MUST,
    *ADD,
    raises="InvalidParameterException",
    says="Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    facts="pool-schema-custom-attr-no-type",
)
standard_attribute_keeps_type = requirement(
    "pool-schema/standard-attribute-keeps-type",
    "A schema that gives a standard attribute another type, or makes it developer-only, is refused.",
    MUST,
    "CreateUserPool",
    raises="InvalidParameterException",
    says="You can not change AttributeDataType or set developerOnlyAttribute for standard schema "
    "attribute {}",
    facts="pool-schema-standard-attr-wrong-type",
)
custom_attribute_is_optional = requirement(
    "pool-schema/custom-attribute-is-optional",
    "A custom attribute that is required is refused.",
    MUST,
    *ADD,
    raises="InvalidParameterException",
    says="Required custom attributes are not supported currently.",
    facts="pool-schema-required-custom",
)
custom_name_is_plain = requirement(
    "pool-schema/custom-name-is-plain",
    "The name of a custom attribute that does not begin with a letter or an underscore, or has others than letters, "
    "digits, $, - and _ in it, may be refused.",
    MUST,
    *ADD,
    raises="InvalidParameterException",
    facts="pool-schema-custom-name-rules pool-schema-custom-twice",
)
adds_custom_attribute = requirement(
    "pool-schema/adds-custom-attribute",
    "AddCustomAttributes adds custom: and each name to the pool's schema.",
    MUST,
    "AddCustomAttributes",
    "DescribeUserPool",
    facts="pool-addcustom-keeps-pool pool-schema-custom-prefix",
)
custom_attribute_is_new = requirement(
    "pool-schema/custom-attribute-is-new",
    "A custom attribute that the pool already has is refused.",
    MUST,
    *ADD,
    raises="InvalidParameterException",
    says=(
        "{}: Existing attribute already has name {}.",
        "Duplicate custom attribute names {} are not allowed in a user pool schema.",
    ),
    facts="pool-addcustom-duplicate deploy-schema-duplicate",
)
bounds_are_ordered = requirement(
    "pool-schema/bounds-are-ordered",
    "A custom attribute whose lower bound is above the upper one is refused.",
    MUST,
    *ADD,
    raises="InvalidParameterException",
    says="Attribute {} cannot have a {}",
    facts="deploy-schema-length-order deploy-schema-number-order",
)
bounds_make_sense = requirement(
    "pool-schema/bounds-make-sense",
    "Bounds of an attribute that are no numbers, that no value could keep, or that are longer than values get, may be "
    "refused.",
    MUST,
    *ADD,
    raises="InvalidParameterException",
    evidence=(
        inferred("no value could keep such bounds", 0.6),
        Evidence(
            "inferred",
            "getmoto/moto 5.1.22: tests/test_cognitoidp/test_cognitoidp.py, not verified there",
            0.6,
        ),
    ),
)
fifty_custom_attributes = requirement(
    "pool-schema/fifty-custom-attributes",
    "A pool has at most fifty custom attributes.",
    MUST,
    *ADD,
    raises="InvalidParameterException LimitExceededException",
    facts="pool-custom-attrs-max-50",
)
