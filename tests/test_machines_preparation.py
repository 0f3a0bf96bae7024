"""What is made ready for a walk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cognito_conformance.machines import preparation
from cognito_model.terms import Fresh
from support.door import Door


def test_each_passkey_has_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passkeys of two registrations are two: an authenticator keeps them apart by their names."""
    ann = Door().user()
    made: list[Any] = []

    def completed(_walk: Any, _operation: str, **params: Any) -> bool:
        made.append(params["Credential"])
        return True

    monkeypatch.setattr(preparation, "_with_token", completed)
    for step in (7, 54):
        asked = replace(ann, registration=Fresh("RegistrationChallenge", step))
        monkeypatch.setattr(preparation, "_user", lambda _walk, asked=asked: asked)
        assert preparation.complete_passkey(None)
    assert len({passkey.name for passkey in made}) == 2
