"""The baseline: a rule machine as the Hypothesis manual teaches it, without knowledge of where faults hide.

One rule for each operation of the service model, bundles for what operations make (pools, app clients, users, groups,
tokens, sessions, codes), Hypothesis's own settings. What bundles do not give is drawn from the service model, or from
a few sensible values. Answers are judged by the same judge as the suite's, so only the calls differ.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from cognito_conformance.engine.budget import BudgetSpent
from cognito_conformance.engine.ledger import Ledger
from cognito_conformance.generators import service as described
from cognito_conformance.generators import valid_params
from cognito_conformance.judge.judge import Fate, Judge, Step
from cognito_conformance.wire import service
from cognito_model.call import modelled
from cognito_model.model import Model, Request
from cognito_model.terms import Code, Fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.calibration.endpoint import ReferenceEndpoint
    from cognito_conformance.engine.ledger import Finding

Params = dict[str, Any]


class Client(NamedTuple):
    """An app client and its pool."""

    pool: Any
    id: Any


class User(NamedTuple):
    """A user as the machine made it."""

    client: Client
    name: str
    password: str


class Token(NamedTuple):
    """What a sign-in gave."""

    user: User
    access: Any
    refresh: Any


class Sent(NamedTuple):
    """A code or a session that a user was given."""

    user: User
    value: Any


NAMES = st.sampled_from(["alice", "bob", "carol", "dave", "erin"])
PASSWORDS = st.sampled_from(["Passw0rd!", "An0ther-Passw0rd", "Th1rd=Passw0rd", "weak"])
EMAILS = st.sampled_from(["alice@example.com", "bob@example.com", "not an address"])
ATTRIBUTES = st.dictionaries(st.sampled_from(["email", "name", "given_name"]), EMAILS, max_size=2).map(
    lambda given: [{"Name": name, "Value": value} for name, value in given.items()]
)
SENSIBLE: dict[str, st.SearchStrategy[Any]] = {
    "Password": PASSWORDS,
    "TemporaryPassword": PASSWORDS,
    "ProposedPassword": PASSWORDS,
    "PreviousPassword": PASSWORDS,
    "UserAttributes": ATTRIBUTES,
    "UserAttributeNames": st.lists(st.sampled_from(["email", "name"]), min_size=1, max_size=2),
    "AttributeName": st.sampled_from(["email", "phone_number"]),
    "Permanent": st.booleans(),
}
"""What a reader of the API reference would give for members whose shapes say little."""

POOLS = st.fixed_dictionaries(
    {"PoolName": st.just("textbook")},
    optional={
        "AutoVerifiedAttributes": st.just(["email"]),
        "AliasAttributes": st.just(["email"]),
        "Policies": st.just({"PasswordPolicy": {"MinimumLength": 10}}),
        "MfaConfiguration": st.sampled_from(["OFF", "OPTIONAL"]),
    },
)
FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_SRP_AUTH",
]
CLIENTS = st.fixed_dictionaries(
    {"ClientName": st.just("app"), "ExplicitAuthFlows": st.just(FLOWS)},
    optional={"GenerateSecret": st.booleans(), "AccessTokenValidity": st.integers(1, 24)},
)
BY_HAND = frozenset(
    [
        "CreateUserPool",
        "CreateUserPoolClient",
        "SignUp",
        "AdminCreateUser",
        "CreateGroup",
        "InitiateAuth",
        "AdminInitiateAuth",
        "RespondToAuthChallenge",
        "ConfirmSignUp",
        "ConfirmForgotPassword",
        "ForgotPassword",
        "ResendConfirmationCode",
    ]
)


@dataclass
class TextbookRun:
    """Runs the machine with ever new seeds until the budget is spent, or a finding is found of which `until` is true."""

    endpoint: ReferenceEndpoint
    seed: int
    until: Callable[[Finding], bool] = lambda _finding: False
    ledger: Ledger = field(default_factory=Ledger)

    def explore(self) -> None:
        """Spend the budget."""
        model = Model(service.description())

        def new_judge() -> Judge:
            self.endpoint.target.reset()
            return Judge(model, self.endpoint)

        machine = machine_of(new_judge, self._record)
        how = settings(
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        seeds = random.Random(self.seed)
        try:
            while self.endpoint.budget.left:
                run_state_machine_as_test(hypothesis.seed(seeds.getrandbits(48))(machine), settings=how)
        except BudgetSpent:
            return

    def _record(self, step: Step, steps: list[Step]) -> None:
        if any(self.until(found) for found in self.ledger.record(step, steps, self.endpoint.budget.spent)):
            raise BudgetSpent


def machine_of(
    new_judge: Callable[[], Judge], record: Callable[[Step, list[Step]], None]
) -> type[RuleBasedStateMachine]:
    """The machine. Each example has a judge, and so a world, of its own; it begins with a pool and an app client."""
    made_pools, clients, users = Bundle("pools"), Bundle("clients"), Bundle("users")
    pools = made_pools | clients.map(lambda client: client.pool)
    groups, tokens = Bundle("groups"), Bundle("tokens")
    sessions, codes = Bundle("sessions"), Bundle("codes")

    class TextbookMachine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.judge = new_judge()
            self.steps: list[Step] = []
            self.number = 0
            self.lost = False

        def call(self, operation: str, params: Params) -> bool:
            """Make the call; whether it was accepted. Nothing is called any more once the judge has lost track."""
            if self.lost:
                return False
            self.number += 1
            step = self.judge.step(Request(self.number, operation, params))
            self.steps.append(step)
            self.lost = step.derailed
            record(step, self.steps)
            return step.fate is Fate.JUDGED and step.answer is not None and step.answer.error is None

        def fresh(self, kind: str) -> Fresh:
            return Fresh(kind, self.number)

        def sent(self, user: User) -> Any:
            """The code that the last call sent, for the bundle of codes."""
            replies = self.steps[-1].outcome.replies
            messages = replies[0].messages if replies else ()
            return Sent(user, Code(messages[0].term)) if messages else multiple()

        @initialize(target=clients)
        def begin(self) -> Any:
            self.call("CreateUserPool", {"PoolName": "textbook"})
            pool = self.fresh("PoolId")
            made = self.call(
                "CreateUserPoolClient", {"UserPoolId": pool, "ClientName": "app", "ExplicitAuthFlows": FLOWS}
            )
            return Client(pool, self.fresh("ClientId")) if made else multiple()

        @rule(target=made_pools, params=POOLS)
        def create_pool(self, params: Params) -> Any:
            return self.fresh("PoolId") if self.call("CreateUserPool", params) else multiple()

        @rule(target=clients, pool=pools, params=CLIENTS)
        def create_client(self, pool: Any, params: Params) -> Any:
            made = self.call("CreateUserPoolClient", {"UserPoolId": pool, **params})
            return Client(pool, self.fresh("ClientId")) if made else multiple()

        @rule(target=users, client=clients, name=NAMES, password=PASSWORDS, attributes=ATTRIBUTES)
        def sign_up(self, client: Client, name: str, password: str, attributes: list[Params]) -> Any:
            params = {
                "ClientId": client.id,
                "Username": name,
                "Password": password,
                "UserAttributes": attributes,
            }
            return User(client, name, password) if self.call("SignUp", params) else multiple()

        @rule(target=users, client=clients, name=NAMES, password=PASSWORDS, attributes=ATTRIBUTES)
        def admin_create_user(
            self, client: Client, name: str, password: str, attributes: list[Params]
        ) -> Any:
            params = {"UserPoolId": client.pool, "Username": name, "TemporaryPassword": password}
            made = self.call("AdminCreateUser", {**params, "UserAttributes": attributes})
            return User(client, name, password) if made else multiple()

        @rule(target=groups, pool=pools, name=st.sampled_from(["admins", "staff"]))
        def create_group(self, pool: Any, name: str) -> Any:
            made = self.call("CreateGroup", {"UserPoolId": pool, "GroupName": name})
            return (pool, name) if made else multiple()

        @rule(
            target=codes, user=users, operation=st.sampled_from(["ForgotPassword", "ResendConfirmationCode"])
        )
        def ask_for_code(self, user: User, operation: str) -> Any:
            made = self.call(operation, {"ClientId": user.client.id, "Username": user.name})
            return self.sent(user) if made else multiple()

        @rule(code=codes)
        def confirm_sign_up(self, code: Sent) -> None:
            user = code.user
            params = {"ClientId": user.client.id, "Username": user.name, "ConfirmationCode": code.value}
            self.call("ConfirmSignUp", params)

        @rule(code=codes, password=PASSWORDS)
        def confirm_forgot_password(self, code: Sent, password: str) -> None:
            user = code.user
            params = {"ClientId": user.client.id, "Username": user.name, "ConfirmationCode": code.value}
            self.call("ConfirmForgotPassword", {**params, "Password": password})

        @rule(target=tokens, user=users, admin=st.booleans())
        def sign_in(self, user: User, admin: bool) -> Any:
            params: Params = {
                "ClientId": user.client.id,
                "AuthFlow": "ADMIN_USER_PASSWORD_AUTH" if admin else "USER_PASSWORD_AUTH",
                "AuthParameters": {"USERNAME": user.name, "PASSWORD": user.password},
            }
            if admin:
                params["UserPoolId"] = user.client.pool
            made = self.call("AdminInitiateAuth" if admin else "InitiateAuth", params)
            return Token(user, self.fresh("AccessToken"), self.fresh("RefreshToken")) if made else multiple()

        @rule(target=sessions, user=users)
        def sign_in_for_challenge(self, user: User) -> Any:
            given = {"USERNAME": user.name, "PASSWORD": user.password}
            params = {"ClientId": user.client.id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}
            return Sent(user, self.fresh("Session")) if self.call("InitiateAuth", params) else multiple()

        @rule(target=tokens, session=sessions, password=PASSWORDS)
        def answer_challenge(self, session: Sent, password: str) -> Any:
            user = session.user
            given = {"USERNAME": user.name, "NEW_PASSWORD": password}
            params = {
                "ClientId": user.client.id,
                "ChallengeName": "NEW_PASSWORD_REQUIRED",
                "Session": session.value,
            }
            made = self.call("RespondToAuthChallenge", {**params, "ChallengeResponses": given})
            return Token(user, self.fresh("AccessToken"), self.fresh("RefreshToken")) if made else multiple()

        @rule(token=tokens)
        def refresh(self, token: Token) -> None:
            given = {"REFRESH_TOKEN": token.refresh}
            params = {
                "ClientId": token.user.client.id,
                "AuthFlow": "REFRESH_TOKEN_AUTH",
                "AuthParameters": given,
            }
            self.call("InitiateAuth", params)

    owners = {"pool": pools, "client": clients, "user": users, "group": groups, "token": tokens}
    for operation in described().operations:
        if operation in modelled() and operation not in BY_HAND:
            setattr(TextbookMachine, operation, rule_of(operation, owners))
    return TextbookMachine


def rule_of(operation: str, owners: dict[str, Any]) -> Any:
    """A rule for one operation: its owner from a bundle, sensible values for some members, valid ones for the others."""
    members = described().shapes[described().input_shape(operation)]["members"]
    sensible = {name: strategy for name, strategy in SENSIBLE.items() if name in members}
    owner = owner_of(members)
    extra = {"group": owners["group"]} if "GroupName" in members and owner == "user" else {}

    def act(self: Any, params: Params, sensible: Params, owner: Any = None, group: Any = None) -> None:
        given = {name: value for name, value in sensible.items() if name in params}
        given |= ids_of(owner) | ({} if group is None else {"GroupName": group[1]})
        self.call(operation, {**params, **{name: value for name, value in given.items() if name in members}})

    act.__name__ = act.__qualname__ = operation
    arguments: Params = {
        "params": valid_params(operation),
        "sensible": st.fixed_dictionaries(sensible),
        **extra,
    }
    if owner is not None:
        arguments["owner"] = owners[owner]
    decorate: Any = rule(**arguments)
    return decorate(act)


def owner_of(members: Params) -> str | None:
    """The bundle that an operation's ids come from."""
    if "AccessToken" in members:
        return "token"
    if "Username" in members:
        return "user"
    if "GroupName" in members:
        return "group"
    if "ClientId" in members:
        return "client"
    return "pool" if "UserPoolId" in members else None


def ids_of(owner: Any) -> Params:
    """The members that name an owner."""
    match owner:
        case Token(user, access, refresh):
            return {**ids_of(user), "AccessToken": access, "RefreshToken": refresh, "Token": refresh}
        case User(client, name, _):
            return {**ids_of(client), "Username": name}
        case Client(pool, client_id):
            return {"UserPoolId": pool, "ClientId": client_id}
        case (pool, group):
            return {"UserPoolId": pool, "GroupName": group}
        case None:
            return {}
        case pool:
            return {"UserPoolId": pool}
