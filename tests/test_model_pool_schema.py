"""The schema of a user pool: standard attributes, custom attributes, and what a schema may not say."""

from __future__ import annotations

import pytest

from cognito_model.expect import unwrap
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, texts, tolerated


def schema_of(drive: Drive, pool: object) -> dict[str, object]:
    """The pool's schema attributes as DescribeUserPool must show them, by name."""
    outcome = drive.outcome("DescribeUserPool", UserPoolId=pool)
    items = outcome.replies[0].members["UserPool"]["SchemaAttributes"].items
    named = [(plain(item)["Name"], item) for item in items]
    return {name if isinstance(name, str) else name.choices[0]: item for name, item in named}


def made_with(*schema: dict[str, object]) -> dict[str, object]:
    """The schema of a pool that was created with these entries."""
    drive = Drive()
    params = {"Schema": list(schema)} if schema else {}
    pool = drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]
    return schema_of(drive, pool)


@pytest.mark.parametrize(
    ("name", "requirement", "looks"),
    [
        ("email", "string-attributes", {"Mutable": True, "Required": False}),
        ("sub", "sub-is-fixed", {"Mutable": False, "Required": True}),
        ("birthdate", "birthdate-has-ten-characters", {"AttributeDataType": "String"}),
        ("email_verified", "verified-flags-are-boolean", {"AttributeDataType": "Boolean"}),
        ("phone_number_verified", "verified-flags-are-boolean", {"AttributeDataType": "Boolean"}),
        ("updated_at", "updated-at-is-number", {"NumberAttributeConstraints": {"MinValue": "0"}}),
        ("identities", "identities-is-listed", {"StringAttributeConstraints": {}}),
    ],
)
def test_standard_attribute(name, requirement, looks):
    """A pool's schema has 21 standard attributes, each of its own shape."""
    schema = made_with()
    assert len(schema) == 21
    assert reasons(schema[name]) == {f"pool-schema/{requirement}"}
    assert looks.items() <= plain(schema[name]).items()


def test_custom_attribute_gets_prefix():
    """A custom attribute that a pool is created with is in its schema under custom: and its name."""
    entry = {"Name": "team", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MaxValue": "9"}}
    found = made_with({**entry, "Mutable": True})["custom:team"]
    assert reasons(found) == {"pool-schema/custom-attribute-has-prefix"}
    assert plain(found)["NumberAttributeConstraints"] == {"MaxValue": "9"}
    assert plain(found)["Mutable"] is True


def test_developer_attribute_gets_prefix():
    """A developer-only attribute is in the schema under dev: and its name."""
    found = made_with(
        {"Name": "x", "AttributeDataType": "String", "DeveloperOnlyAttribute": True, "Mutable": True}
    )
    assert reasons(found["dev:custom:x"]) == {"pool-schema/developer-attribute-has-prefix"}


def test_declared_standard_attribute():
    """A standard attribute that the schema names is required and bounded as it says."""
    bounds = {"MinLength": "3"}
    found = made_with(
        {"Name": "email", "Required": True, "Mutable": True, "StringAttributeConstraints": bounds}
    )
    assert reasons(found["email"]) == {"pool-schema/standard-attribute-is-declared"}
    shown = plain(found["email"])
    assert shown["Required"] is True
    assert shown["StringAttributeConstraints"] == {"MinLength": "3", "MaxLength": "2048"}


@pytest.mark.parametrize("entry", [{"Name": "email"}, {"Name": "team", "AttributeDataType": "String"}])
def test_attribute_is_immutable_unless_told_otherwise(entry):
    """An attribute that a schema names without Mutable is immutable."""
    schema = made_with(entry)
    found = schema.get("custom:team", schema["email"])
    assert "pool-schema/declared-attribute-is-immutable" in reasons(found)
    assert plain(found)["Mutable"] is False


@pytest.mark.parametrize(
    ("entry", "requirement"),
    [
        ({"Name": "team"}, "custom-attribute-has-type"),
        ({"Name": "team", "AttributeDataType": "String", "Required": True}, "custom-attribute-is-optional"),
        ({"Name": "email", "AttributeDataType": "Number"}, "standard-attribute-keeps-type"),
        ({"Name": "email", "DeveloperOnlyAttribute": True}, "standard-attribute-keeps-type"),
    ],
)
def test_bad_schema_is_refused(entry, requirement):
    """A schema that the service does not take is refused at creation."""
    assert Drive().refused("CreateUserPool", PoolName="x", Schema=[entry]) == {f"pool-schema/{requirement}"}


@pytest.mark.parametrize(
    ("kind", "bounds", "words"),
    [
        ("String", {"MinLength": "5", "MaxLength": "2"}, "max length shorter than it's min length"),
        ("Number", {"MinValue": "5", "MaxValue": "2"}, "max value smaller than it's min value"),
    ],
)
def test_bounds_are_ordered(kind, bounds, words):
    """A custom attribute whose lower bound is above the upper one is refused, in a new pool and later."""
    entry = {"Name": "team", "AttributeDataType": kind, f"{kind}AttributeConstraints": bounds}
    outcome = Drive().outcome("CreateUserPool", PoolName="x", Schema=[entry])
    assert {refusal.requirement.slug for refusal in outcome.refusals} == {"pool-schema/bounds-are-ordered"}
    assert outcome.refusals[0].text == ("custom:team", words)
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="x")["UserPool"]["Id"]
    refused = drive.refused("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[entry])
    assert refused == {"pool-schema/bounds-are-ordered"}


def test_senseless_bounds_may_be_refused():
    """Bounds of an attribute that are no numbers or above 2048, or of a standard one the wrong way round, may be refused."""
    for name, bounds in (
        ("team", {"MaxLength": "many"}),
        ("team", {"MaxLength": "2049"}),
        ("email", {"MinLength": "5", "MaxLength": "2"}),
    ):
        entry = {"Name": name, "AttributeDataType": "String", "StringAttributeConstraints": bounds}
        outcome = Drive().outcome("CreateUserPool", PoolName="x", Schema=[entry])
        assert tolerated(outcome) == {"pool-schema/bounds-make-sense"}


@pytest.mark.parametrize("name", ["phone_number_verified", "a" * 21])
def test_long_name_is_refused(name):
    """A schema attribute whose name has more than 20 characters breaks a constraint."""
    refused = Drive().refused("CreateUserPool", PoolName="x", Schema=[{"Name": name}])
    assert refused == {"protocol/request-keeps-constraints"}


def test_added_attribute_is_immutable_unless_it_says_otherwise():
    """An attribute that AddCustomAttributes names without Mutable is immutable, as one of CreateUserPool's schema."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    entry = {"Name": "team", "AttributeDataType": "String"}
    drive.call("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[entry])
    mutable = unwrap(schema_of(drive, pool)["custom:team"])["Mutable"]
    assert reasons(mutable) == {"pool-schema/declared-attribute-is-immutable"}
    assert plain(mutable) is False


@pytest.mark.parametrize(
    ("name", "may_be_refused"),
    [("team", False), ("_team-1$", False), ("custom:team", True), ("1team", True), ("équipe", True)],
)
def test_custom_name_out_of_rules_may_be_refused(name, may_be_refused):
    """A custom attribute's name that keeps not the rules that Cognito once named may be refused, or taken."""
    entry = {"Name": name, "AttributeDataType": "String", "DeveloperOnlyAttribute": True}
    outcome = Drive().outcome("CreateUserPool", PoolName="people", Schema=[entry])
    assert outcome.replies
    assert ("pool-schema/custom-name-is-plain" in tolerated(outcome)) is may_be_refused


def test_custom_attributes_are_added():
    """AddCustomAttributes adds custom: and each name to the pool's schema, and changes nothing else."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    entry = {"Name": "team", "AttributeDataType": "String", "Mutable": True}
    outcome = drive.outcome("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[entry])
    assert rests_on(outcome) == {"pool-schema/adds-custom-attribute"}
    drive.world = outcome.replies[0].world
    schema = schema_of(drive, pool)
    assert len(schema) == 22
    assert reasons(schema["custom:team"]) == {"pool-schema/adds-custom-attribute"}
    again = drive.outcome("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[entry])
    assert {refusal.requirement.slug for refusal in again.refusals} == {"pool-schema/custom-attribute-is-new"}
    assert texts(again) == {("custom:team", "custom:team")}
    twice = drive.outcome("CreateUserPool", PoolName="other", Schema=[entry, entry])
    assert {refusal.requirement.slug for refusal in twice.refusals} == {"pool-schema/custom-attribute-is-new"}
    # Of a name that comes twice in one AddCustomAttributes no source speaks.
    other = {**entry, "Name": "crew"}
    twice = drive.outcome("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[other, other])
    assert tolerated(twice) == {"pool-schema/custom-attribute-is-new"}


def test_fifty_custom_attributes_are_enough():
    """A pool has at most fifty custom attributes."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    for part in range(2):
        entries = [{"Name": f"a{part}-{n}", "AttributeDataType": "String"} for n in range(25)]
        drive.call("AddCustomAttributes", UserPoolId=pool, CustomAttributes=entries)
    one = [{"Name": "more", "AttributeDataType": "String"}]
    refused = drive.refused("AddCustomAttributes", UserPoolId=pool, CustomAttributes=one)
    assert refused == {"pool-schema/fifty-custom-attributes"}


def test_preferred_username_is_no_required_alias():
    """A pool cannot require preferred_username and have it for an alias; either alone it can."""
    required = {"Schema": [{"Name": "preferred_username", "Required": True}]}
    alias = {"AliasAttributes": ["preferred_username"]}
    refused = Drive().refused("CreateUserPool", PoolName="x", **required, **alias)
    assert refused == {"pool-schema/preferred-username-alias-is-optional"}
    Drive().call("CreateUserPool", PoolName="x", **required)
    Drive().call("CreateUserPool", PoolName="x", **alias)
