"""What a request member means: a user of this pool or nobody, a live token or a revoked one, a good password or a bad one.

Each role takes the pick and gives a value; the wrong values are the ones that a requirement speaks of.
"""

from __future__ import annotations

from typing import Any, cast

from cognito_conformance.machines.pick import NotApplicable, Pick
from cognito_conformance.machines.waiting import LATE
from cognito_model import attributes, clients, passwords
from cognito_model.terms import Code, Fresh, Junk, SecretHash, Spoiled, SrpA
from cognito_model.world import Challenge, Client, Pool, Token, User

SYMBOLS = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+="
"""What counts as a symbol in a password, in the order of the developer guide."""
STANDARD = ("name", "given_name", "family_name", "nickname", "locale", "zoneinfo", "picture")
"""Attributes of the users that are text and nothing else."""


def pool_id(pick: Pick) -> Any:
    """The pool's id; wrong: another pool's, one that no pool has, one of another shape."""
    if pick.goes_wrong():
        others = [pool for pool in pick.world.pools if pool != pick.subject.pool]
        return pick.of([*others, *others, Junk("PoolId", 1), Junk("PoolId", 2), "no-pool-id"])
    return pick.pool.id


def client_id(pick: Pick, client: Client) -> Any:
    """The app client's id; wrong: one that no client has, or one of another pool, or one that is gone."""
    if not pick.goes_wrong():
        return client.id
    others = [known.id for known in pick.world.clients() if known.pool != pick.subject.pool]
    return pick.of([Junk("ClientId", pick.index(2)), *others, *gone_names(pick, "client")])


def of_client(pick: Pick) -> dict[str, Any]:
    """The ids of the pool and of an app client of it."""
    return {"UserPoolId": pool_id(pick), "ClientId": client_id(pick, pick.client())}


def name_of(pick: Pick, user: User) -> Any:
    """A name by which the user can be addressed: mostly the username, now and then the sub or an alias."""
    pool = pick.pool
    signed_up_with = user.attributes.get(user.sign_in) if user.sign_in is not None else None
    name = signed_up_with if isinstance(signed_up_with, str) else user.username
    others = [user.sub, user.username]
    others += [user.attributes[a] for a in pool.alias_attributes if isinstance(user.attributes.get(a), str)]
    if pick.index(10) >= 8:
        return pick.of(others)
    return name


def username(pick: Pick, user: User) -> Any:
    """A name of the user; wrong: nobody's, in another case, of a user who is gone, or a contact that is no alias."""
    if not pick.goes_wrong():
        return name_of(pick, user)
    values = map(user.attributes.get, attributes.ALIASES)
    contacts = [v for v in values if isinstance(v, str) and pick.pool.find(v) is None]
    if contacts and pick.chance(30):
        return pick.of(contacts)
    known = user.username
    nobody = f"nobody{pick.step}@example.com" if pick.pool.username_attributes else f"nobody-{pick.step}"
    gone = gone_names(pick, "user")
    return pick.of([nobody, *gone, known.swapcase() if isinstance(known, str) else nobody])


def gone_names(pick: Pick, kind: str) -> list[Any]:
    """The names or ids of a few users, groups, app clients or resources of the pool that were deleted, and that none has now."""
    pool = pick.pool
    names = (mark[-1] for mark in pick.world.gone if mark[:-1] == (kind, pool.id))
    if kind == "user":
        return sorted((name for name in names if pool.find(name) is None), key=str)[-2:]
    tables: dict[str, Any] = {"group": pool.groups, "client": pool.clients}
    there = tables.get(kind, pool.resources.get(kind, {}))
    return sorted((name for name in names if name not in there), key=str)[-2:]


def email(pick: Pick) -> str:
    """One of a few addresses, or one that somebody has, so that two users come to share one."""
    return _contact(pick, "email") or f"person{pick.index(4)}@example.com"


def phone(pick: Pick) -> str:
    """One of a few numbers, or one that somebody has."""
    return _contact(pick, "phone_number") or f"+1555010010{pick.index(4)}"


def _contact(pick: Pick, name: str) -> str | None:
    """What somebody has for this contact, now and then; more often where it can be only one user's."""
    if not pick.chance(40 if name in pick.pool.alias_attributes else 25):
        return None
    values = [user.attributes.get(name) for user in pick.pool.users.values()]
    known = [value for value in values if isinstance(value, str)]
    return pick.of(known[-3:]) if known else None


def new_username(pick: Pick) -> Any:
    """A name that is free; wrong: taken, of another case, of the form that an alias has, with a space."""
    pool = pick.pool
    wrong = pick.goes_wrong()
    plain = f"user-{pick.step}"
    if pool.username_attributes:
        attribute = pick.of(pool.username_attributes)
        fresh = f"user{pick.step}@example.com" if attribute == "email" else f"+1555{pick.step:07d}"
        taken = [
            u.attributes[a]
            for u in pool.users.values()
            for a in pool.username_attributes
            # A value that is not settled is no name.
            if isinstance(u.attributes.get(a), str)
        ]
        return pick.of([*taken[-2:], plain]) if wrong else fresh
    if not wrong:
        return pick.of([plain, f"User-{pick.step}", f"user.{pick.step}+x"])
    taken = [u.username for u in pool.users.values() if isinstance(u.username, str)]
    return pick.of([*taken[-2:], *(t.swapcase() for t in taken[-1:]), email(pick), phone(pick), "with space"])


def good_password(pick: Pick, pool: Pool) -> str:
    """A password that the pool's policy takes: one of a few, or one with another of the symbols that count."""
    length = max(int(passwords.policy(pool).get("MinimumLength", 8)), 8)
    kind = pick.index(3)
    symbol = "!" if kind < 2 else SYMBOLS[pick.step % len(SYMBOLS)]
    return f"Aa1{symbol}Secret{kind}".ljust(length, "x")


def new_password(pick: Pick, pool: Pool) -> str:
    """A password that the policy takes; wrong: one that breaks one rule of it."""
    if not pick.goes_wrong():
        return good_password(pick, pool)
    rules = passwords.policy(pool)
    length = int(rules.get("MinimumLength", 8))
    bad = ["Aa1!Secret"[: length - 1]] if length <= 10 else ["Aa1!Secret0"]
    for rule, without in (
        ("RequireUppercase", "aa1!secret0"),
        ("RequireLowercase", "AA1!SECRET0"),
        ("RequireNumbers", "Aaa!Secretx"),
        ("RequireSymbols", "Aa11Secret0"),
    ):
        if rules.get(rule):
            bad.append(without.ljust(length, without[-1]))
    return pick.of(bad)


def password_of(pick: Pick, user: User) -> Any:
    """The user's password; wrong: another, or one of a former time."""
    if pick.goes_wrong() or user.password is None:
        return pick.of(["Wrong-Passw0rd!", *user.former_passwords[-1:]])
    return user.password


def srp_a(pick: Pick) -> Any:
    """A public value of the client's; wrong: none, nought, no number."""
    return pick.of([None, "0", "not hex"]) if pick.goes_wrong() else SrpA(pick.step)


def secret_hash(pick: Pick, client: Client, name: Any) -> Any:
    """The secret hash where the client has a secret; wrong: none, of another name, of nothing."""
    wrong = pick.goes_wrong()
    if client.secret is None:
        return Junk("SecretHash", 1) if wrong else None
    if wrong:
        return pick.of([None, SecretHash(client.id, "somebody-else"), Junk("SecretHash", 2)])
    others = clients.other_secrets(client)
    if others and pick.chance(50):
        return SecretHash(client.id, name, pick.of(others))
    return SecretHash(client.id, name)


def code(pick: Pick, user: User, purpose: str) -> Any:
    """The newest code that the user was sent for a purpose; wrong: a digit off, used already, made up."""
    sent = user.codes.get(purpose, ())
    if pick.goes_wrong() or not sent:
        choices: list[Any] = [Junk("Code", pick.index(2)), "not-a-code"]
        if sent:
            choices.insert(0, Spoiled(Code(sent[-1].term), "digit"))
        choices += [Code(message.term) for message in user.codes.get(f"used:{purpose}", ())]
        return pick.of(choices)
    if len(sent) > 1 and pick.chance(20):
        return Code(sent[-2].term)
    return Code(sent[-1].term)


NEWEST = 3
"""So many tokens of a kind are ever chosen among."""


def usable_tokens(pick: Pick, kind: str, sub: Any = None) -> list[Fresh]:
    """The newest live tokens of a kind; for a call that is to come too late those whose time is over, where there are any."""
    over = tokens_of(pick.pool, kind, sub, now=pick.now, over=True) if pick.wrong == LATE else []
    return over or tokens_of(pick.pool, kind, sub, now=pick.now)


def tokens_of(pool: Pool, kind: str, sub: Any = None, *, now: float, over: bool = False) -> list[Fresh]:
    """The newest live tokens of a kind, newest first: of one user or all. `over`: those that nothing but time has ended."""
    found: list[Fresh] = []
    for term, token in reversed(cast("dict[Fresh, Token]", pool.tokens).items()):
        if token.kind != kind:
            continue
        grant = pool.grants[token.grant]
        works = not grant.revoked and grant.sub in pool.users and (token.expires > now) is not over
        if works and sub in (None, grant.sub):
            found.append(term)
            if len(found) == NEWEST:
                break
    return found


def waiting_challenges(pick: Pick) -> list[tuple[Any, Challenge]]:
    """The challenges that can still be answered, oldest first, with their sessions."""
    pool = pick.pool
    return [
        (key, challenge)
        for key, challenge in pool.challenges.items()
        if challenge.name not in ("(used)", "SIGNED_UP") and not _is_over(pick, challenge)
    ]


def _is_over(pick: Pick, challenge: Challenge) -> bool:
    client = pick.pool.clients.get(challenge.client)
    return client is not None and pick.now > challenge.at + clients.auth_session_seconds(client)


def dead_tokens(pool: Pool, kind: str, *, now: float) -> list[Fresh]:
    """The newest token of a kind for each way in which it died: what revoked it, its user is gone, its time is over."""
    found: dict[Any, Fresh] = {}
    for term, token in reversed(cast("dict[Fresh, Token]", pool.tokens).items()):
        grant = pool.grants[token.grant]
        is_orphan, is_over = grant.sub not in pool.users, token.expires <= now
        if token.kind == kind and (grant.revoked or is_orphan or is_over):
            revoked_by = grant.causes.get("revoked") if grant.revoked else None
            found.setdefault((revoked_by, is_orphan, is_over), term)
    return list(found.values())


def access_token(pick: Pick, user: User | None = None) -> Any:
    """A live access token; wrong: revoked, an id or refresh token, altered, made up, of no such form."""
    pool = pick.pool
    live = usable_tokens(pick, "access", user.sub if user else None)
    if not pick.goes_wrong():
        return pick.of(live[:3])
    ids, refreshes = tokens_of(pool, "id", now=pick.now), tokens_of(pool, "refresh", now=pick.now)
    choices: list[Any] = [Junk("AccessToken", pick.index(2)), "no token"]
    choices += dead_tokens(pool, "access", now=pick.now) + ids[:1] + refreshes[:1]
    if live:
        choices.append(Spoiled(live[0], pick.of(["claim", "none", "signature"])))
    return pick.of(choices)


def owner(pick: Pick, token: Any) -> User:
    """The user whom a live access token belongs to; the walk's user for any other value."""
    pool = pick.pool
    state = pool.tokens.get(token)
    user = pool.users.get(pool.grants[state.grant].sub) if state else None
    if user is not None:
        return user
    users = list(pool.users.values())
    if not users:
        raise NotApplicable
    return pool.users.get(pick.subject.user) or users[0]


def attribute_name(pick: Pick, pool: Pool) -> str:
    """The name of an attribute that can be written, custom ones and contacts more often."""
    custom = [name for name in attributes.schema(pool) if name.startswith(("custom:", "dev:"))]
    contacts = ["email", "phone_number", "preferred_username"]
    return pick.of([*custom, *custom, *contacts, *contacts, *STANDARD[:3]])


def attribute_value(pick: Pick, pool: Pool, name: str) -> Any:
    """A value that the schema takes; wrong: of a bad format, too long, too short."""
    wrong = pick.goes_wrong()
    if name == "email":
        return pick.of(["not-an-email", "two@signs@example.com"]) if wrong else email(pick)
    if name == "phone_number":
        return pick.of(["5550100100", "+1-555", "phone"]) if wrong else phone(pick)
    if name in attributes.VERIFIED_FLAGS:
        return pick.of(["true", "false"])
    known = attributes.schema(pool).get(name, {})
    bounds = known.get("StringAttributeConstraints", {})
    low, high = int(bounds.get("MinLength", 0)), int(bounds.get("MaxLength", 2048))
    if known.get("AttributeDataType") == "Number":
        most = known.get("NumberAttributeConstraints", {}).get("MaxValue")
        beyond = [str(int(most) + 1)] if most is not None else []
        return pick.of(["not-a-number", *beyond]) if wrong else str(pick.index(9) + 1)
    if known.get("AttributeDataType") == "Boolean":
        return pick.of(["true", "false"])
    if wrong and high < 2048:
        return "x" * (high + 1)
    if wrong and low > 1:
        return "x" * (low - 1)
    return f"value{pick.index(3)}".ljust(max(low, 1), "y")[: max(high, 1)]


def attribute_list(
    pick: Pick, pool: Pool, at_most: int = 3, *, required: bool = False, flags: int = 0
) -> list[dict[str, Any]]:
    """Some attributes with values; wrong: an unknown one, an immutable one, sub, one that is required left out."""
    names = {attribute_name(pick, pool) for _ in range(pick.index(at_most + 1))}
    if required:
        # A new user's sign-in name becomes this attribute; what happens to a second value is not settled.
        names -= set(pool.username_attributes)
    wrong = pick.goes_wrong()
    needed = [n for n, a in attributes.schema(pool).items() if a.get("Required") and n != "sub"]
    if required:
        names |= set(needed) - set(pool.username_attributes)
    if wrong:
        change = pick.of(["unknown", "custom:unknown", "sub", "drop", "email_verified"])
        if change == "drop":
            names -= set(needed)
        else:
            names.add(change)
    for contact in ("email", "phone_number"):
        if flags and contact in names and pick.chance(flags):
            names.add(f"{contact}_verified")
    return [{"Name": name, "Value": attribute_value(pick, pool, name)} for name in sorted(names)]


def group(pick: Pick) -> str:
    """The name of a group that exists; wrong: of none, or of one that is gone."""
    if pick.goes_wrong():
        return str(pick.of([f"no-group-{pick.step}", *gone_names(pick, "group")]))
    return pick.of(list(pick.pool.groups))


def readable_client(pick: Pick, flow: str) -> Client:
    """An app client that allows a flow; wrong: one that does not, where there is one."""
    if pick.goes_wrong():
        others = [c for c in pick.pool.clients.values() if not clients.allows_flow(c, flow)]
        return pick.of(others) if others else pick.client()
    fitting = [c for c in pick.pool.clients.values() if clients.allows_flow(c, flow)]
    current = pick.pool.clients.get(pick.subject.client)
    return current if current in fitting and pick.index(10) < 8 else pick.of(fitting)


def limit(pick: Pick) -> int | None:
    """A page size, mostly none or a small one; wrong: over the maximum."""
    if pick.goes_wrong():
        return pick.of([61, -1])
    return pick.of([None, None, 1, 2, 3, 60])


def paged(pick: Pick, operation: str, first: dict[str, Any], token: str = "NextToken") -> dict[str, Any]:
    """The next page of a listing under way, where there is one, or the `first`; wrong: a made-up token."""
    if pick.goes_wrong():
        return {**first, token: Junk("PageToken", 1)}
    under_way = [
        (term, listing) for term, listing in pick.world.listings.items() if listing.operation == operation
    ]
    if not under_way or not pick.chance(60):
        return first
    term, listing = under_way[-1]
    return {**listing.asked, token: term}


def kept_by_update(pool: Pool) -> dict[str, Any]:
    """What an UpdateUserPool names that is about something else: it resets this, and is refused where a setting needs it."""
    verified = pool.settings.get("AutoVerifiedAttributes")
    return {"AutoVerifiedAttributes": list(verified)} if verified else {}


def resource(pick: Pick, kind: str, otherwise: Any) -> Any:
    """The key of something that the pool has of a kind; wrong: `otherwise`, which is of none, or of what is gone."""
    known = list(pick.pool.resources.get(kind, {}))
    if pick.goes_wrong() or not known:
        return pick.of([otherwise, *gone_names(pick, kind)])
    return pick.of(known[-3:])


def device_key(pick: Pick, user: User) -> Any:
    """The key of a device of the user, mostly where there is one, and of a remembered one; wrong: forgotten, unconfirmed."""
    if pick.goes_wrong():
        new = [device.key for device in user.devices.values() if device.remembered is None]
        return pick.of([Junk("DeviceKey", 1), *forgotten_devices(pick, user), *new[-1:]])
    remembered = [device.key for device in user.devices.values() if device.remembered]
    confirmed = [device.key for device in user.devices.values() if device.remembered is not None]
    return pick.of([*remembered, *confirmed]) if confirmed and pick.chance(70) else None


def forgotten_devices(pick: Pick, user: User) -> list[Any]:
    """The keys of a few devices that the user had."""
    marks = (mark for mark in pick.world.gone if mark[:-1] == ("device", pick.pool.id, user.sub))
    return sorted((mark[-1] for mark in marks), key=str)[-2:]
