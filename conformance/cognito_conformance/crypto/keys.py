"""The keys that sign a pool's tokens: two for each pool, made when they are first needed.

An RSA key takes 30 to 100 ms to make, and a run creates pools by the hundred. So a pool that signs nothing
costs nothing, and the keys of a pool that is gone are handed to the next one under a new `kid`.
"""

from __future__ import annotations

import base64
import os
import threading
import weakref
from collections import deque
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import RSAKey

BITS = 2048


def _make() -> RSAKey:
    return RSAKey.generate_key(BITS)


class KeyPool:
    """RSA keys of 2048 bits, no two of which are out at the same time. Safe to use from many threads."""

    def __init__(self) -> None:
        # A deque and no lock: a key may come back from a garbage collection in the midst of `take`.
        self._spare: deque[RSAKey] = deque()

    def take(self) -> RSAKey:
        """A key that nobody else holds: one that was given back, or a new one."""
        try:
            return self._spare.pop()
        except IndexError:
            return _make()

    def give_back(self, key: RSAKey) -> None:
        """Say that a key that was taken signs nothing any more."""
        self._spare.append(key)


KEYS = KeyPool()
"""The keys of this process."""


class SigningKey:
    """One key that signs. `kid` is base64 of 32 random bytes, with its "=" (fact jwt-header)."""

    def __init__(self, pool: KeyPool = KEYS) -> None:
        self.kid = base64.b64encode(os.urandom(32)).decode()
        self._pool = pool
        self._lock = threading.Lock()
        self._rsa: RSAKey | None = None
        self._return: weakref.finalize[..., SigningKey] | None = None

    @property
    def rsa(self) -> RSAKey:
        """The private key, made or taken from the pool on first use."""
        with self._lock:
            if self._rsa is None:
                self._rsa = self._pool.take()
                self._return = weakref.finalize(self, self._pool.give_back, self._rsa)
                self._return.atexit = False
            return self._rsa

    def published(self) -> dict[str, Any]:
        """The public key as a JWK, with the members that Cognito publishes (fact jwt-distinct-kids)."""
        public = self.rsa.as_dict(private=False)
        return {
            "alg": "RS256",
            "e": public["e"],
            "kid": self.kid,
            "kty": "RSA",
            "n": public["n"],
            "use": "sig",
        }

    def release(self) -> None:
        """Give the key back at once, as garbage collection would later. A later use takes another one."""
        with self._lock:
            if self._return is not None:
                self._return()
            self._rsa = self._return = None


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The two keys of a pool: one signs id tokens, the other access tokens."""

    id_key: SigningKey
    access_key: SigningKey

    @classmethod
    def generate(cls, pool: KeyPool = KEYS) -> SigningKeys:
        """Keys for one more pool; they are not made yet."""
        return cls(SigningKey(pool), SigningKey(pool))

    def jwks(self) -> dict[str, Any]:
        """What `/.well-known/jwks.json` of the pool answers."""
        return {"keys": [self.id_key.published(), self.access_key.published()]}

    def release(self) -> None:
        """Say that the pool is gone and its keys may serve another."""
        self.id_key.release()
        self.access_key.release()
