"""Codes of software tokens as a client makes them of what the target gave."""

import pytest

from cognito_conformance.judge.bindings import Bindings
from cognito_model.terms import Fresh, TotpCode

SECRET = Fresh("SecretCode", 1)


def code(secret, step):
    """The code of this step for a secret that the target gave."""
    bindings = Bindings(lambda term: "", lambda: 0.0)
    bindings.values[SECRET] = secret
    return bindings.realise(TotpCode(SECRET, 0, step))


@pytest.mark.parametrize("secret", ["not base32!", "1", "0189"])
def test_a_secret_that_is_not_base32(secret):
    """A run goes on with six digits, others in each step, where no code can be made of what an emulator gave."""
    assert 6 == len(code(secret, 59)) == sum(map(str.isdigit, code(secret, 59)))
    assert code(secret, 59) != code(secret, 60)
