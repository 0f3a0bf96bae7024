"""Terms and their bytes: what the target filled in, what the client computes, what nobody issued."""

from __future__ import annotations

import base64
import hashlib
import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cognito_conformance.crypto import secret_hash, srp, tokens, totp, webauthn
from cognito_model import terms
from cognito_model.terms import Fresh, Term

FORMATS = {
    "PoolId": r"(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+",
    "Sub": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "ClientId": r"[a-z0-9]{1,128}",
}
"""What identifiers look like (facts val-pattern, client-id-format; UserSub is a UUID)."""

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})

UNIQUE = frozenset(
    {
        "PoolId",
        "ClientId",
        "Sub",
        "AccessToken",
        "RefreshToken",
        "Session",
        "ClientSecret",
        "SecretBlock",
        "Jti",
        "OriginJti",
    }
)
"""Kinds whose values never come twice."""

JUNK = {
    "PoolId": "us-east-1_zZ9junk{:02d}",
    "ClientId": "0junkclient{:014d}",
    "Sub": "00000000-0000-4000-8000-{:012d}",
    "Code": "{:06d}",
    "Username": "nobody-{}",
    "Session": "junk-session-that-nothing-issued-{:04d}",
    "PageToken": "junk-page-token-{:04d}",
    "DeviceKey": "us-east-1_00000000-0000-4000-8000-{:012d}",
    "SecretHash": "anVuayBzZWNyZXQgaGFzaCBub2JvZHkgbWFkZSB7{:02d}A=",
    "SecretBlock": "anVuayBzZWNyZXQgYmxvY2sg{:04d}",
    "Signature": "anVuayBzaWduYXR1cmUgbm9ib2R5IG1hZGUgaXQ{:03d}A=",
    "RefreshToken": "eyJqdW5rIjoicmVmcmVzaCJ9.junk{}.junk.junk.junk",
    "ClientSecret": "0junksecret{:040d}",
    "ClientSecretId": "0junkclient{:014d}--1",
    "BrandingId": "00000000-0000-4000-8000-{:012d}",
    "TermsId": "00000000-0000-4000-8000-{:012d}",
    "ImportJobId": "import-junk{:06d}",
    "SessionId": "tkn0junk{:020d}",
    "PoolArn": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_zZ9junk{:02d}",
}


class Blocked(Exception):
    """A step needs something that this target offers no way to read, such as a code that it sent."""


class Unbound(Exception):
    """A step needs a value that the target never gave, since an earlier call went otherwise than predicted."""


@dataclass
class Secrets:
    """What the client side keeps to itself: ephemeral SRP values, by the number of the call that made them."""

    seed: bytes = b"cognito-conformance"

    def ephemeral(self, step: int) -> srp.ClientExchange:
        """The client's half of the SRP exchange that the call `step` began."""
        digest = hashlib.sha256(self.seed + step.to_bytes(8, "big")).digest()
        return srp.ClientExchange(int.from_bytes(digest, "big") | (1 << 255))

    def number(self, name: str) -> int:
        """A 128-bit number of the client's own making, the same for the same name."""
        return int.from_bytes(hashlib.sha256(self.seed + name.encode()).digest()[:16], "big")


@dataclass
class Bindings:
    """The values of terms in one world, and the means to compute the derived ones.

    `read_code` gives the code that a message carried, or raises `Blocked`; `issuer` the `iss` that a pool's tokens
    may have beside AWS's own, and `function` the ARN of the function for triggers that has a role, if the target has it.
    """

    read_code: Callable[[Fresh], str]
    now: Callable[[], float]
    issuer: Callable[[str], str | None] = lambda pool_id: None
    function: Callable[[str], str | None] = lambda role: None
    values: dict[Term, Any] = field(default_factory=dict)
    taken: dict[tuple[str, Any], Term] = field(default_factory=dict)
    owners: dict[tuple[str, str], Any] = field(default_factory=dict)
    secrets: Secrets = field(default_factory=Secrets)
    clients: dict[Any, Any] = field(default_factory=dict)
    srp_attempts: dict[Any, Mapping[str, Any]] = field(default_factory=dict)
    passkeys: dict[str, webauthn.Passkey] = field(default_factory=dict)

    def pin(self, value: Any) -> Any:
        """The tree with what depends on the moment of sending fixed: a TOTP code gets its absolute step."""
        if isinstance(value, terms.TotpCode):
            return replace(value, step=int(self.now() // 30) + value.offset) if value.step is None else value
        if type(value) is dict:
            pinned = {name: self.pin(item) for name, item in value.items()}
            return value if all(map(operator.is_, pinned.values(), value.values())) else pinned
        if type(value) is list:
            items = [self.pin(item) for item in value]
            return value if all(map(operator.is_, items, value)) else items
        return value

    def is_issuer(self, term: terms.Issuer, observed: Any) -> bool:
        """Whether this is the issuer of the pool: AWS's, or the address at which the target has the pool itself."""
        pool_id = str(self.realise(term.pool))
        return observed is not None and observed in (_issuer(self, term), self.issuer(pool_id))

    def realise(self, value: Any) -> Any:
        """The tree with every term replaced by its bytes. Raises `Blocked` and `Unbound`."""
        kind = type(value)
        if kind in _AS_IT_IS:
            return value
        if isinstance(value, Term):
            return self.value(value)
        if kind is dict or isinstance(value, Mapping):
            return {name: self.realise(item) for name, item in value.items()}
        if kind is list or kind is tuple:
            return [self.realise(item) for item in value]
        return value

    def value(self, term: Term) -> Any:
        """The bytes of one term. Raises `Blocked` and `Unbound`."""
        if term in self.values:
            return self.values[term]
        maker = _MAKERS.get(type(term))
        if maker is None:
            raise Unbound(str(term))
        return maker(self, term)


def junk(term: terms.Junk) -> str:
    """The bytes of a value that nothing issued."""
    if term.kind in ("AccessToken", "IdToken"):
        body = base64.urlsafe_b64encode(b'{"junk":%d}' % term.number).rstrip(b"=").decode()
        return f"eyJhbGciOiJSUzI1NiIsImtpZCI6Imp1bmsifQ.{body}.anVuaw"
    return JUNK.get(term.kind, "junk-{}").format(term.number)


def _spoiled(bindings: Bindings, term: terms.Spoiled) -> Any:
    real = bindings.realise(term.of)
    if not isinstance(real, str):
        raise Unbound(str(term))
    if term.how == "digit":
        return real[:-1] + str((int(real[-1]) + 1) % 10) if real[-1:].isdigit() else f"{real}0"
    if term.how == "case":
        return real.swapcase()
    try:
        return tokens.tampered(real, term.how)
    except tokens.TokenError as problem:
        raise Unbound(f"{term}: {problem}") from None


def _secret_hash(bindings: Bindings, term: terms.SecretHash) -> str:
    secret = bindings.clients.get(term.client) if term.secret is None else term.secret
    if secret is None:
        raise Unbound(f"secret of {term.client}")
    return secret_hash.secret_hash(
        str(bindings.realise(term.username)),
        str(bindings.realise(term.client)),
        str(bindings.realise(secret)),
    )


def _code(bindings: Bindings, term: terms.Code) -> str:
    return bindings.read_code(term.message)


def _temporary_password(bindings: Bindings, term: terms.TemporaryPassword) -> str:
    return bindings.read_code(term.message)


def _totp(bindings: Bindings, term: terms.TotpCode) -> str:
    step = int(bindings.now() // 30) + term.offset if term.step is None else term.step
    secret = str(bindings.realise(term.secret))
    try:
        return totp.code(secret, step * 30)
    except ValueError:
        # Not base32: no authenticator makes codes of it. Targets with such secrets mostly take any code, so one is sent;
        # other steps have others, so that none passes for a code that was used.
        return f"{step % 10**6:06d}"


def _issuer(bindings: Bindings, term: terms.Issuer) -> str:
    pool_id = str(bindings.realise(term.pool))
    return f"https://cognito-idp.{pool_id.split('_', 1)[0]}.amazonaws.com/{pool_id}"


def _timestamp(bindings: Bindings, term: terms.ClaimTimestamp) -> str:
    # The proof and TIMESTAMP of one answer must agree: the moment is fixed when either is first computed.
    made = srp.timestamp(bindings.now())
    bindings.values[term] = made
    return made


def _challenge(bindings: Bindings, block: Any) -> dict[str, Any]:
    """What PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER asked, as the signature needs it."""
    if not isinstance(block, Fresh):
        raise Unbound(str(block))
    return {
        "SALT": bindings.value(Fresh("Salt", block.step)),
        "SRP_B": bindings.value(Fresh("SrpB", block.step)),
        "SECRET_BLOCK": _as_read(bindings.value(block)),
    }


def _as_read(block: Any) -> str:
    """A secret block as clients read it.

    How it must be written is a requirement of its own; emulators with another block mostly take any proof, and then the
    challenge is answered all the same.
    """
    try:
        return srp.clean_block(block)
    except (TypeError, ValueError) as problem:
        raise Unbound(f"the target's secret block cannot be used: {problem}") from None


def _sign(bindings: Bindings, block: Any, identity: srp.Identity, password: str) -> str:
    at = str(bindings.value(terms.ClaimTimestamp(block)))
    exchange = bindings.secrets.ephemeral(block.step if isinstance(block, Fresh) else 0)
    try:
        return exchange.claim(_challenge(bindings, block), identity, password, at)
    except ValueError as problem:
        raise Unbound(f"the target's SRP values cannot be used: {problem}") from None


def _srp_proof(bindings: Bindings, term: terms.SrpProof) -> str:
    identity = srp.Identity.user(str(bindings.realise(term.pool)), str(bindings.realise(term.user)))
    return _sign(bindings, term.block, identity, str(bindings.realise(term.password)))


def _device_proof(bindings: Bindings, term: terms.DeviceProof) -> str:
    identity = srp.Identity.device(str(bindings.realise(term.group)), str(bindings.realise(term.device)))
    return _sign(bindings, term.block, identity, term.password)


def _device_secrets(
    bindings: Bindings, group: Any, device: Any, password: str
) -> srp.DeviceSecretVerifierConfig:
    identity = srp.Identity.device(str(bindings.realise(group)), str(bindings.realise(device)))
    return srp.device_secrets(identity, password, bindings.secrets.number(str(device)))


def _device_verifier(bindings: Bindings, term: terms.DeviceVerifier) -> str:
    return _device_secrets(bindings, term.group, term.device, term.password).PasswordVerifier


def _device_salt(bindings: Bindings, term: terms.DeviceSalt) -> str:
    # The salt does not depend on the group and the password, which only the verifier needs.
    return _device_secrets(bindings, "group", term.device, "password").Salt


def _passkey(bindings: Bindings, term: terms.Passkey) -> Any:
    if not isinstance(term.options, Fresh):
        raise Unbound(str(term.options))
    party = bindings.value(Fresh("RelyingParty", term.options.step))
    challenge = bindings.value(term.options)
    try:
        if term.options.kind == "RegistrationChallenge":
            handle = bindings.value(Fresh("RegisteredHandle", term.options.step))
            options = webauthn.registration_options(party, challenge, handle)
            bindings.passkeys[term.name], credential = webauthn.register(options, term.name.encode())
            return credential
        known = bindings.passkeys.get(term.name)
        if known is None:
            raise Unbound(str(term))
        return json.dumps(webauthn.sign_in({"rpId": party, "challenge": challenge}, known))
    except webauthn.UnusableOptions as problem:
        raise Unbound(str(problem)) from None


def _passkey_id(bindings: Bindings, term: terms.PasskeyId) -> str:
    known = bindings.passkeys.get(term.name)
    if known is None:
        raise Unbound(str(term))
    return known.shown_id


def _function(bindings: Bindings, term: terms.Function) -> str:
    arn = bindings.function(term.role)
    if arn is None:
        raise Blocked(lacks_function(term.role))
    return arn


def lacks_function(role: str) -> str:
    """Why what needs a function for triggers cannot be judged on a target without it."""
    return f"this target offers no function {role} for Lambda triggers"


def _srp_a(bindings: Bindings, term: terms.SrpA) -> str:
    return bindings.secrets.ephemeral(term.step).A_hex


_MAKERS: dict[type[Term], Callable[[Bindings, Any], Any]] = {
    terms.Junk: lambda bindings, term: junk(term),
    terms.Spoiled: _spoiled,
    terms.SecretHash: _secret_hash,
    terms.Code: _code,
    terms.TemporaryPassword: _temporary_password,
    terms.TotpCode: _totp,
    terms.Text: lambda bindings, term: "".join(str(bindings.realise(part)) for part in term.parts),
    terms.SrpA: _srp_a,
    terms.Function: _function,
    terms.Issuer: _issuer,
    terms.ClaimTimestamp: _timestamp,
    terms.SrpProof: _srp_proof,
    terms.DeviceProof: _device_proof,
    terms.DeviceVerifier: _device_verifier,
    terms.DeviceSalt: _device_salt,
    terms.Passkey: _passkey,
    terms.PasskeyId: _passkey_id,
}
