"""Copies of the model's objects."""

from __future__ import annotations

import dataclasses

import pytest

from cognito_model.evolve import replace
from cognito_model.terms import Fresh
from cognito_model.world import Mfa, User, World

USER = User(Fresh("Sub", 1), "alice", "UNCONFIRMED", 1, 1, attributes={"email": "a@example.com"})


def test_a_copy_is_what_the_standard_library_makes():
    """A copy has the fields that were given, and all others as they were."""
    for changes in (
        {},
        {"status": "CONFIRMED"},
        {"enabled": False, "mfa": Mfa(("SMS_MFA",))},
        {"username": None},
    ):
        assert dataclasses.replace(USER, **changes) == replace(USER, **changes)


def test_the_original_stays():
    """Copying leaves the original as it was, and shares what was not changed."""
    copy = replace(USER, status="CONFIRMED")
    assert USER.status == "UNCONFIRMED"
    assert copy.attributes is USER.attributes


def test_a_copy_is_frozen():
    """A copy is of the same class, and as immutable."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(World(), pools={}).pools = {}


def test_an_unknown_field_is_refused():
    """A field that the class does not have is a TypeError, as it is for the standard function."""
    with pytest.raises(TypeError):
        replace(USER, stauts="CONFIRMED")


def test_a_class_with_state_elsewhere_is_refused():
    """A class without slots, whose fields could not all be copied, is a TypeError and no half copy."""

    @dataclasses.dataclass
    class Loose:
        name: str

    with pytest.raises(TypeError):
        replace(Loose("a"), name="b")
