"""What the judge makes of values that a target made up: keys, refresh tokens, pool ids."""

from __future__ import annotations

import base64
import json

import pytest

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.engine.endpoint import TargetEndpoint
from cognito_conformance.judge.bindings import Bindings, junk
from cognito_conformance.judge.compare import Comparison
from cognito_conformance.server.core import Reference
from cognito_conformance.targets import open_target, resolve
from cognito_model.expect import After, Owned
from cognito_model.requirements.pools import creates_pool
from cognito_model.requirements.tokens import keys_are_the_pools_own
from cognito_model.terms import Fresh, Issuer, Junk
from support.wire_servers import Peer, answering, http, server

CLAIMS = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJhbm4ifQ.c2ln"
SEALED = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.a2V5.aXY.eyJzZWFsZWQ.dGFn"
ANN, BEN = Fresh("PoolId", 1), Fresh("PoolId", 2)


def broken(bindings: Bindings, expected: object, observed: object) -> set[str]:
    """The requirements that a value breaks; what it bound is kept."""
    comparison = Comparison(bindings, lambda pool, token, kind: {})
    comparison.members({"It": expected}, {"It": observed}, creates_pool)
    comparison.commit()
    return {check.requirement.slug for check in comparison.checks if not check.held}


def new() -> Bindings:
    """Bindings of nothing."""
    return Bindings(lambda term: "", lambda: 1_700_000_000.0)


@pytest.mark.parametrize(
    ("owner", "kid", "slugs"),
    [
        ((ANN, "access"), "k1", set()),
        ((ANN, "access"), "k2", set()),
        ((ANN, "access"), None, set()),
        ((ANN, "id"), "k1", {keys_are_the_pools_own.slug}),
        ((BEN, "access"), "k1", {keys_are_the_pools_own.slug}),
        ((BEN, "access"), "k2", set()),
    ],
)
def test_key_belongs_to_one_pool_and_one_kind_of_token(owner, kid, slugs):
    """A key that signed a pool's access tokens signs no id tokens and none of another pool; it may be followed by another."""
    bindings = new()
    assert broken(bindings, Owned("Kid", (ANN, "access")), "k1") == set()
    comparison = Comparison(bindings, lambda pool, token, kind: {})
    comparison.members({"It": Owned("Kid", owner)}, {"It": kid}, keys_are_the_pools_own)
    assert {check.requirement.slug for check in comparison.checks if not check.held} == slugs


@pytest.mark.parametrize(
    ("token", "slugs"), [(SEALED, set()), ("0f0e", set()), (CLAIMS, {"protocol/refresh-token-is-opaque"})]
)
def test_refresh_token_is_opaque(token, slugs):
    """A refresh token that anybody can read claims in is a fault; a sealed one, or one of another form, is none."""
    assert broken(new(), Fresh("RefreshToken", 1), token) == slugs


@pytest.mark.parametrize(
    ("pool", "slugs"),
    [
        ("us-east-1_" + "a" * 9, set()),
        ("us-east-1_" + "a" * 45, set()),
        ("us-east-1_" + "a" * 46, {"protocol/value-keeps-format"}),
        ("us-east-1", {"protocol/value-keeps-format"}),
    ],
)
def test_pool_id_has_its_format(pool, slugs):
    """A pool id has a region, an underscore, letters and digits, and 55 characters at the most."""
    assert broken(new(), Fresh("PoolId", 1), pool) == slugs


@pytest.mark.parametrize(
    ("before", "after", "coarse", "held"),
    [
        (1000.25, 1000.26, True, True),
        (1000.25, 1000.25, True, False),
        (1000, 1000, True, True),
        (1000, 1000, False, False),
        (1000, 999, True, False),
        (1000, "1000", True, False),
    ],
)
def test_date_moves(before, after, coarse, held):
    """A date that must move is later than the one before; one that tells whole seconds may tell the same, where allowed."""
    bindings, created = new(), Fresh("Instant", 1)
    assert broken(bindings, created, before) == set()
    assert (broken(bindings, After(Fresh("Instant", 2), created, coarse), after) == set()) is held


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (http(b"not found", status="404 Not Found"), "wrong"),
        (http(b"<html>"), "wrong"),
        (http(b'{"keys": []}'), "wrong"),
        (http(b"a crash", status="500 Internal Server Error"), "wrong"),
        (http(b"sorry", status="503 Service Unavailable"), "unchecked"),
    ],
)
def test_keys_must_be_published(answer, said):
    """A token whose key is not where a target publishes its keys is wrong; a server in trouble proves nothing."""
    with server(answering(answer)) as keys, open_target(resolve(keys.url)) as target:
        endpoint = TargetEndpoint(target, None, Budget(1))
        assert endpoint.claims("us-east-1_A", CLAIMS, "access")["(signature)"].startswith(said)


POOL = "us-east-1_A"
OURS = {"issuer": f"https://x.example/{POOL}", "jwks_uri": f"https://x.example/{POOL}/.well-known/jwks.json"}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (OURS, "valid"),
        ({**OURS, "issuer": "https://x.example/us-east-1_B"}, "wrong: its issuer"),
        ({"issuer": OURS["issuer"]}, "wrong: its jwks_uri"),
        ({**OURS, "jwks_uri": 7}, "wrong: its jwks_uri"),
        ([], "wrong: its issuer"),
        (None, "wrong: its issuer"),
    ],
)
def test_openid_configuration_is_the_pools(document, said):
    """The OpenID configuration beside a pool's keys names the pool and its keys; none at all is a fault."""
    found = http(b"no", status="404 Not Found") if document is None else http(json.dumps(document).encode())

    def serve(peer: Peer) -> None:
        line = peer.read().line
        peer.send(found if "openid-configuration" in line else http(b"{}"))

    with server(serve) as odd, open_target(resolve(odd.url)) as target:
        endpoint = TargetEndpoint(target, None, Budget(1))
        assert endpoint.claims(POOL, CLAIMS, "access")["(discovery)"].startswith(said)


AT_AWS = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A"


@pytest.mark.parametrize(
    ("issuer", "held"),
    [
        (AT_AWS, True),
        ("http://127.0.0.1:9229/us-east-1_A", True),
        ("http://127.0.0.1:9229/us-east-1_B", False),
        ("http://127.0.0.1:9229", False),
        (None, False),
    ],
)
def test_issuer_is_that_of_aws_or_of_the_endpoint(issuer, held):
    """The issuer of a pool is AWS's, or the endpoint's own address and the pool id; another pool's is neither."""
    bindings = Bindings(lambda term: "", lambda: 0.0, "http://127.0.0.1:9229/{}".format)
    bindings.values[ANN] = "us-east-1_A"
    assert (broken(bindings, Issuer(ANN), issuer) == set()) is held


def test_issuer_of_a_target_is_described_or_its_address():
    """A target's issuer is what its description says, and else its address and the pool id."""
    with server(answering(http(b"{}"))) as odd:
        for spec, issuer in ((odd.url, f"{odd.url}/us-east-1_A"), (f"moto@{odd.url}", AT_AWS)):
            with open_target(resolve(spec)) as target:
                assert TargetEndpoint(target, None, Budget(1)).issuer("us-east-1_A") == issuer


@pytest.mark.parametrize("kind", ["SecretHash", "SecretBlock", "Signature"])
@pytest.mark.parametrize("number", [0, 1, 12])
def test_junk_is_well_formed(kind, number):
    """A made-up hash, block or signature is base64 as a real one: it is wrong for what it says alone."""
    made = junk(Junk(kind, number))
    assert base64.b64encode(base64.b64decode(made, validate=True)).decode() == made
    assert kind == "SecretBlock" or len(base64.b64decode(made)) == 32


def test_reference_has_two_keys_a_pool():
    """The reference signs id and access tokens of each pool with keys that it publishes for that pool alone."""
    reference = Reference(seed=1)
    endpoint = ReferenceEndpoint.of(reference, Budget(2))
    pools = [
        endpoint.send("CreateUserPool", {"PoolName": name}).output["UserPool"]["Id"] for name in ("a", "b")
    ]
    kids = [key["kid"] for pool in pools for key in endpoint._fetch(pool, "jwks.json")["keys"]]
    assert len(kids) == len(set(kids)) == 4
