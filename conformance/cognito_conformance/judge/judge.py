"""One step: predict, send, compare, go on."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from cognito_conformance.judge.bindings import UNIQUE, Bindings, Blocked, Unbound
from cognito_conformance.judge.compare import Check, Comparison, held_check
from cognito_conformance.judge.envelope import envelope_checks, fault_of
from cognito_conformance.judge.probe import Same
from cognito_conformance.wire.answer import Answer
from cognito_conformance.wire.trouble import NO_OBJECT, NOT_JSON
from cognito_model.evolve import replace
from cognito_model.model import Model, Request
from cognito_model.outcome import Outcome, Refusal, Reply
from cognito_model.requirement import MUST, Requirement
from cognito_model.requirements import attributes, protocol
from cognito_model.terms import Fresh
from cognito_model.world import Message, World

NOT_LET_IN = frozenset(
    {
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "ExpiredTokenException",
        "AccessDeniedException",
    }
)
"""Answers that say nothing of the target's behaviour, only that it does not know us."""


class Fate(enum.StrEnum):
    """What became of a step."""

    JUDGED = "judged"
    BLOCKED = "blocked"
    UNSUPPORTED = "unsupported"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """A step that was made: the request, what the model said, what came back, and the checks.

    `derailed` says that the model no longer knows the state of the target after this step; `sent` is the target's time
    at which the request was made, epoch seconds. `lacking` says that the target has nothing of the operation, and not
    only no part that was asked for.
    """

    request: Request
    outcome: Outcome
    answer: Answer | None
    fate: Fate
    checks: tuple[Check, ...] = ()
    reason: str | None = None
    derailed: bool = False
    sent: float = 0.0
    lacking: bool = False

    @cached_property
    def broken(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple([check for check in self.checks if not check.held])

    @cached_property
    def disturbing(self) -> bool:
        """Whether the model is unsure of the target's state after this step."""
        return any(disturbing(check) for check in self.broken)

    @cached_property
    def adrift(self) -> bool:
        """Whether the call was refused, rightly, for what may have come after its effect: nobody knows if that stands."""
        if self.answer is None or self.answer.error is None:
            return False
        must, may = self.outcome.refusals, self.outcome.tolerated
        right = [refusal for refusal in (*must, *may) if self.answer.error in refusal.errors]
        early = (r for r in right if r in must or r.requirement.allows_text(self.answer.message or ""))
        return any(refusal.late for refusal in right) and not any(not refusal.late for refusal in early)

    @property
    def lost(self) -> bool:
        """Whether the model knows the state of the target no more, by an answer against the rules or by one that leaves it
        open: nothing can be judged after this step.
        """
        return self.derailed or self.adrift


def disturbing(check: Check) -> bool:
    """Whether a broken requirement leaves the model unsure of the target's state.

    A call that was accepted or refused against the rules does, and an identifier that became another: then it speaks of
    another thing; so does another challenge than the one that was due. A member with another value, a text or a header
    do not.
    """
    if check.held or check.requirement.level is not MUST:
        return False
    if check.path == "ChallengeName":
        return True
    if check.probe is not None:
        wanted = check.probe.wanted
        return isinstance(wanted, Same) and isinstance(wanted.term, Fresh) and wanted.term.kind in UNIQUE
    return check.path is None and check.requirement.area != "protocol"


class Endpoint(Protocol):
    """What the judge needs of a running target."""

    def send(self, operation: str, params: Mapping[str, Any], *, signed: bool | None = None) -> Answer:
        """Make the call."""

    def says_unsupported(self, operation: str, answer: Answer) -> bool:
        """Whether the answer says that the operation, or what was asked of it, is not implemented."""

    def lacks_operation(self, operation: str, answer: Answer) -> bool:
        """Whether the answer says that the whole operation is not there."""

    def issuer(self, pool_id: str) -> str | None:
        """Another `iss` of the pool's tokens that is as right as AWS's, for a target that is not AWS."""

    def function(self, role: str) -> str | None:
        """The ARN of the function for Lambda triggers that has this role (`functions.ROLES`), where there is one."""

    def read_code(self, message: Message, username: Any, pool_id: Any, answer: Answer | None) -> str | None:
        """The code that a message carried, or None where this target offers no way to read it."""

    def claims(self, pool_id: str, token: str, kind: str) -> Mapping[str, Any]:
        """The claims of a token, with `(signature)`: "valid" or what is wrong with it."""

    def now(self) -> float:
        """The target's time, epoch seconds."""

    def advance(self, seconds: float) -> None:
        """Move the target's clock."""


@dataclass
class Judge:
    """Follows one world on one endpoint. `step` makes a call and says what held."""

    model: Model
    endpoint: Endpoint
    world: World = field(default_factory=World)
    codes: dict[Fresh, str | None] = field(default_factory=dict)
    bindings: Bindings = field(init=False)

    def __post_init__(self) -> None:
        self.bindings = Bindings(
            self._read_code, self.endpoint.now, self.endpoint.issuer, self.endpoint.function
        )

    def predict(self, request: Request) -> Outcome:
        """What the model says of a request in the present world, after the wait that comes before it."""
        return self.model.predict(self.world, request, self.now() + request.wait)

    def now(self) -> float:
        """The target's time, epoch seconds."""
        return self.endpoint.now()

    def pinned(self, request: Request) -> Request:
        """The request with what depends on the moment of sending fixed."""
        params = self.bindings.pin(request.params)
        return request if params is request.params else replace(request, params=params)

    def knows(self, term: Fresh) -> bool:
        """Whether the target has told this value."""
        return term in self.bindings.values

    def step(self, request: Request, outcome: Outcome | None = None) -> Step:
        """Make the call, judge the answer, and move to the next world.

        `outcome` is what was just predicted of the pinned request, so that it need not be predicted again; after a wait
        it must be.
        """
        if request.wait:
            self.endpoint.advance(request.wait)
        sent = self.now()
        if outcome is None or request.wait:
            request = self.pinned(request)
            outcome = self.model.predict(self.world, request, sent)
        try:
            params = self.bindings.realise(request.params)
        except Blocked as why:
            return Step(request, outcome, None, Fate.BLOCKED, reason=str(why))
        except Unbound as why:
            return Step(request, outcome, None, Fate.SKIPPED, reason=f"never given: {why}")
        answer = self.endpoint.send(request.operation, params, signed=request.signed)
        if self.endpoint.says_unsupported(request.operation, answer):
            lacking = self.endpoint.lacks_operation(request.operation, answer)
            reason = f"the target has no such {'operation' if lacking else 'part of the operation'}"
            return Step(request, outcome, answer, Fate.UNSUPPORTED, reason=reason, lacking=lacking)
        if answer.error in NOT_LET_IN:
            reason = f"the target does not take our credentials ({answer.error})"
            return Step(request, outcome, answer, Fate.ERROR, reason=reason, derailed=True)
        if answer.trouble is not None and not _is_the_targets(answer):
            return Step(request, outcome, answer, Fate.ERROR, reason=answer.trouble, derailed=True)
        checks = envelope_checks(request.operation, answer, known=outcome.refusals + outcome.tolerated)
        if outcome.refusals:
            # An answer that should not have been given may well repeat what was wrong with the request.
            checks = [check for check in checks if check.requirement is not protocol.answer_has_shape]
        if request.operation in self.model.public and not request.signed:
            demanded = answer.error == "MissingAuthenticationTokenException"
            checks.append(
                Check(
                    protocol.public_operation_needs_no_signature,
                    not demanded,
                    None,
                    "an answer",
                    answer.error,
                )
            )
        if answer.status >= 500 or answer.trouble is not None:
            derailed = self._judge_fault(outcome, answer, checks)
            return Step(request, outcome, answer, Fate.JUDGED, tuple(checks), derailed=derailed, sent=sent)
        judge_answer = self._judge_error if answer.error is not None else self._judge_success
        derailed = judge_answer(request, outcome, answer, checks)
        if derailed and answer.error is None:
            derailed = not self._undone(request.operation, answer)
        return Step(request, outcome, answer, Fate.JUDGED, tuple(checks), derailed=derailed, sent=sent)

    def _judge_fault(self, outcome: Outcome, answer: Answer, checks: list[Check]) -> bool:
        """A fault of the server is no answer, nor is null. Where it had to refuse, it is taken for a refusal, and the walk goes on."""
        seen = fault_of(answer)
        if outcome.refusals:
            wanted = _any_error_of(outcome.refusals)
            checks.append(Check(outcome.refusals[0].requirement, False, None, wanted, seen))
            self.world = outcome.refused_world or self.world
            return False
        checks += [Check(reply.requirement, False, None, "success", seen) for reply in outcome.replies[:1]]
        return True

    # -- refusals

    def _judge_error(self, request: Request, outcome: Outcome, answer: Answer, checks: list[Check]) -> bool:
        del request
        error = answer.error or ""
        right = [r for r in outcome.refusals + outcome.tolerated if error in r.errors]
        checks += [held_check(refusal.requirement) for refusal in right if refusal in outcome.refusals]
        if right:
            checks += _text_checks(right, answer.message)
        elif outcome.refusals:
            wanted = _any_error_of(outcome.refusals)
            seen = f"{error}: {answer.message}"
            # Another error may be wrong for many reasons; that nobody is there is wrong for one.
            suspects = outcome.suspects if error == "UserNotFoundException" else {}
            blamed = suspects.get(error, outcome.refusals[0].requirement)
            checks.append(Check(blamed, False, None, wanted, seen))
        elif outcome.replies:
            wanted_text = (
                "success" if not outcome.tolerated else "success (or a refusal that is known to occur)"
            )
            blamed = outcome.suspects.get(error, outcome.replies[0].requirement)
            checks.append(Check(blamed, False, None, wanted_text, f"{error}: {answer.message}"))
        if outcome.refused_world is not None and (outcome.refusals or right):
            self.world = outcome.refused_world
        return False

    # -- success

    def _judge_success(self, request: Request, outcome: Outcome, answer: Answer, checks: list[Check]) -> bool:
        checks += [
            Check(refusal.requirement, False, None, " or ".join(refusal.errors), "accepted")
            for refusal in outcome.refusals
        ]
        if not outcome.replies:
            return bool(outcome.refusals) and not reads(request.operation)
        output = answer.output or {}
        reply, comparison = min(
            ((reply, self._compare(reply, output)) for reply in outcome.replies),
            key=lambda pair: pair[1].broken,
        )
        if outcome.refusals:
            if reads(request.operation):
                return False
            # What was accepted against the rules is adopted as far as it looks like an ordinary success.
            if comparison.broken:
                return True
        else:
            checks += _of_the_challenge(comparison.checks)
            checks += [held_check(suspect) for suspect in outcome.suspects.values()]
            checks.append(held_check(reply.requirement))
        self._adopt(request, reply, comparison, answer)
        return bool(outcome.refusals) and not _adoptable(outcome)

    def _undone(self, operation: str, answer: Answer) -> bool:
        """Whether what the target should not have made is deleted again, so that all is as it was: a pool is dear."""
        if operation not in UNDOING:
            return False
        deletion, member, ids = UNDOING[operation]
        made = (answer.output or {}).get(member)
        params = {name: made.get(shown) for name, shown in ids.items()} if isinstance(made, dict) else {}
        *_, newest = params.values() or (None,)
        if not isinstance(newest, str) or newest in self.bindings.values.values():
            return False
        return self.endpoint.send(deletion, params).output is not None

    def _compare(self, reply: Reply, output: Mapping[str, Any]) -> Comparison:
        comparison = Comparison(self.bindings, self.endpoint.claims)
        comparison.members(reply.members, output, reply.requirement)
        if reply.page is not None:
            cause, page = reply.requirement, reply.members[reply.page]
            while hasattr(page, "requirement"):
                cause, page = page.requirement, page.value
            comparison.page_is_complete(page, output, reply.page, cause)
        return comparison

    def _adopt(self, request: Request, reply: Reply, comparison: Comparison, answer: Answer) -> None:
        comparison.commit()
        for message in reply.messages:
            # Read at once: later the newest message of its kind would be another.
            self.codes[message.term] = self._code_of(message, answer)
        if reply.follow is not None and reply.page is not None:
            page = reply.members[reply.page]
            while hasattr(page, "requirement"):
                page = page.value
            more = (answer.output or {}).get(page.token_member) is not None
            if more:
                self.bindings.values.setdefault(
                    Fresh("PageToken", request.step), (answer.output or {})[page.token_member]
                )
            self.world = reply.follow(comparison.page_keys, more)
        else:
            self.world = reply.world
        for client in self.world.clients():
            if client.secret is not None:
                self.bindings.clients[client.id] = client.secret

    def _code_of(self, message: Message, answer: Answer) -> str | None:
        """The code that a message carried; None too where the target never said what its addressee is called.

        Nor was one sent that a list of what was sent leaves out: what an inbox has then is another message's.
        """
        sent = (answer.output or {}).get("CodeDeliveryDetailsList")
        if isinstance(sent, list) and sent and not any(_is_about(message, details) for details in sent):
            return None
        try:
            username, pool = self.bindings.realise(message.username), self.bindings.realise(message.pool)
        except Unbound:
            return None
        return self.endpoint.read_code(message, username, pool, answer)

    def _read_code(self, term: Fresh) -> str:
        if term not in self.codes:
            raise Unbound(str(term))
        code = self.codes[term]
        if code is None:
            raise Blocked("this target offers no way to read the code that it sent")
        return code


UNDOING = {
    "CreateUserPool": ("DeleteUserPool", "UserPool", {"UserPoolId": "Id"}),
    "CreateUserPoolClient": (
        "DeleteUserPoolClient",
        "UserPoolClient",
        {"UserPoolId": "UserPoolId", "ClientId": "ClientId"},
    ),
}
"""What takes back a creation, and where its answer says of what: the member, and for each parameter the one inside it; the
last is what is new.
"""
READINGS = ("Describe", "List", "Get", "AdminGet", "AdminList")
WRITING_GETS = frozenset(
    {"GetUserAttributeVerificationCode", "GetTokensFromRefreshToken", "GetClientToken", "GetDerivedToken"}
)


def reads(operation: str) -> bool:
    """Whether the operation leaves the state as it is, even where it was accepted against the rules."""
    return operation.startswith(READINGS) and operation not in WRITING_GETS


def _is_about(message: Message, details: Any) -> bool:
    """Whether CodeDeliveryDetails may speak of the message."""
    return not isinstance(details, dict) or details.get("AttributeName") in (None, message.attribute)


def _any_error_of(refusals: Iterable[Refusal]) -> str:
    """The errors that keep some of the refusals, for people."""
    return " or ".join(sorted({error for refusal in refusals for error in refusal.errors}))


def _is_the_targets(answer: Answer) -> bool:
    """Whether the endpoint itself gave the answer that cannot be read: it broke on the request, whatever page it shows then
    (502 to 504 speak of a way there), or it wrote JSON, and no object.
    """
    return answer.trouble == NO_OBJECT or (answer.trouble == NOT_JSON and answer.status in (500, 501))


def _adoptable(outcome: Outcome) -> bool:
    """Whether the model knows what a target did that accepted what it had to refuse.

    Only where each refusal was about the caller's right or the value's form, and not about a thing that is there
    twice or not at all: then the ordinary effect is the effect. Another sub makes another user of it.
    """
    unclear = {
        "UsernameExistsException",
        "GroupExistsException",
        "AliasExistsException",
        "ResourceNotFoundException",
    }
    return not any(
        unclear & set(refusal.errors) or refusal.requirement is attributes.sub_is_not_written
        for refusal in outcome.refusals
    )


def _of_the_challenge(checks: list[Check]) -> list[Check]:
    """The checks without what broke in ChallengeParameters where another challenge was asked: they are that one's."""
    named = any(check.path == "ChallengeName" and isinstance(check.expected, str) for check in checks)
    if not named:
        return checks
    return [check for check in checks if not (check.path or "").startswith("ChallengeParameters")]


def _text_checks(right: list[Refusal], message: str | None) -> list[Check]:
    """SHOULD-level checks of the message: it must fit one of the refusals that apply."""
    with_text = [r for r in right if r.requirement.text is not None or _is_constraint(r.requirement)]
    if not with_text or len(with_text) != len(right):
        return []
    for refusal in with_text:
        if _fits(refusal, message or ""):
            return [Check(_text_requirement(refusal), True, "message")]
    first = with_text[0]
    wanted = first.text[0] if _is_constraint(first.requirement) and first.text else first.requirement.says
    return [Check(_text_requirement(first), False, "message", wanted, message)]


def _is_constraint(requirement: Requirement) -> bool:
    return requirement in (protocol.request_keeps_constraints, protocol.required_member_is_present)


def _text_requirement(refusal: Refusal) -> Requirement:
    return protocol.constraint_text if refusal.requirement.text is None else refusal.requirement.text


def _fits(refusal: Refusal, message: str) -> bool:
    if refusal.requirement.text is not None:
        return refusal.requirement.allows_text(message)
    # The order of several violations, and of the values of an enumeration, is not settled: compare the places.
    wanted = str(refusal.text[0]) if refusal.text else ""
    return message.startswith(wanted.split(" ")[0]) and all(
        part.split("' failed")[0].rsplit("at '", 1)[-1] in message for part in wanted.split("; ")
    )
