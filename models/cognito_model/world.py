"""The state of the service, immutable: an operation takes one world and gives the next.

`causes` of an object says which requirement last wrote a field, so that a later reading that shows another value
blames the effect that got lost and not the reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from cognito_model.evolve import replace
from cognito_model.requirement import Requirement
from cognito_model.terms import Fresh

Causes = Mapping[str, Requirement]


@dataclass(frozen=True, slots=True)
class Message:
    """Something that Cognito sent to a user: for which purpose, to which attribute's value, and when (epoch s)."""

    term: Fresh
    purpose: str
    medium: str
    attribute: str
    destination: Any
    at: float
    pool: Any = None
    username: Any = None


@dataclass(frozen=True, slots=True)
class Mfa:
    """A user's second factors: which are enabled, which is preferred, and the software token.

    `candidate` is a secret that waits to be verified, `friendly` the name that the verified one was given, and
    `used_step` the 30 s step of the code that was used last.
    """

    enabled: tuple[str, ...] = ()
    preferred: str | None = None
    secret: Any = None
    candidate: Any = None
    used_step: int | None = None
    friendly: str | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A device that a user signed in with. `remembered` is None until ConfirmDevice."""

    key: Any
    group: Any
    created: Any
    verifier: Any = None
    salt: Any = None
    name: str | None = None
    remembered: bool | None = None
    modified: Any = None
    authenticated: Any = None


@dataclass(frozen=True, slots=True)
class Credential:
    """A passkey that a user registered; `kept` is what a reader needs to check its signatures."""

    id: Any
    created: Any
    kept: Any = None
    party: Any = None
    """The relying party's id that the pool configured then."""


def is_true(flag: Any) -> bool:
    """Whether a truth value is true, in whatever case it is written (fact acu-flag-is-kept-as-written)."""
    return isinstance(flag, str) and flag.lower() == "true"


@dataclass(frozen=True, slots=True)
class User:
    """A user profile. `username` is the sub itself in pools whose users sign in with an e-mail or phone number.

    `sign_in` is the attribute that this user signed up with there: an e-mail address cannot be exchanged for a phone
    number (fact username-attr-email-to-phone). `created_at` is the epoch second of the creation, `moved` says that
    `modified` must be later than `created`, `moved_soon` that it must unless it has whole seconds, `temporary_passwords` are those of the former that were temporary, and
    `attempts` the epoch seconds of each operation's latest calls on this user, where it limits them, and `links` the
    identities of other providers that sign in as this user: the provider, and the id there. At `perhaps_renewed` an
    administrator wrote attributes, which may have given the temporary password its days anew.
    """

    sub: Fresh
    username: Any
    status: str
    created: Any
    modified: Any
    password: Any = None
    enabled: bool = True
    temporary_since: float | None = None
    perhaps_renewed: float | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    pending: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    former_passwords: tuple[Any, ...] = ()
    failures: int = 0
    failed_at: float = 0.0
    mfa: Mfa = Mfa()
    devices: Mapping[Any, Device] = field(default_factory=dict)
    passkeys: Mapping[Any, Credential] = field(default_factory=dict)
    registration: Any = None
    registration_party: Any = None
    sign_in: str | None = None
    created_at: float = 0.0
    moved: bool = False
    moved_soon: bool = False
    temporary_passwords: tuple[Any, ...] = ()
    attempts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    links: tuple[tuple[Any, Any], ...] = ()
    causes: Causes = field(default_factory=dict)

    def has(self, attribute: str) -> bool:
        """Whether the attribute has a value."""
        return attribute in self.attributes

    def verified(self, attribute: str) -> bool:
        """Whether the e-mail address or phone number has been verified."""
        return is_true(self.attributes.get(f"{attribute}_verified"))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of users, with its description, precedence and role where they were given."""

    name: str
    created: Any
    modified: Any
    members: Mapping[str, Any] = field(default_factory=dict)
    causes: Causes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Client:
    """An app client: its settings as they were given or defaulted, and its secret term if it has one."""

    id: Fresh
    pool: Fresh
    settings: Mapping[str, Any]
    secret: Fresh | None
    created: Any
    modified: Any
    causes: Causes = field(default_factory=dict)

    @property
    def hides_users(self) -> bool:
        """Whether PreventUserExistenceErrors is ENABLED."""
        return self.settings.get("PreventUserExistenceErrors") == "ENABLED"


@dataclass(frozen=True, slots=True)
class Grant:
    """One sign-in and all tokens that descend from it: whose, through which client, and whether it was revoked."""

    id: Fresh
    sub: Fresh
    client: Fresh
    at: float
    revoked: bool = False
    revocable: bool = True
    device: Any = None
    used: float | None = None
    """When it was last refreshed."""
    evicted: bool = False
    """Whether a later sign-in took its place among the sessions that a user may have."""
    after: str = ""
    """The last challenge of the sign-in, or START."""
    causes: Causes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a grant: "access", "id" or "refresh", when it expires (epoch s), and whether it was rotated out."""

    kind: str
    grant: Fresh
    expires: float
    replaced_at: float | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge that waits for its answer, keyed in the pool by its Session (or SECRET_BLOCK) term."""

    name: str
    sub: Fresh | None
    client: Fresh
    username: Any
    at: float
    flow: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing under way, keyed in the pool by its page token: what was asked, what came, what must still come."""

    operation: str
    asked: Mapping[str, Any]
    seen: frozenset[Any]
    required: frozenset[Any]


@dataclass(frozen=True, slots=True)
class Pool:
    """A user pool with everything in it. `settings` are the members of UserPoolType as they were set or defaulted."""

    id: Fresh
    created: Any
    modified: Any
    settings: Mapping[str, Any] = field(default_factory=dict)
    clients: Mapping[Any, Client] = field(default_factory=dict)
    users: Mapping[Any, User] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    grants: Mapping[Any, Grant] = field(default_factory=dict)
    tokens: Mapping[Any, Token] = field(default_factory=dict)
    challenges: Mapping[Any, Challenge] = field(default_factory=dict)
    resources: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)
    causes: Causes = field(default_factory=dict)

    @property
    def alias_attributes(self) -> tuple[str, ...]:
        """Attributes that a user can sign in with beside the username, once verified."""
        return tuple(self.settings.get("AliasAttributes", ()))

    @property
    def username_attributes(self) -> tuple[str, ...]:
        """Attributes that a user signs up with in place of a username."""
        return tuple(self.settings.get("UsernameAttributes", ()))

    @property
    def case_sensitive(self) -> bool:
        """Whether user names that differ in case alone are different users."""
        return bool(self.settings.get("UsernameConfiguration", {}).get("CaseSensitive", True))

    def same_name(self, one: Any, other: Any) -> bool:
        """Whether two user names (or alias values) are the same in this pool."""
        if one == other:
            return True
        return (
            not self.case_sensitive
            and isinstance(one, str)
            and isinstance(other, str)
            and one.lower() == other.lower()
        )

    def by_username(self, name: Any) -> User | None:
        """The user whose Username this is."""
        return next((u for u in self.users.values() if self.same_name(u.username, name)), None)

    def by_alias(self, name: Any) -> User | None:
        """The user who can sign in with this value: a verified alias, or the attribute that stands for a username."""
        for attribute in self.alias_attributes:
            for user in self.users.values():
                usable = user.verified(attribute) or attribute == "preferred_username"
                if (
                    usable
                    and attribute in user.attributes
                    and self.same_name(user.attributes[attribute], name)
                ):
                    return user
        if self.username_attributes:
            for user in self.users.values():
                if user.sign_in is not None and self.same_name(user.attributes.get(user.sign_in), name):
                    return user
        return None

    def find(self, name: Any) -> User | None:
        """The user whom this username, sub or alias names, or None."""
        if isinstance(name, Fresh) and name in self.users:
            return self.users[name]
        return self.by_username(name) or self.by_alias(name)

    def put(self, **items: Any) -> Self:
        """The pool with these objects added or replaced, each under its own key: user=, client=, group=, grant=."""
        changed: dict[str, Any] = {}
        for kind, item in items.items():
            table = f"{kind}s"
            key = item.sub if kind == "user" else item.name if kind == "group" else item.id
            changed[table] = {**getattr(self, table), key: item}
        return replace(self, **changed)

    def drop(self, table: str, *keys: Any) -> Self:
        """The pool without these keys of one of its tables."""
        left = {key: item for key, item in getattr(self, table).items() if key not in keys}
        changed: dict[str, Any] = {table: left}
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that the service knows: its pools, and the listings of pools under way."""

    pools: Mapping[Any, Pool] = field(default_factory=dict)
    listings: Mapping[Any, Listing] = field(default_factory=dict)
    domains: Mapping[str, Any] = field(default_factory=dict)
    former_domains: tuple[str, ...] = ()
    gone: frozenset[Any] = frozenset()

    def with_pool(self, pool: Pool) -> World:
        """The world in which this pool is as given."""
        return replace(self, pools={**self.pools, pool.id: pool})

    def without_pool(self, pool_id: Any) -> World:
        """The world without this pool and all that was in it."""
        pools = {k: p for k, p in self.pools.items() if k != pool_id}
        return replace(self, pools=pools, gone=frozenset(mark for mark in self.gone if mark[1] != pool_id))

    def knowing_gone(self, *marks: tuple[Any, ...]) -> World:
        """The world that knows these as gone: a kind, a pool's id, and what stands for the thing."""
        return replace(self, gone=self.gone.union(marks))

    def clients(self) -> Iterator[Client]:
        """All app clients of all pools."""
        for pool in self.pools.values():
            yield from pool.clients.values()

    def client(self, client_id: Any) -> Client | None:
        """The app client with this id, or None."""
        return next((p.clients[client_id] for p in self.pools.values() if client_id in p.clients), None)

    def client_pool(self, client_id: Any) -> Pool:
        """The pool of the app client with this id. Raises StopIteration where there is none."""
        return next(pool for pool in self.pools.values() if client_id in pool.clients)

    def token(self, term: Any) -> tuple[Pool, Token, Grant] | None:
        """The pool, state and grant of a token, or None for a value that no pool issued."""
        for pool in self.pools.values():
            token = pool.tokens.get(term)
            if token is not None:
                return pool, token, pool.grants[token.grant]
        return None

    def challenge(self, key: Any) -> tuple[Pool, Challenge] | None:
        """The challenge that waits under this Session or SECRET_BLOCK, or None."""
        for pool in self.pools.values():
            if key in pool.challenges:
                return pool, pool.challenges[key]
        return None
