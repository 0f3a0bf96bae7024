"""User attributes against a pool's schema: which exist, which values they take, who may write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cognito_model.call import Call
from cognito_model.requirements import attributes as R
from cognito_model.world import Client, Pool

STANDARD_MAX = 2048
VERIFIED_FLAGS = ("email_verified", "phone_number_verified")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+[0-9]{4,}")

Schema = Mapping[str, Mapping[str, Any]]


def schema(pool: Pool) -> Schema:
    """The pool's attributes by full name (`email`, `custom:department`), as SchemaAttributeType members."""
    return _by_name(pool.settings["SchemaAttributes"])


def _by_name(attributes: Iterable[Mapping[str, Any]]) -> Schema:
    return {attribute["Name"]: attribute for attribute in attributes}


def as_mapping(given: Iterable[Mapping[str, Any]] | None) -> dict[str, Any]:
    """[{Name, Value}] as {name: value}; a value that is missing or null is None; the last of two wins."""
    return {item.get("Name", ""): item.get("Value") for item in given or ()}


def is_email(value: Any) -> bool:
    """Whether Cognito takes the value for an e-mail address."""
    return isinstance(value, str) and _EMAIL.fullmatch(value) is not None


def is_phone(value: Any) -> bool:
    """Whether Cognito takes the value for a phone number (E.164, without a numbering plan)."""
    return isinstance(value, str) and _PHONE.fullmatch(value) is not None


def check_values(call: Call, pool: Pool, values: Mapping[str, Any]) -> None:
    """Refuse attributes that are not in the schema and values that it does not take."""
    known = schema(pool)
    for name, value in values.items():
        if name == "sub":
            call.refuse_if(True, R.sub_is_not_written)
            continue
        attribute = known.get(name)
        call.refuse_if(attribute is None, R.attribute_is_in_schema, name)
        if attribute is None or not isinstance(value, str) or value == "":
            continue
        if attribute.get("AttributeDataType") == "Number":
            call.refuse_if(not _is_number(value, attribute), R.value_has_type, name)
            continue
        call.refuse_if(name == "email" and not is_email(value), R.email_is_well_formed)
        call.refuse_if(name == "phone_number" and not is_phone(value), R.phone_is_well_formed)
        bounds = attribute.get("StringAttributeConstraints", {})
        too_short = len(value) < int(bounds.get("MinLength", 0))
        too_long = len(value) > int(bounds.get("MaxLength", STANDARD_MAX))
        call.refuse_if(too_short or too_long, R.value_keeps_length, name)


def _is_number(value: str, attribute: Mapping[str, Any]) -> bool:
    bounds = attribute.get("NumberAttributeConstraints", {})
    try:
        number = int(value)
    except ValueError:
        return False
    low, high = bounds.get("MinValue"), bounds.get("MaxValue")
    return (low is None or number >= int(low)) and (high is None or number <= int(high))


def check_permission(call: Call, pool: Pool, client: Client, values: Mapping[str, Any]) -> None:
    """Refuse attributes that the app client may not write. A required attribute may always be written."""
    writable = client.settings.get("WriteAttributes")
    if not writable:
        return
    known = schema(pool)
    denied = [n for n in values if n not in writable and n in known and not known[n].get("Required")]
    call.refuse_if(denied, R.client_may_write)


def missing_required(pool: Pool, values: Mapping[str, Any]) -> list[str]:
    """The required attributes, sub apart, that have no value.

    Only a sign-up must give them: a user whom an administrator made gives them with NEW_PASSWORD_REQUIRED (fact
    npr-missing-required).
    """
    return [name for name, a in schema(pool).items() if a.get("Required") and name != "sub" and not values.get(name)]
