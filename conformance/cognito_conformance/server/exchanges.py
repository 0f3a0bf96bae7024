"""The server's half of SRP: for users, whose passwords the world knows, and devices, whose verifiers it keeps."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from cognito_conformance.crypto import srp
from cognito_model.terms import DeviceProof, Fresh, SrpProof
from cognito_model.world import Challenge

if TYPE_CHECKING:
    from cognito_conformance.server.core import Reference
    from cognito_conformance.server.realise import Realiser
    from cognito_conformance.server.values import Values


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:16], "big")


class Exchanges:
    """The exchanges under way, by the number of the call that began each."""

    def __init__(self, values: Values, reference: Reference, realiser: Realiser) -> None:
        self._values = values
        self._reference = reference
        self._realiser = realiser
        self._made: dict[int, srp.ServerExchange] = {}

    def part(self, term: Fresh) -> str:
        """SRP_B or SALT of the challenge that the call `term.step` asks."""
        exchange = self._begin(term.step)
        return exchange.B_hex if term.kind == "SrpB" else str(self._values.get(term))

    def _begin(self, step: int) -> srp.ServerExchange:
        if step in self._made:
            return self._made[step]
        found = self._reference.world.challenge(Fresh("SecretBlock", step))
        b = self._values.rng.getrandbits(256) | 1
        if found is None:
            raise LookupError(f"no challenge of call {step}")
        pool, challenge = found
        pool_id = str(self._values.get(pool.id))
        user = pool.users.get(challenge.sub) if challenge.sub is not None else None
        salt = Fresh("Salt", step)
        if challenge.name == "DEVICE_PASSWORD_VERIFIER" and user is not None:
            key = challenge.details["device"]
            device = user.devices[key]
            identity = srp.Identity.device(
                str(self._realiser.json(device.group)), str(self._realiser.json(key))
            )
            config = srp.DeviceSecretVerifierConfig(str(device.verifier), str(device.salt))
            try:
                verifier, salt_number = config.numbers()
            except srp.NotBase64:
                # A device that left no verifier can prove nothing.
                verifier = salt_number = self._values.rng.getrandbits(128) | 1
            self._values.bind(salt, srp.salt_hex(salt_number))
        else:
            name = challenge.username if user is None else user.username
            identity = srp.Identity.user(pool_id, str(self._realiser.json(name)))
            password = None if user is None else self._realiser.json(user.password)
            # A user's salt stays until the password changes, and that of nobody forever.
            salt_number = _number(pool_id, str(self._realiser.json(name)), str(password))
            self._values.bind(salt, srp.salt_hex(salt_number))
            verifier = srp.verifier(identity, str(password), salt_number)
        self._made[step] = srp.ServerExchange(b, verifier, identity)
        for old in list(self._made)[:-500]:
            del self._made[old]
        return self._made[step]

    def proves(self, value: Any, term: Any, challenge: Challenge, timestamp: Any) -> bool:
        """Whether a client's signature is the one that its password (or its device's) gives."""
        if not isinstance(term, SrpProof | DeviceProof) or not isinstance(value, str):
            return False
        if not isinstance(term.block, Fresh) or term.block.step not in self._made:
            return False
        exchange = self._made[term.block.step]
        block = str(self._values.get(term.block))
        try:
            expected = exchange.expected_signature(str(challenge.details["SRP_A"]), block, str(timestamp))
        except ValueError:
            return False
        return hmac.compare_digest(expected.encode(), value.encode())
