"""Proofs of a password as a client makes them of what the target gave."""

import base64

import pytest

from cognito_conformance.crypto import srp
from cognito_conformance.judge.bindings import Bindings, Unbound
from cognito_model.terms import Fresh, SrpProof

BLOCK = Fresh("SecretBlock", 1)
SERVER = srp.ServerExchange(
    5**110,
    srp.verifier(srp.Identity.user("us-east-1_A", "ann"), "Passw0rd!", 77),
    srp.Identity.user("us-east-1_A", "ann"),
)


def proof(block):
    """The proof for a secret block that the target gave."""
    bindings = Bindings(lambda term: "", lambda: 0.0)
    bindings.values |= {
        BLOCK: block,
        Fresh("Salt", 1): srp.salt_hex(77),
        Fresh("SrpB", 1): SERVER.B_hex,
    }
    return bindings.realise(SrpProof(BLOCK, "Passw0rd!", "ann", "us-east-1_A"))


def test_a_secret_block_that_is_not_base64():
    """A run answers the challenge of an emulator whose block is a UUID, as clients do that skip its dashes."""
    block = "db225280-4b8c-4367-b2f1-49cb63b6ecfc"
    assert len(base64.b64decode(proof(block), validate=True)) == 32
    assert proof(block) == proof(block.replace("-", ""))


@pytest.mark.parametrize("block", ["a", 7])
def test_a_secret_block_that_nobody_can_read(block):
    """Of what has no bytes in base64 there is no proof."""
    with pytest.raises(Unbound):
        proof(block)
