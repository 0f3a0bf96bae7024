"""User profiles as answers show them, and attributes as operations write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cognito_model.attributes import VERIFIED_FLAGS
from cognito_model.call import Call
from cognito_model.expect import ABSENT, AtLeast, Bag, Because, OneOf
from cognito_model.requirement import Requirement
from cognito_model.world import Pool, User

ANY_FLAG = OneOf.of("true", "false")


def attributes(user: User, readable: Callable[[str], bool] = lambda name: True) -> Bag:
    """The user's attributes as a list of Name and Value, each with the requirement that wrote it."""
    whole = user.causes.get("attributes")
    items: list[Any] = [{"Name": "sub", "Value": user.sub}]
    for name, value in user.attributes.items():
        if not readable(name):
            continue
        cause = user.causes.get(f"attribute:{name}", whole)
        item = {"Name": name, "Value": value}
        items.append(item if cause is None else Because({"Name": name, "Value": Because(value, cause)}, cause))
    # Whether a flag is there that nothing set is not settled (getuser-verified-absent-when-never-set and its kin).
    optional = [
        {"Name": flag, "Value": "false" if flag.removesuffix("_verified") in user.attributes else ANY_FLAG}
        for flag in VERIFIED_FLAGS
        if flag not in user.attributes
    ]
    return Bag(tuple(items), tuple(optional))


def member(call: Call, user: User, attributes_member: str, readable: Callable[[str], bool] = lambda name: True) -> dict[str, Any]:
    """The members of UserType (or of AdminGetUser's answer): `attributes_member` is what the attributes are called."""
    return {
        "Username": call.seen(user, "username"),
        attributes_member: attributes(user, readable),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": modified(user),
        "Enabled": call.seen(user, "enabled"),
        "UserStatus": call.seen(user, "status"),
    }


def modified(user: User) -> Any:
    """UserLastModifiedDate: which operations move it is settled for few, that it is no earlier than the creation for all."""
    return user.created if user.modified == user.created else AtLeast(user.modified, user.created)


def mfa_members(call: Call, user: User) -> dict[str, Any]:
    """UserMFASettingList and PreferredMfaSetting, absent where nothing is set (fact getuser-no-mfa-keys)."""
    cause = user.causes.get("mfa")
    listed: Any = Bag(tuple(user.mfa.enabled)) if user.mfa.enabled else ABSENT
    preferred: Any = user.mfa.preferred or ABSENT
    members = {"UserMFASettingList": listed, "PreferredMfaSetting": preferred}
    return {name: value if cause is None else Because(value, cause) for name, value in members.items()}


def write(call: Call, user: User, because: Requirement, values: Mapping[str, Any]) -> User:
    """The user with these attributes written; an empty value deletes (fact uua-blank-deletes)."""
    kept = {name: value for name, value in {**user.attributes, **values}.items() if value != "" and name != "sub"}
    changed = call.change(user, because, attributes=kept)
    if changed.attributes != kept:
        return changed  # the effect was lost on purpose
    return replace(changed, causes={**changed.causes, **{f"attribute:{name}": because for name in values}})


def erase(call: Call, user: User, because: Requirement, names: Iterable[str]) -> User:
    """The user without these attributes, and without the flags that go with them."""
    gone = {flag for name in names for flag in (name, f"{name}_verified")}
    return call.change(user, because, attributes={n: v for n, v in user.attributes.items() if n not in gone})


def take_alias(call: Call, pool: Pool, owner: User, attribute: str, because: Requirement) -> Pool:
    """The pool in which no other user has the owner's value of `attribute` as a verified alias."""
    value = owner.attributes.get(attribute)
    for user in pool.users.values():
        if user.sub != owner.sub and user.verified(attribute) and pool.same_name(user.attributes.get(attribute), value):
            pool = pool.put(user=write(call, user, because, {f"{attribute}_verified": "false"}))
    return pool


def alias_owner(pool: Pool, user: User, attribute: str, value: Any) -> User | None:
    """Another user who has this value as a verified alias."""
    if attribute not in pool.alias_attributes:
        return None
    for other in pool.users.values():
        if other.sub != user.sub and other.verified(attribute) and pool.same_name(other.attributes.get(attribute), value):
            return other
    return None
