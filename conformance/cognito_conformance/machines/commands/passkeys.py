"""Passkeys: registered, listed, deleted."""

from __future__ import annotations

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model.terms import Passkey


@command("StartWebAuthnRegistration", "passkeys", weight=5)
def start_web_authn_registration(pick: Pick) -> Params:
    return {"AccessToken": roles.access_token(pick)}


@command("CompleteWebAuthnRegistration", "passkeys", weight=6)
def complete_web_authn_registration(pick: Pick) -> Params:
    token = roles.access_token(pick)
    user = roles.owner(pick, token)
    made = (
        Passkey(user.registration, f"passkey-{pick.step}")
        if user.registration is not None
        else {"id": "none"}
    )
    return {"AccessToken": token, "Credential": {"id": "none"} if pick.goes_wrong() else made}


@command("ListWebAuthnCredentials", "passkeys", weight=3)
def list_web_authn_credentials(pick: Pick) -> Params:
    most = 21 if pick.goes_wrong() else pick.of([None, 1, 20])
    first = without_none(AccessToken=roles.access_token(pick), MaxResults=most)
    return roles.paged(pick, "ListWebAuthnCredentials", first)


@command("DeleteWebAuthnCredential", "passkeys", weight=1)
def delete_web_authn_credential(pick: Pick) -> Params:
    token = roles.access_token(pick)
    known = list(roles.owner(pick, token).passkeys)
    wrong = pick.goes_wrong() or not known
    return {"AccessToken": token, "CredentialId": "bm9ib2R5" if wrong else pick.of(known)}
