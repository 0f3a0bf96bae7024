"""A trace as a Python program that needs nothing but boto3 (and this package where SRP is spoken)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from botocore import xform_name

from cognito_conformance.engine.ledger import Finding
from cognito_conformance.judge import probe
from cognito_conformance.judge.bindings import junk
from cognito_conformance.judge.judge import Step
from cognito_conformance.narrate import helpers
from cognito_conformance.narrate.places import Places
from cognito_conformance.narrate.predicate import Predicates
from cognito_conformance.narrate.redact import PASSWORD_MEMBERS, Secrets, Shape
from cognito_conformance.wire import trouble
from cognito_model import expect, terms
from cognito_model.terms import Fresh, Term

HEADERS = {
    "Content-Type": '{got} == "application/x-amz-json-1.1"',
    "x-amzn-RequestId": "bool({got})",
    "x-amzn-ErrorType": '{got}.split(":")[0] == {last}["Error"]',
    "x-amzn-ErrorMessage": 'bool({got}) and ({last}["Message"] or "").strip().startswith({got}.strip())',
}
"""Paths that name a header of the answer, and what must hold of it."""


class Boto3Script:
    """Writes the program that shows a finding.

    `code_source` is the body of a function that reads the code which a call sent, `clock` the path to POST to so that
    the target's clock moves, `functions` the ARNs of functions for Lambda triggers, by role.
    """

    def __init__(
        self,
        finding: Finding,
        *,
        endpoint: str,
        region: str,
        code_source: str,
        clock: str | None = None,
        functions: Mapping[str, str] | None = None,
    ) -> None:
        self.finding = finding
        self.steps = [step for step in finding.steps if step.answer is not None]
        self.endpoint = endpoint
        self.region = region
        self.code_source = code_source
        self.clock = clock
        self.functions = functions or {}
        self.places = Places(finding.steps)
        self.secrets = Secrets()
        self.secrets.collect([step.request for step in finding.steps])

    def write(self, *, title: str, expected: str, observed: str) -> str:
        """The whole program as text."""
        calls = [self._call(step) for step in self.steps]
        end = self._end(expected)
        passwords = [
            f"PASSWORD_{number} = password{_shape(secret)}\n"
            for secret, number in self.secrets.passwords.items()
        ]
        title, expected, observed = (
            text.replace("\\", "\\\\").replace('"""', "'''") for text in (title, expected, observed)
        )
        head = helpers.HEAD.format(
            title=title,
            expected=expected,
            observed=observed,
            endpoint=self.endpoint,
            region=self.region,
            file=f"{self.finding.id}.py",
        )
        body = "".join([*passwords, *calls, *end])
        needed = helpers.called(body)
        if "sent_code(" in body:
            needed.append(f"def sent_code(answer, purpose, username, pool):\n{self.code_source}\n")
        if "client=unsigned" in body:
            needed.append(helpers.UNSIGNED)
        if "runtime." in body:
            needed.append(helpers.PACKAGE)
        return "\n\n\n".join([part.strip("\n") for part in [head, *needed]] + [body])

    def _call(self, step: Step) -> str:
        request, answer = step.request, step.answer
        name = xform_name(request.operation)
        lines = [f"    {name}={self.expression(value, name)},\n" for name, value in request.params.items()]
        if request.signed is False:
            lines.insert(0, "    client=unsigned,\n")
        last = step is self.steps[-1]
        if answer is not None and not last and answer.output is None:
            # A fault has no code that boto3 would agree on.
            error = answer.error if answer.error and answer.status < 500 else "any"
            lines.insert(0, f"    error={json.dumps(error)},\n")
        inner = f'\n    "{name}",\n{"".join(lines)}' if lines else f'"{name}"'
        moved = "time.sleep(1.1)\n" if last and probe.needs_time(self.finding.check.probe) else ""
        wait = self._wait(request.wait) or moved
        return f"{wait}r{request.step} = {'send' if last else 'call'}({inner})\n"

    def _wait(self, seconds: int) -> str:
        """Letting time go by: the target's clock is moved; where it cannot be, the program sleeps."""
        if not seconds:
            return ""
        return f"time.sleep({seconds})\n" if self.clock is None else f"advance({seconds}, {self.clock!r})\n"

    def _end(self, expected: str) -> list[str]:
        check, kind = self.finding.check, self.finding.kind
        last = f"r{self.steps[-1].request.step}"
        route: str | None = None
        if check.probe is not None:
            route = self._route(check.probe.route)
            got = f"dig({last}{route})"
            shown = f"not {Predicates(self.places, self.expression, self.steps[-1].sent).test(check.probe.wanted, 'got')}"
            if kind == "value":
                shown = f'"Error" not in {last} and {shown}'
        elif check.path == "body" or kind in (trouble.NOT_JSON, trouble.NO_OBJECT):
            got, shown = 'runtime.body_trouble(raw["body"])', "got is not None"
        elif check.path in HEADERS:
            got = f'{last}["ResponseMetadata"]["HTTPHeaders"].get({check.path.lower()!r}, "")'
            shown = "not (" + HEADERS[check.path].format(got="got", last=last) + ")"
        elif check.path == "message":
            got = f'{last}.get("Message")'
            texts = check.expected if isinstance(check.expected, tuple | list) else [check.expected]
            shown = f"not fits(got, {self.expression(list(texts))})"
        elif check.path == "status" or kind == "server fault":
            got = f'{last}["ResponseMetadata"]["HTTPStatusCode"]'
            shown = "got >= 500" if kind == "server fault" else f"got != {check.expected!r}"
        elif check.path == "__type":
            got, shown = f'{last}.get("Error")', f"got == {check.observed!r}"
        elif kind.startswith("refused with "):
            got, shown = f'{last}.get("Error", "accepted")', f"got == {kind.removeprefix('refused with ')!r}"
        elif kind == "accepted":
            got, shown = f'{last}.get("Error", "accepted")', 'got == "accepted"'
        else:
            # The shape of an answer: this package knows it.
            got = f"runtime.shape_problems({self.steps[-1].request.operation!r}, {last})"
            shown = "bool(got)"
        return [
            f"\nprint({'expected: ' + expected!r})\n",
            f"got = {got}\n",
            'print("got:     ", json.dumps(got, default=str))\n',
            f"sys.exit(1 if {shown} else 0)\n",
        ]

    def _route(self, route: probe.Route) -> str:
        """A route as further arguments of `dig`."""
        parts = []
        for segment in route:
            match segment:
                case probe.Item(key=key, value=value):
                    one = expect.unwrap(value)
                    one = one.choices[0] if isinstance(one, expect.OneOf) else one
                    parts.append(f"{{{json.dumps(key)}: {self.expression(one)}}}")
                case probe.Parsed():
                    parts.append("...")
                case _:
                    parts.append(json.dumps(segment, ensure_ascii=False))
        return "".join(f", {part}" for part in parts)

    # -- values

    def expression(self, value: Any, member: str | None = None) -> str:
        """A Python expression for a value of a request."""
        if isinstance(value, Term):
            return self._term(value)
        if isinstance(value, Mapping):
            return (
                "{" + ", ".join(f"{json.dumps(n)}: {self.expression(v, n)}" for n, v in value.items()) + "}"
            )
        if isinstance(value, list | tuple):
            return "[" + ", ".join(self.expression(item, member) for item in value) + "]"
        if member in PASSWORD_MEMBERS and value in self.secrets.passwords:
            return f"PASSWORD_{self.secrets.passwords[value]}"
        return literal(value) if isinstance(value, str) else repr(value)

    def _term(self, term: Term) -> str:
        match term:
            case Fresh():
                return self.places.expression(term)
            case terms.SecretHash(client=client, username=username, secret=other):
                secret = self.places.secret_of(client) if other is None else self.expression(other)
                return f"secret_hash({self.expression(username)}, {self.expression(client)}, {secret})"
            case terms.Code(message=message) | terms.TemporaryPassword(message=message):
                return self._sent(message)
            case terms.TotpCode(secret=secret, offset=offset):
                return f"totp({self.expression(secret)}, {offset})"
            case terms.Spoiled(of=of, how="digit"):
                return f"wrong_code({self.expression(of)})"
            case terms.Spoiled(of=of, how="case"):
                return f"{self.expression(of)}.swapcase()"
            case terms.Text(parts=parts):
                return " + ".join(self.expression(part) for part in parts)
            case terms.Issuer(pool=pool):
                return f'"https://cognito-idp.{self.region}.amazonaws.com/" + {self.expression(pool)}'
            case terms.Function(role=role):
                return repr(self.functions.get(role, f"<the ARN of the function {role}>"))
            case terms.Junk():
                return repr(junk(term))
            case _:
                return self._from_package(term)

    def _sent(self, term: Fresh) -> str:
        """The code that a message carried, as its reader finds it."""
        message = self.places.messages.get(term)
        if message is None:
            return repr(f"<no call of this trace sent {term}>")
        to = [message.purpose, message.username, message.pool]
        return f"sent_code(r{term.step}, {', '.join(map(self.expression, to))})"

    def _from_package(self, term: Term) -> str:
        """Values that take more than a few lines: the package computes them."""
        e = self.expression
        match term:
            case terms.SrpA(step=step):
                return f"runtime.srp_a({step})"
            case terms.ClaimTimestamp():
                return "runtime.TIMESTAMP"
            case terms.SrpProof(block=Fresh() as block, password=password, user=user, pool=pool):
                return f"runtime.srp_proof({self._exchange(block)}, {e(pool)}, {e(user)}, {e(password, 'Password')})"
            case terms.DeviceProof(block=Fresh() as block, group=group, device=device, password=password):
                return f"runtime.device_proof({self._exchange(block)}, {e(group)}, {e(device)}, {password!r})"
            case terms.DeviceVerifier(group=group, device=device, password=password):
                return f"runtime.device_verifier({e(group)}, {e(device)}, {password!r})"
            case terms.DeviceSalt(device=device):
                return f"runtime.device_salt({e(device)})"
            case terms.Spoiled(of=of, how=how):
                return f"runtime.tampered({e(of)}, {how!r})"
            case terms.Passkey(options=Fresh(kind=kind, step=step) as challenge, name=name):
                party = e(Fresh("RelyingParty", step))
                if kind == "RegistrationChallenge":
                    handle = e(Fresh("RegisteredHandle", step))
                    return f"runtime.new_passkey({name!r}, {party}, {e(challenge)}, {handle})"
                return f"runtime.passkey_answer({name!r}, {party}, {e(challenge)})"
            case terms.PasskeyId(name=name):
                return f"runtime.passkey_id({name!r})"
            case _:
                return repr(f"<{type(term).__name__}: no program for this value>")

    def _exchange(self, block: Fresh) -> str:
        """The first arguments of a proof: the call that began the exchange, its salt, B and secret block."""
        values = (Fresh("Salt", block.step), Fresh("SrpB", block.step), block)
        return ", ".join([str(block.step), *(self.places.expression(value) for value in values)])


def literal(text: str) -> str:
    """A text as an expression; where something in it comes very often in a row, it says how often."""
    if len(text) <= LONG:
        return repr(text)
    parts, at = [], 0
    for found in _REPEATED.finditer(text):
        parts += [repr(text[at : found.start()])] if found.start() > at else []
        parts.append(f"{found[1]!r} * {len(found[0]) // len(found[1])}")
        at = found.end()
    parts += [repr(text[at:])] if at < len(text) else []
    return " + ".join(parts)


LONG = 200
_REPEATED = re.compile(r"(.{1,8}?)\1{39,}", re.DOTALL)


def _shape(password: str) -> str:
    shape = Shape.of(password)
    return f"({shape.length}, {shape.upper}, {shape.lower}, {shape.digit}, {shape.symbol})"
