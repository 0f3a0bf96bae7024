"""The server's half of passkeys: credentials that clients send, checked against what was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cognito_conformance.crypto import relying_party
from cognito_conformance.crypto.octets import from_base64url
from cognito_conformance.crypto.relying_party import CredentialError, RegisteredPasskey
from cognito_model.world import Credential

Spell = Callable[[Any], Any]
"""Gives the characters of a term."""


def registered(
    spell: Spell, value: Any, challenge: Any, rules: Mapping[str, Any]
) -> tuple[str, RegisteredPasskey] | None:
    """The id of the passkey that a credential registers, and what is kept of it; None for a bad one."""
    try:
        made = relying_party.check_registration(
            value,
            rp_id=str(spell(rules["party"])),
            challenge=from_base64url(str(spell(challenge))),
            user_verification=rules["verification"],
        )
    except CredentialError:
        return None
    return made.id_text, made


def signed_by(
    spell: Spell, value: Any, passkeys: Mapping[Any, Credential], challenge: Any, rules: Mapping[str, Any]
) -> str | None:
    """The id of the passkey that made the JSON text `value` for the challenge, or None."""
    try:
        credential = json.loads(value)
        signer = relying_party.check_sign_in(
            credential,
            [passkey.kept for passkey in passkeys.values()],
            rp_id=str(spell(rules["party"])),
            challenge=from_base64url(str(spell(challenge))),
            user_handle=from_base64url(str(spell(rules["handle"]))),
            user_verification=rules["verification"],
        )
    except (CredentialError, TypeError, ValueError, RecursionError):
        return None
    return signer.id_text
