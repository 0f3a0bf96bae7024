"""What Cognito says about requests that break a constraint, held against messages of the real service."""

from types import MappingProxyType
from typing import Any

import pytest
from botocore.loaders import Loader

from cognito_model.shapes import Service, message
from cognito_model.terms import Fresh

SERVICE = Service(Loader().load_service_model("cognito-idp", "service-2"))
POOL = {"UserPoolId": "eu-west-1_abc"}
NULL = "failed to satisfy constraint: Member must not be null"


def said(operation: str, params: Any) -> str:
    violations = SERVICE.violations(operation, params)
    return message(violations) if violations else ""


def test_a_pattern_is_quoted():
    """A pool id without an underscore is answered with value, path and pattern (val-pattern)."""
    expected = (
        "1 validation error detected: Value 'bad' at 'userPoolId' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"
    )
    assert said("DescribeUserPool", {"UserPoolId": "bad"}) == expected


def test_a_greatest_value_is_quoted():
    """Limit 100 is over 60 (val-max-value)."""
    expected = (
        "1 validation error detected: Value '100' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )
    assert said("ListUsers", {**POOL, "Limit": 100}) == expected


def test_an_attribute_name_of_21_characters_is_named_by_its_index():
    """Elements of a list of structures are counted from 1 (pool-schema-verified-flag-in-schema)."""
    expected = (
        "1 validation error detected: Value 'phone_number_verified' at 'schema.1.member.name' failed to "
        "satisfy constraint: Member must have length less than or equal to 20"
    )
    assert (
        said("CreateUserPool", {"PoolName": "p", "Schema": [{"Name": "phone_number_verified"}]}) == expected
    )


def test_the_index_is_that_of_the_bad_element():
    """A good first element leaves the second one as number 2 (val-list-element-path)."""
    attributes = [{"Name": "email"}, {"Value": "x"}]
    params = {**POOL, "Username": "u", "UserAttributes": attributes}
    (violation,) = SERVICE.violations("AdminUpdateUserAttributes", params)
    assert violation.text == f"Value null at 'userAttributes.2.member.name' {NULL}"


@pytest.mark.parametrize(
    ("operation", "params", "place"),
    [
        ("CreateUserPool", {"PoolName": "x" * 129}, "poolName"),
        (
            "CreateUserPool",
            {"PoolName": "p", "Policies": {"PasswordPolicy": {"MinimumLength": 5}}},
            "policies.passwordPolicy.minimumLength",
        ),
        (
            "CreateUserPool",
            {"PoolName": "p", "Policies": {"PasswordPolicy": {"MinimumLength": 100}}},
            "policies.passwordPolicy.minimumLength",
        ),
        ("ListUserPools", {"MaxResults": 61}, "maxResults"),
        ("ListUserPools", {}, "maxResults"),
        ("ListUserPoolClients", {**POOL, "MaxResults": 0}, "maxResults"),
        ("ListUsers", {**POOL, "Limit": 61}, "limit"),
        ("ListGroups", {**POOL, "Limit": 61}, "limit"),
        ("InitiateAuth", {"AuthFlow": "USER_PASSWORD_AUTH"}, "clientId"),
        ("InitiateAuth", {"ClientId": "abc"}, "authFlow"),
    ],
)
def test_what_is_out_of_range_or_missing(operation, params, place):
    """A length, number or page out of its range, and a member that is required and missing, is one violation there."""
    (violation,) = SERVICE.violations(operation, params)
    assert f"at '{place}' failed" in violation.text


def test_an_empty_name_breaks_two_constraints():
    """Both the length and the pattern of an empty attribute name are reported (auua-empty-name)."""
    params = {**POOL, "Username": "u", "UserAttributes": [{"Name": ""}]}
    head, _, tail = said("AdminUpdateUserAttributes", params).partition("; ")
    start = "Value '' at 'userAttributes.1.member.name' failed to satisfy constraint: Member must"
    assert head == f"2 validation errors detected: {start} have length greater than or equal to 1"
    assert tail.startswith(f"{start} satisfy regular expression pattern: ")


def test_a_sensitive_value_is_left_out():
    """A missing access token is reported without "null": tokens are sensitive (getuser-missing-token)."""
    assert said("GetUser", {}) == f"1 validation error detected: Value at 'accessToken' {NULL}"


def test_null_is_absence():
    """A member that is null counts as missing (wire-null-member-input)."""
    assert said("GetUser", {"AccessToken": None}) == said("GetUser", {})


def test_a_body_of_null_is_an_empty_request():
    """null instead of an object is read as a request without members (ser-body-not-object: "map or null")."""
    assert said("GetUser", None) == said("GetUser", {})


def test_a_missing_name_is_printed_as_null():
    """A missing member that is not sensitive is printed as null (client-name-required)."""
    assert (
        said("CreateUserPoolClient", POOL)
        == f"1 validation error detected: Value null at 'clientName' {NULL}"
    )


def test_a_list_of_enum_words_is_reported_as_a_whole():
    """The list and not its element is named when a flow is unknown (val-list-of-enum)."""
    params = {**POOL, "ClientName": "c", "AllowedOAuthFlows": ["code", "token"]}
    start = (
        "1 validation error detected: Value '[code, token]' at 'allowedOAuthFlows' failed to satisfy "
        "constraint: Member must satisfy constraint: [Member must satisfy enum value set: ["
    )
    assert said("CreateUserPoolClient", params).startswith(start)


def test_a_list_of_strings_recites_every_constraint_of_its_elements():
    """An empty logout URL recites greatest and least length and pattern (val-list-of-strings)."""
    params = {**POOL, "ClientId": "c", "LogoutURLs": [""]}
    start = (
        "1 validation error detected: Value '[]' at 'logoutURLs' failed to satisfy constraint: "
        "Member must satisfy constraint: [Member must have length less than or equal to 1024, "
        "Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: "
    )
    assert said("UpdateUserPoolClient", params).startswith(start)


def test_an_unknown_word_is_answered_with_the_set():
    """MfaConfiguration false is none of ON, OFF, OPTIONAL (val-enum)."""
    (violation,) = SERVICE.violations("CreateUserPool", {"PoolName": "p", "MfaConfiguration": "false"})
    assert violation.text.startswith(
        "Value 'false' at 'mfaConfiguration' failed to satisfy constraint: "
        "Member must satisfy enum value set: ["
    )


@pytest.mark.parametrize("member", ["UsernameConfiguration", "UserPoolAddOns"])
def test_an_empty_structure_lacks_its_required_member(member):
    """Empty UsernameConfiguration and UserPoolAddOns are refused (pool-update-empty-structs-rejected)."""
    (violation,) = SERVICE.violations("CreateUserPool", {"PoolName": "p", member: {}})
    assert violation.constraint == "required"
    assert violation.path.startswith(f"{member[0].lower()}{member[1:]}.")


def test_what_is_wrong_inside_a_map_is_reported_at_the_map():
    """A tag key that is too long is reported at userPoolTags, once."""
    tags = {"k" * 129: "v", "l" * 129: "v"}
    violations = SERVICE.violations("CreateUserPool", {"PoolName": "p", "UserPoolTags": tags})
    assert [(v.path, v.constraint) for v in violations] == [("userPoolTags", "max length")]


def test_sizes_of_blobs_are_those_of_their_bytes():
    """An image of 131,072 bytes fits although its base64 is longer; one byte more does not."""
    fits, too_big = "AAAA" * 43690 + "AAA=", "AAAA" * 43691
    assert SERVICE.violations("SetUICustomization", {**POOL, "ImageFile": fits}) == ()
    (violation,) = SERVICE.violations("SetUICustomization", {**POOL, "ImageFile": too_big})
    assert (violation.path, violation.constraint) == ("imageFile", "max length")


@pytest.mark.parametrize("password", ["123", "Pass word 1!", "p" * 256])
def test_passwords_that_the_wire_lets_through(password):
    """Short passwords are the policy's business, and inner spaces pass (signup-short-password-code)."""
    assert SERVICE.violations("SignUp", {"ClientId": "c", "Username": "u", "Password": password}) == ()


@pytest.mark.parametrize("password", [" Passw0rd!", "Passw0rd! ", "p" * 257, "pass\nword"])
def test_passwords_that_the_wire_refuses(password):
    """Outer spaces and 257 characters break a constraint (asup-trailing-space-validation, pw-max-256)."""
    assert SERVICE.violations("SignUp", {"ClientId": "c", "Username": "u", "Password": password})


def test_the_pattern_of_passwords_is_the_measured_one():
    """The message quotes the wire's pattern, not the published one (asup-trailing-space-validation)."""
    params = {**POOL, "Username": "u", "Password": "Passw0rd! "}
    expected = (
        "1 validation error detected: Value at 'password' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: ^[\S]+.*[\S]+$"
    )
    assert said("AdminSetUserPassword", params) == expected


def test_a_code_may_stand_on_any_line_of_a_message_by_sms():
    """The wire's pattern lets the dot match line ends (deploy-sms-lines)."""
    assert said("CreateUserPool", {"PoolName": "p", "SmsVerificationMessage": "a\n{####}\nb"}) == ""
    text = said("CreateUserPool", {"PoolName": "p", "SmsVerificationMessage": "a code"})
    assert text.endswith(r"Member must satisfy regular expression pattern: (?s).*\{####\}(?s).*")


def test_an_older_description_with_a_least_password_length_is_amended():
    """Six characters were once demanded up front, and are no more (pw-wire-min-length-historical)."""
    description = {
        "operations": {"SignUp": {"input": {"shape": "Request"}}},
        "shapes": {
            "Request": {"type": "structure", "members": {"Password": {"shape": "PasswordType"}}},
            "PasswordType": {"type": "string", "min": 6, "sensitive": True},
        },
    }
    assert Service(description).violations("SignUp", {"Password": "123"}) == ()


def test_values_inside_authentication_parameters_are_free():
    """A user name of 129 characters passes at sign-in (over-long-username-not-validated-at-auth)."""
    parameters = {"USERNAME": "u" * 129, "PASSWORD": "p" * 257}
    params = {"ClientId": "c", "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    assert SERVICE.violations("InitiateAuth", params) == ()


def test_linking_takes_any_pool_id():
    """AdminLinkProviderForUser does not look at the form of its pool id (idp-link-userpoolid-unvalidated)."""
    params = {"UserPoolId": "bad", "DestinationUser": {}, "SourceUser": {}}
    assert SERVICE.violations("AdminLinkProviderForUser", params) == ()


def test_a_domain_is_left_to_the_operation():
    """The service has its own words for a bad domain (val-service-text-beats-model)."""
    assert SERVICE.violations("CreateUserPoolDomain", {**POOL, "Domain": "Not_A.Prefix"}) == ()


def test_null_elements_are_dropped_or_refused():
    """LogConfigurations drops a null element and Assets refuses one (wire-null-list-element)."""
    assert SERVICE.violations("SetLogDeliveryConfiguration", {**POOL, "LogConfigurations": [None]}) == ()
    (violation,) = SERVICE.violations(
        "CreateManagedLoginBranding", {**POOL, "ClientId": "c", "Assets": [None]}
    )
    whole = "failed to satisfy constraint: Member must satisfy constraint: [Member must not be null]"
    assert violation.text == f"Value '[null]' at 'assets' {whole}"


def test_terms_are_valid():
    """A value that is no JSON value is opaque, wherever it stands."""
    term = Fresh("PoolId", 1)
    params = {"UserPoolId": term, "Limit": term, "AttributesToGet": [term], "Filter": term}
    assert SERVICE.violations("ListUsers", params) == ()
    assert SERVICE.violations("ListUsers", term) == ()
    assert SERVICE.serialization_problem("ListUsers", params) is None


def test_where_zero_was_once_refused_it_is_contested():
    """Limit 0 is valid by the description and was refused in 2018 (val-limit-zero-internal-name)."""
    params = {**POOL, "Username": "u", "Limit": 0}
    assert SERVICE.violations("AdminListGroupsForUser", params) == ()
    (violation,) = SERVICE.contested("AdminListGroupsForUser", params)
    assert violation.path == "maxItems"
    assert SERVICE.contested("ListIdentityProviders", POOL)
    assert not SERVICE.contested("ListUsers", {**POOL, "Limit": 0})


def test_violations_of_several_members_are_all_reported():
    """The message counts every violation and joins them with semicolons (proto-validation-format)."""
    assert said("AdminGetUser", {"UserPoolId": "bad"}).startswith("2 validation errors detected: ")


def test_a_hostile_password_is_judged_at_once():
    """A megabyte of letters with a space at its end takes no cubic time."""
    params = {"ClientId": "c", "Username": "u", "Password": "a" * 2**20 + " "}
    assert [v.constraint for v in SERVICE.violations("SignUp", params)] == ["max length", "pattern"]


def test_any_mapping_is_a_request():
    """A caller that keeps its requests in an immutable mapping gets the same answer."""
    params = {"UserPoolId": "bad", "Limit": 0}
    for ask in (SERVICE.violations, SERVICE.contested, SERVICE.serialization_problem):
        assert ask("ListUsers", MappingProxyType(params)) == ask("ListUsers", params)


def test_an_unknown_operation_is_a_key_error():
    """Asking about an operation that the description lacks is a mistake of the caller."""
    with pytest.raises(KeyError):
        SERVICE.violations("Bogus", {})
