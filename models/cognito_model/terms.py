"""Terms: what the model says instead of bytes.

A target invents values (pool ids, subs, tokens, codes) and a client computes values from them. The model sees
neither; it reasons with terms, and four readers give them meaning: the judge binds them, the server makes them
up, the narrator prints them as variables, the trace reader finds them in recorded traffic.
"""

from __future__ import annotations

from typing import Any

from cognito_model.immutable import immutable


@immutable
class Term:
    """Anything that stands for a value which the model does not know."""


@immutable
class Fresh(Term):
    """A value that only the target can fill in, in the answer to the call numbered `step`.

    The number of the call, and not a running count, names it, so that a call can be left out of a trace without
    renaming what the others made.
    """

    kind: str
    step: int
    index: int = 0

    def __str__(self) -> str:
        return f"{self.kind}#{self.step}" + (f".{self.index}" if self.index else "")


@immutable
class SecretHash(Term):
    """Base64(HMAC-SHA256(client secret, username + client id)), as a client with a secret must send it.

    `secret` is the client's other secret, where it is made with that one.
    """

    client: Any
    username: Any
    secret: Any = None


@immutable
class Code(Term):
    """The code that the message `message` carried to the user."""

    message: Fresh


@immutable
class TemporaryPassword(Term):
    """The temporary password that the invitation `message` carried to the user."""

    message: Fresh


@immutable
class TotpCode(Term):
    """The RFC 6238 code of `secret`, `offset` steps of 30 s from now; `step` is the absolute step once it is sent."""

    secret: Any
    offset: int = 0
    step: int | None = None


@immutable
class SrpA(Term):
    """A client's public SRP value, in lower-case hex; the ephemeral secret belongs to the call numbered `step`."""

    step: int


@immutable
class SrpProof(Term):
    """PASSWORD_CLAIM_SIGNATURE over the challenge that `block` identifies, by one who knows `password`."""

    block: Any
    password: Any
    user: Any
    pool: Any


@immutable
class DeviceVerifier(Term):
    """DeviceSecretVerifierConfig.PasswordVerifier for the device `device`; `salt` is DeviceSalt of the same device."""

    group: Any
    device: Any
    password: str


@immutable
class DeviceSalt(Term):
    """DeviceSecretVerifierConfig.Salt that goes with `DeviceVerifier` of the device `device`."""

    device: Any


@immutable
class DeviceProof(Term):
    """PASSWORD_CLAIM_SIGNATURE of a device that knows its password."""

    block: Any
    group: Any
    device: Any
    password: str


@immutable
class Issuer(Term):
    """The `iss` of the tokens of a pool."""

    pool: Any


@immutable
class ClaimTimestamp(Term):
    """The TIMESTAMP that an SRP proof over the challenge `block` is made with."""

    block: Any


@immutable
class Passkey(Term):
    """What the passkey `name` of a software authenticator answers to the challenge `options`.

    That is the `Credential` of CompleteWebAuthnRegistration for a Fresh of kind "RegistrationChallenge", and the
    JSON text of CREDENTIAL for one of kind "WebAuthnChallenge". The options' `rp.id` or `rpId` is the Fresh of kind
    "RelyingParty" of the same call.
    """

    options: Any
    name: str


@immutable
class PasskeyId(Term):
    """CredentialId of the passkey `name`."""

    name: str


@immutable
class Function(Term):
    """The ARN of a function for Lambda triggers that does what `role` says: one of `functions.ROLES`."""

    role: str


@immutable
class Text(Term):
    """A text with terms in it, such as a filter that names a sub: its parts, strings and terms, in their order."""

    parts: tuple[Any, ...]


@immutable
class Junk(Term):
    """A well-formed value of a kind that nothing issued."""

    kind: str
    number: int = 0


@immutable
class Spoiled(Term):
    """A real value made wrong in one way: a code one digit off, a token whose signature no longer fits."""

    of: Any
    how: str


def terms_in(value: Any) -> list[Term]:
    """All terms in a JSON-like tree, outermost first, in the order in which they are written."""
    if isinstance(value, Term):
        found: list[Term] = [value]
        for name in value.__dataclass_fields__:
            found += terms_in(getattr(value, name))
        return found
    if isinstance(value, dict):
        return [term for item in value.values() for term in terms_in(item)]
    if isinstance(value, list | tuple):
        return [term for item in value for term in terms_in(item)]
    return []
