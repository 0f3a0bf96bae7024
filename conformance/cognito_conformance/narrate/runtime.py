"""What reproduction scripts import where a value takes more than a few lines: SRP, devices, passkeys, shapes."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from cognito_conformance.crypto import srp, tampering, webauthn
from cognito_conformance.judge.bindings import Secrets
from cognito_conformance.wire import service
from cognito_conformance.wire.answer import read_answer

_SECRETS = Secrets()
_PASSKEYS: dict[str, webauthn.Passkey] = {}
TIMESTAMP = srp.timestamp(time.time())


def srp_a(step: int) -> str:
    """SRP_A of the exchange that the call `step` begins."""
    return _SECRETS.ephemeral(step).A_hex


def srp_proof(step: int, salt: str, b: str, block: str, pool: str, user: str, password: str) -> str:
    """PASSWORD_CLAIM_SIGNATURE of a user, made with TIMESTAMP."""
    challenge = {"SALT": salt, "SRP_B": b, "SECRET_BLOCK": srp.clean_block(block)}
    return _SECRETS.ephemeral(step).claim(challenge, srp.Identity.user(pool, user), password, TIMESTAMP)


def device_proof(step: int, salt: str, b: str, block: str, group: str, device: str, password: str) -> str:
    """PASSWORD_CLAIM_SIGNATURE of a device, made with TIMESTAMP."""
    challenge = {"SALT": salt, "SRP_B": b, "SECRET_BLOCK": srp.clean_block(block)}
    return _SECRETS.ephemeral(step).claim(challenge, srp.Identity.device(group, device), password, TIMESTAMP)


def device_verifier(group: str, device: str, password: str) -> str:
    """DeviceSecretVerifierConfig.PasswordVerifier; device_salt of the same device goes with it."""
    return _device(group, device, password).PasswordVerifier


def device_salt(device: str) -> str:
    """DeviceSecretVerifierConfig.Salt."""
    return _device("group", device, "password").Salt


def tampered(token: str, how: str) -> str:
    """A token made wrong in one way."""
    return tampering.tampered(token, how)


def shape_problems(operation: str, answer: Mapping[str, Any]) -> list[str]:
    """Where an answer is not of the operation's shape."""
    members = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
    return service.output_problems(operation, members)


def body_trouble(body: bytes) -> str | None:
    """Why nobody can read a body, None if it is a JSON object or empty."""
    return read_answer(200, {}, body, 0.0).trouble


def new_passkey(name: str, party: str, challenge: str, handle: str) -> dict[str, Any]:
    """`Credential` of CompleteWebAuthnRegistration, of a passkey that passkey_answer knows by its name."""
    options = webauthn.registration_options(party, challenge, handle)
    _PASSKEYS[name], credential = webauthn.register(options, name.encode())
    return credential


def passkey_answer(name: str, party: str, challenge: str) -> str:
    """CREDENTIAL of an answer to WEB_AUTHN."""
    return json.dumps(webauthn.sign_in({"rpId": party, "challenge": challenge}, _PASSKEYS[name]))


def passkey_id(name: str) -> str:
    """CredentialId of a passkey."""
    return _PASSKEYS[name].shown_id


def _device(group: str, device: str, password: str) -> srp.DeviceSecretVerifierConfig:
    return srp.device_secrets(srp.Identity.device(group, device), password, _SECRETS.number(device))
