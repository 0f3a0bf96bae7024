"""Objects that nobody writes to."""

from __future__ import annotations

import pytest

from cognito_model.terms import Fresh, Junk, SecretHash


def test_equal_fields_make_equal_objects():
    """Two terms with the same fields are one key, and a term of another class is another."""
    assert {Fresh("Sub", 1): "a", Junk("Sub", 1): "b"}[Fresh("Sub", 1)] == "a"
    assert SecretHash(Fresh("ClientId", 1), "u") != SecretHash(Fresh("ClientId", 1), "v")


def test_there_are_no_other_fields():
    """What is no field cannot be set, so that a slip of the pen is an error."""
    with pytest.raises(AttributeError):
        Fresh("Sub", 1).stp = 2
