"""User profiles as answers show them, and attributes as operations write them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from cognito_model.attributes import UNVERIFIED, VERIFIED_FLAGS, schema
from cognito_model.evolve import replace
from cognito_model.expect import (
    ABSENT,
    After,
    AtLeast,
    Bag,
    Because,
    Both,
    JsonText,
    Lacks,
    OneOf,
    Present,
)
from cognito_model.requirements import provider_links as links_R
from cognito_model.requirements import user_attributes as R
from cognito_model.requirements import user_mfa as mfa_R

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.requirement import Requirement
    from cognito_model.world import Pool, User

ANY_FLAG = OneOf.of("true", "false")
ANY_FLAG_OR_NONE = OneOf.of("true", "false", ABSENT)
CLOCK_STEP = 1.5
"""Seconds after which a service whose dates have whole seconds shows a later one."""
CLOCK_TICK = 0.05
"""Seconds after which one whose dates have milliseconds does."""

Readable = Callable[[str], bool]


def name(pool: Pool, user: User) -> Any:
    """Username; where case does not count, whether it is kept as it was typed is an open question."""
    typed = user.username
    if pool.case_sensitive or not isinstance(typed, str) or typed == typed.lower():
        return typed
    return OneOf.of(typed, typed.lower())


def attributes(pool: Pool, user: User, readable: Readable = lambda _: True, *, own: bool = False) -> Bag:
    """The user's attributes as a list of Name and Value, each with the requirement that wrote it.

    `own` says that the user looks at itself: whether it sees attributes for developers is not settled.
    """
    whole = user.causes.get("attributes")
    known = schema(pool)
    items: list[Any] = [{"Name": "sub", "Value": user.sub}]
    # Whether a flag is there that nothing set is not settled (getuser-verified-absent-when-never-set and its
    # kin),
    # and whether a new value shows that waits for verification where no old one is.
    optional: list[Any] = [
        {"Name": flag, "Value": "false" if flag.removesuffix("_verified") in user.attributes else ANY_FLAG}
        for flag in VERIFIED_FLAGS
        if flag not in user.attributes and readable(flag)
    ]
    optional += [
        {"Name": n, "Value": v} for n, v in user.pending.items() if n not in user.attributes and readable(n)
    ]
    for attribute, value in user.attributes.items():
        if not readable(attribute):
            continue
        if own and known.get(attribute, {}).get("DeveloperOnlyAttribute"):
            optional.append({"Name": attribute, "Value": value})
            continue
        cause = user.causes.get(f"attribute:{attribute}", whole)
        item: Any = {"Name": attribute, "Value": value if cause is None else Because(value, cause)}
        if value is UNVERIFIED:
            item = OneOf.of({**item, "Value": "false"}, ABSENT)
        if value is ANY_FLAG_OR_NONE:
            item = OneOf.of({**item, "Value": ANY_FLAG}, ABSENT)
        items.append(item if cause is None else Because(item, cause))
    if user.links:
        # Whether a user sees its own, or a listing that asks for other attributes, no fact says; nor what deleting it does.
        seen_by_all = not own and readable("identities") and "erased:identities" not in user.causes
        (items if seen_by_all else optional).append(identities(pool, user))
    return Bag(tuple(items), tuple(optional))


def identities(pool: Pool, user: User) -> Any:
    """The attribute that tells of the identities which are linked to the user."""
    providers = pool.resources.get("IdentityProviders", {})
    linked = [
        {
            # What shows of an identity that a request named by half nobody has told.
            "userId": OneOf.of(ABSENT, Present("")) if identity is None else identity,
            "providerName": OneOf.of(ABSENT, Present("")) if provider is None else provider,
            "providerType": OneOf.of(providers[provider].members["ProviderType"], ABSENT)
            if provider in providers
            else OneOf.of(ABSENT, Present("")),
            "issuer": OneOf.of(ABSENT, Present("")),  # null, for most providers
            "primary": OneOf.of(False, "false"),
            "dateCreated": Present(0),
        }
        for provider, identity in user.links
    ]
    because = user.causes.get("links", links_R.links_identity)
    return Because({"Name": "identities", "Value": JsonText(Bag(tuple(linked)))}, because)


def shown(pool: Pool, user: User, readable: Readable = lambda _: True, *, own: bool = False) -> Any:
    """The user's attributes, and of those that were deleted that they are gone."""
    gone: dict[Requirement, tuple[str, ...]] = {}
    for cause_of, because in user.causes.items():
        erased, _, attribute = cause_of.partition(":")
        if attribute == "identities" and user.links:
            continue
        if erased == "erased" and attribute not in user.attributes and attribute not in user.pending:
            gone[because] = (*gone.get(because, ()), attribute)
    listed = attributes(pool, user, readable, own=own)
    return (
        Both((*(Because(Lacks("Name", n), because) for because, n in gone.items()), listed))
        if gone
        else listed
    )


def member(call: Call, pool: Pool, user: User, attributes_member: str) -> dict[str, Any]:
    """The members of UserType, or of AdminGetUser's answer, with the attributes under this name."""
    # The attributes come first, since they are what sub is bound to.
    return {
        attributes_member: shown(pool, user),
        "Username": call.seen(user, "username", name(pool, user)),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": modified(call, user),
        "Enabled": call.seen(user, "enabled"),
        "UserStatus": call.seen(user, "status"),
    }


def new_member(call: Call, pool: Pool, user: User) -> dict[str, Any]:
    """UserType of a user who was made just now: the two dates are the same (fact acu-response-attributes)."""
    return {**member(call, pool, user, "Attributes"), "UserLastModifiedDate": user.created}


def modified(call: Call, user: User) -> Any:
    """UserLastModifiedDate: later than the creation where evidence says so, and otherwise no earlier.

    Which operations move it is settled for few, and so a date that nothing is known to have moved may have.
    """
    if user.moved or user.moved_soon:
        return Because(After(user.modified, user.created, coarse=not user.moved), R.update_moves_date)
    if user.modified != user.created:
        return AtLeast(user.modified, user.created)
    return OneOf.of(user.created, AtLeast(call.fresh("Instant"), user.created))


def touched(call: Call, user: User, *, certainly: bool = False) -> User:
    """The user with a new date of last modification; `certainly` where evidence says that the date moves."""
    age = call.now - user.created_at
    return replace(
        user,
        modified=call.fresh("Instant"),
        moved=user.moved or (certainly and age > CLOCK_STEP),
        moved_soon=user.moved_soon or (certainly and age > CLOCK_TICK),
    )


def mfa_members(user: User) -> dict[str, Any]:
    """UserMFASettingList and PreferredMfaSetting, absent where nothing is set (fact getuser-no-mfa-keys)."""
    cause = user.causes.get("mfa")
    listed: Any = Bag(tuple(user.mfa.enabled)) if user.mfa.enabled else ABSENT
    preferred: Any = user.mfa.preferred or ABSENT
    if user.mfa.secret is not None and cause in (mfa_R.code_verifies, mfa_R.gives_secret):
        # Whether a token that was verified, and not enabled, is listed or preferred already is not settled.
        listed = OneOf.of(listed, Bag(tuple(dict.fromkeys((*user.mfa.enabled, "SOFTWARE_TOKEN_MFA")))))
        preferred = preferred if user.mfa.preferred else OneOf.of(ABSENT, "SOFTWARE_TOKEN_MFA")
    members = {"UserMFASettingList": listed, "PreferredMfaSetting": preferred}
    return {name: value if cause is None else Because(value, cause) for name, value in members.items()}


def write(call: Call, user: User, because: Requirement, values: Mapping[str, Any]) -> User:
    """The user with these attributes written; an empty value deletes (fact uua-blank-deletes)."""
    kept = {name: value for name, value in {**user.attributes, **values}.items() if value != ""}
    changed = call.change(user, because, attributes=kept)
    if changed.attributes != kept:
        return changed  # the effect was lost on purpose
    return replace(changed, causes={**changed.causes, **{f"attribute:{name}": because for name in values}})


def erase(call: Call, user: User, because: Requirement, names: Collection[str]) -> User:
    """The user without these attributes, and without the flags that go with them."""
    gone = {flag for name in names for flag in (name, f"{name}_verified")}
    left = {n: v for n, v in user.attributes.items() if n not in gone}
    changed = call.change(user, because, attributes=left)
    return replace(changed, causes={**changed.causes, **{f"erased:{n}": because for n in names}})


def take_alias(call: Call, pool: Pool, owner: User, attribute: str, because: Requirement) -> Pool:
    """The pool in which no other user has the owner's value of `attribute` as a verified alias."""
    value = owner.attributes.get(attribute)
    for user in pool.users.values():
        if _owns(pool, user, attribute, value) and user.sub != owner.sub:
            pool = pool.put(user=write(call, user, because, {f"{attribute}_verified": UNVERIFIED}))
    return pool


def alias_owner(pool: Pool, user: User, attribute: str, value: Any) -> User | None:
    """Another user who has this value as a verified alias."""
    if attribute not in pool.alias_attributes:
        return None
    others = (other for other in pool.users.values() if other.sub != user.sub)
    return next((other for other in others if _owns(pool, other, attribute, value)), None)


def _owns(pool: Pool, user: User, attribute: str, value: Any) -> bool:
    return user.verified(attribute) and pool.same_name(user.attributes.get(attribute), value)
