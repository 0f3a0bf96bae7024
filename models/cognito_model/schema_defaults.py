"""The schema of a user pool: the standard attributes, and what a request makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Attribute = Mapping[str, Any]


def _string(name: str, low: str = "0", high: str = "2048") -> dict[str, Any]:
    return _attribute(name, "String", {"StringAttributeConstraints": {"MinLength": low, "MaxLength": high}})


def _attribute(name: str, kind: str, constraints: Attribute, *, mutable: bool = True) -> dict[str, Any]:
    return {
        "Name": name,
        "AttributeDataType": kind,
        "DeveloperOnlyAttribute": False,
        "Mutable": mutable,
        "Required": False,
        **constraints,
    }


STANDARD: tuple[Attribute, ...] = (
    {**_string("sub", low="1"), "Mutable": False, "Required": True},
    _string("name"),
    _string("given_name"),
    _string("family_name"),
    _string("middle_name"),
    _string("nickname"),
    _string("preferred_username"),
    _string("profile"),
    _string("picture"),
    _string("website"),
    _string("email"),
    _attribute("email_verified", "Boolean", {}),
    _string("gender"),
    _string("birthdate", "10", "10"),
    _string("zoneinfo"),
    _string("locale"),
    _string("phone_number"),
    _attribute("phone_number_verified", "Boolean", {}),
    _string("address"),
    _attribute("updated_at", "Number", {"NumberAttributeConstraints": {"MinValue": "0"}}),
    _attribute("identities", "String", {"StringAttributeConstraints": {}}),
)
"""The attributes of every pool, as SchemaAttributeType members, in the order in which they are listed."""

STANDARD_BY_NAME: Mapping[str, Attribute] = {attribute["Name"]: attribute for attribute in STANDARD}
PREFIXES = ("custom:", "dev:")


def is_custom(name: str) -> bool:
    """Whether the full name of an attribute is that of a custom or developer-only one."""
    return name.startswith(PREFIXES)


def constraints_member(kind: Any) -> str | None:
    """The member of SchemaAttributeType that bounds values of this data type, or None."""
    return {"String": "StringAttributeConstraints", "Number": "NumberAttributeConstraints"}.get(kind)


def custom(entry: Attribute) -> dict[str, Any]:
    """A custom attribute as the pool has it, from SchemaAttributeType members of a request."""
    kind = entry.get("AttributeDataType", "String")
    developer_only = bool(entry.get("DeveloperOnlyAttribute"))
    bounds = constraints_member(kind)
    return {
        "Name": full_name(entry),
        "AttributeDataType": kind,
        "DeveloperOnlyAttribute": developer_only,
        "Mutable": bool(entry.get("Mutable")),
        "Required": False,
        **({bounds: dict(entry.get(bounds) or {})} if bounds else {}),
    }


def full_name(entry: Attribute) -> str:
    """The name by which the pool will know a custom attribute (fact pool-schema-dev-only-prefix)."""
    prefix = "dev:custom:" if entry.get("DeveloperOnlyAttribute") else "custom:"
    return f"{prefix}{entry.get('Name', '')}"


def redeclared(standard: Attribute, entry: Attribute) -> dict[str, Any]:
    """A standard attribute as the pool has it, once a request has declared it.

    A declaration without Mutable makes the attribute immutable, although an undeclared one is mutable.
    """
    bounds = constraints_member(standard["AttributeDataType"])
    given = entry.get(bounds) if bounds else None
    return {
        **standard,
        "Mutable": bool(entry.get("Mutable")),
        "Required": bool(entry.get("Required")) or standard["Name"] == "sub",
        **({bounds: {**standard[bounds], **given}} if bounds and given else {}),
    }


def schema(entries: Iterable[Attribute]) -> tuple[Attribute, ...]:
    """SchemaAttributes of a pool that is created with these entries."""
    by_name = dict(STANDARD_BY_NAME)
    for entry in entries:
        name = entry.get("Name", "")
        if name in STANDARD_BY_NAME:
            by_name[name] = redeclared(STANDARD_BY_NAME[name], entry)
        else:
            made = custom(entry)
            by_name[made["Name"]] = made
    return tuple(by_name.values())
