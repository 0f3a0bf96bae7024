"""Keys are made when they are first needed and serve one pool after another."""

import gc
import threading

import pytest

from cognito_conformance.crypto import keys
from cognito_conformance.crypto.keys import KeyPool, SigningKeys


@pytest.fixture
def made(monkeypatch):
    """The keys that were made, each a cheap stand-in for an RSA key."""
    found = []

    def make():
        found.append(object())
        return found[-1]

    monkeypatch.setattr(keys, "_make", make)
    return found


def test_a_pool_that_signs_nothing_makes_no_key(made):
    """Keys of a pool are not made with the pool."""
    SigningKeys.generate(KeyPool())
    assert made == []


def test_only_the_key_that_signs_is_made(made):
    """The first id token costs one key, and the second none."""
    signing = SigningKeys.generate(KeyPool())
    assert signing.id_key.rsa is signing.id_key.rsa
    assert len(made) == 1


def test_living_pools_have_keys_of_their_own(made):
    """No two keys that are in use are the same."""
    pool = KeyPool()
    signing = [SigningKeys.generate(pool) for _ in range(3)]
    used = {id(key.rsa) for both in signing for key in (both.id_key, both.access_key)}
    assert len(used) == 6 == len(made)


def test_a_released_key_serves_another_pool_under_another_kid(made):
    """The keys of a pool that is gone are handed out again, and tokens of old are of an unknown key."""
    pool = KeyPool()
    first = SigningKeys.generate(pool)
    before = {id(first.id_key.rsa), id(first.access_key.rsa)}
    first.release()
    second = SigningKeys.generate(pool)
    assert before == {id(second.id_key.rsa), id(second.access_key.rsa)}
    assert {first.id_key.kid, first.access_key.kid}.isdisjoint({second.id_key.kid, second.access_key.kid})


def test_a_forgotten_pool_gives_its_keys_back(made):
    """Garbage collection releases the keys of a pool that nobody holds any more."""
    pool = KeyPool()
    first = SigningKeys.generate(pool)
    assert first.id_key.rsa is not first.access_key.rsa
    del first
    gc.collect()
    second = SigningKeys.generate(pool)
    assert second.id_key.rsa is not second.access_key.rsa
    assert len(made) == 2


def test_releasing_twice_or_before_use_does_no_harm(made):
    """A key is given back once, and a key that was never made is not given back."""
    pool = KeyPool()
    signing = SigningKeys.generate(pool)
    signing.release()
    assert signing.id_key.rsa
    signing.release()
    signing.release()
    other = SigningKeys.generate(pool)
    assert other.id_key.rsa is made[0]
    assert signing.id_key.rsa is not made[0]


def test_threads_that_ask_at_once_get_one_key(made):
    """The first use of a key from many threads makes one key."""
    signing, seen = SigningKeys.generate(KeyPool()), []
    threads = [threading.Thread(target=lambda: seen.append(id(signing.id_key.rsa))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1 == len(made)


def test_hundreds_of_pools_are_cheap():
    """Real keys of three hundred pools, one after another, are two keys."""
    pool = KeyPool()
    moduli = set()
    for _ in range(300):
        signing = SigningKeys.generate(pool)
        moduli |= {key["n"] for key in signing.jwks()["keys"]}
        signing.release()
    assert len(moduli) == 2
