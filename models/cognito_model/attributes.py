"""User attributes against a pool's schema: which exist, which values they take, who may write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cognito_model.expect import ABSENT, OneOf
from cognito_model.requirements import attributes as R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.world import Client, Pool

STANDARD_MAX = 2048
VERIFIED_FLAGS = ("email_verified", "phone_number_verified")
CONTACTS = ("email", "phone_number")
ALIASES = (*CONTACTS, "preferred_username")
"""The attributes that a pool can make aliases."""
UNVERIFIED = OneOf.of("false", ABSENT)
"""A flag that has lost its "true": that it is then shown as "false", and not left out, matters to nobody."""
NOT_OF_SCHEMA = "Attributes did not conform to the schema: "
"""How the refusal of a new user's attributes begins."""
LATE_BIRTHDATE = 4
"""MinLength of birthdate in pools since 2024; in older ones it is 10 (fact schema-birthdate-minlength)."""

# What certainly is an address or a number, and what may be one: between the two no fact says how Cognito
# decides.
_EMAIL = re.compile(r"[\w%+-]+(\.[\w%+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_PERHAPS_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_PERHAPS_PHONE = re.compile(r"\+[0-9]+")
_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERHAPS_DATE = re.compile(r".*[0-9].*", re.DOTALL)
_TRUTH = re.compile(r"true\Z|false\Z")
_PERHAPS_TRUTH = re.compile(r"true|false|yes|no|[tfyn01]", re.IGNORECASE)

Schema = Mapping[str, Mapping[str, Any]]
HELD_MAX = 64
_held: dict[int, tuple[Any, Schema]] = {}
"""Schemas by name, as computed: a pool is asked for its own again and again."""


def schema(pool: Pool) -> Schema:
    """The pool's attributes by full name (`email`, `custom:department`), as SchemaAttributeType members."""
    entries = pool.settings["SchemaAttributes"]
    held = _held.get(id(entries))
    if held is None or held[0] is not entries:
        held = (entries, {entry["Name"]: entry for entry in entries})
        if len(_held) >= HELD_MAX:
            _held.clear()
        _held[id(entries)] = held
    return held[1]


def as_mapping(given: Iterable[Mapping[str, Any] | None] | None) -> dict[str, Any]:
    """[{Name, Value}] as {name: value}; a value that is missing or null is None; the last of two wins."""
    return {item.get("Name", ""): item.get("Value") for item in given or () if item is not None}


def comes_twice(given: Iterable[Mapping[str, Any] | None] | None) -> bool:
    """Whether a list of attributes names one of them more than once."""
    names = [item.get("Name") for item in given or () if item is not None]
    return len(set(names)) < len(names)


def is_email(value: Any) -> bool:
    """Whether Cognito certainly takes the value for an e-mail address."""
    return isinstance(value, str) and _EMAIL.fullmatch(value) is not None


def may_be_email(value: Any) -> bool:
    """Whether Cognito perhaps takes the value for an e-mail address."""
    return isinstance(value, str) and _PERHAPS_EMAIL.fullmatch(value) is not None


def is_phone(value: Any) -> bool:
    """Whether Cognito certainly takes the value for a phone number (E.164, without a numbering plan)."""
    return isinstance(value, str) and _PHONE.fullmatch(value) is not None


def may_be_phone(value: Any) -> bool:
    """Whether Cognito perhaps takes the value for a phone number."""
    return isinstance(value, str) and _PERHAPS_PHONE.fullmatch(value) is not None


def check_values(call: Call, pool: Pool, values: Mapping[str, Any]) -> None:
    """Refuse attributes that are not in the schema and values that it does not take."""
    known = schema(pool)
    call.refuse_if("sub" in values, R.sub_is_not_written)
    call.tolerate_if("identities" in values, R.identities_are_the_services)
    unknown = [name for name in values if name not in known]
    call.refuse_if(unknown, R.attribute_is_in_schema, _unknown_text(call, unknown))
    written = {
        n: v for n, v in values.items() if n in known and n != "sub" and isinstance(v, str) and v != ""
    }
    for contact, sure, perhaps, wrong in (
        ("email", is_email, may_be_email, R.email_is_well_formed),
        ("phone_number", is_phone, may_be_phone, R.phone_is_well_formed),
    ):
        if contact in written:
            call.refuse_if(not perhaps(written[contact]), wrong)
            call.tolerate_if(not sure(written[contact]), wrong)
    broken: dict[str, str] = {}
    for name, value in written.items():
        kind = known[name].get("AttributeDataType")
        if kind == "String":
            text = _length_problem(call, name, value, known[name])
            broken |= {name: text} if text else {}
        else:
            _check_type(call, kind, value, known[name])
    call.refuse_if(broken, R.value_keeps_length, _lines(call, broken))


def _unknown_text(call: Call, names: list[str]) -> str:
    """The message about attributes that the schema does not have; of a new user's custom ones the type is missed."""
    custom = [name for name in names if name.startswith("custom:")]
    if custom and not call.operation.endswith("UpdateUserAttributes"):
        return f"{NOT_OF_SCHEMA}Type for attribute {{{custom[0]}}} could not be determined"
    return _lines(call, dict.fromkeys(names, "Attribute does not exist in the schema."))


def _lines(call: Call, problems: Mapping[str, str]) -> str:
    """The message about several attributes: a line for each."""
    lines = "".join(f"{name}: {problem}\n" for name, problem in problems.items())
    if call.operation.endswith("UpdateUserAttributes"):
        return "".join(f"user.{line}\n" for line in lines.splitlines())
    return f"{NOT_OF_SCHEMA}{lines}"


def _length_problem(call: Call, name: str, value: str, attribute: Mapping[str, Any]) -> str | None:
    """What is wrong with the length of a String, in Cognito's words, or None."""
    bounds = attribute.get("StringAttributeConstraints", {})
    low, high = _bound(bounds.get("MinLength"), 0), _bound(bounds.get("MaxLength"), STANDARD_MAX)
    if name == "birthdate":
        # Both minima are reported, the larger one of late; and that a date is looked at as one is not.
        short = {name: f"String must be no shorter than {low} characters"}
        call.tolerate_if(len(value) < low, R.value_keeps_length, _lines(call, short), likely=True)
        call.tolerate_if(not _DATE.fullmatch(value), R.value_keeps_length)
        low = min(low, LATE_BIRTHDATE)
    if len(value) < low:
        return f"String must be no shorter than {low} characters"
    return f"String must be no longer than {high} characters" if len(value) > high else None


def _bound(text: Any, default: int) -> int:
    """A bound as the schema has it, a decimal string; one that makes no sense bounds nothing."""
    return int(text) if isinstance(text, str) and _WHOLE.fullmatch(text) else default


def _check_type(call: Call, kind: Any, value: str, attribute: Mapping[str, Any]) -> None:
    """Refuse a value that is plainly not of the type; of numbers, whole ones alone are settled, of dates days."""
    if kind != "Number":
        sure, perhaps = (_TRUTH, _PERHAPS_TRUTH) if kind == "Boolean" else (_DATE, _PERHAPS_DATE)
        call.refuse_if(not perhaps.fullmatch(value), R.value_has_type)
        call.tolerate_if(not sure.match(value), R.value_has_type)
        return
    call.refuse_if(not _NUMBER.fullmatch(value), R.value_has_type)
    if not _WHOLE.fullmatch(value):
        call.tolerate_if(True, R.value_has_type)
        return
    bounds = attribute.get("NumberAttributeConstraints", {})
    number = int(value)
    low, high = _bound(bounds.get("MinValue"), number), _bound(bounds.get("MaxValue"), number)
    call.refuse_if(not low <= number <= high, R.value_keeps_bounds)


def check_permission(call: Call, pool: Pool, client: Client, values: Mapping[str, Any]) -> None:
    """Refuse attributes that the app client may not write. A required attribute may always be written."""
    known = schema(pool)
    # The documentation speaks of users who have an access token, and not of those who sign up.
    refuse_if = call.guard(call.operation != "SignUp")
    refuse_if(
        any(name in known and known[name].get("DeveloperOnlyAttribute") for name in values),
        R.developer_attribute_is_the_administrators,
    )
    writable = client.settings.get("WriteAttributes")
    denied = [n for n in values if writable and n not in writable and not known.get(n, {}).get("Required")]
    call.refuse_if(denied or "sub" in values, R.client_may_write)


def check_required(call: Call, pool: Pool, values: Mapping[str, Any]) -> None:
    """Refuse a sign-up without the attributes that the schema requires."""
    missing = missing_required(pool, values)
    absent = [name for name in missing if values.get(name) is None]
    # That an empty value counts as none is reported once.
    text = _lines(call, dict.fromkeys(absent or missing, "The attribute is required"))
    call.refuse_if(absent, R.required_attribute_is_given, text)
    call.tolerate_if(missing, R.required_attribute_is_given, text, likely=True)


def missing_required(pool: Pool, values: Mapping[str, Any]) -> list[str]:
    """The required attributes, sub apart, that have no value.

    Only a sign-up must give them: a user whom an administrator made gives them with NEW_PASSWORD_REQUIRED
    (fact npr-missing-required).
    """
    return [
        name
        for name, a in schema(pool).items()
        if a.get("Required") and name != "sub" and not values.get(name)
    ]


def of_new_user(call: Call, values: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a new user: those with a value. Whether null or nothing may be given is open."""
    call.tolerate_if(any(value in (None, "") for value in values.values()), R.new_value_is_given)
    call.tolerate_if(comes_twice(call.UserAttributes), R.name_comes_once)
    return {name: value for name, value in values.items() if value not in (None, "")}
