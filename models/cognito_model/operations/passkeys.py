"""StartWebAuthnRegistration, CompleteWebAuthnRegistration, ListWebAuthnCredentials, DeleteWebAuthnCredential."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa, paging, relying_party
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Bag, Because, Both, Including, OneOf, Present
from cognito_model.operations.common import instant, need_token
from cognito_model.requirements import passkeys as R
from cognito_model.world import Credential, Pool, User

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome

MOST_RESULTS = 20
REGISTRATION_TIMEOUT = 60_000
"""Milliseconds (fact webauthn-start-shape)."""
ALGORITHMS = (-7, -257)
"""COSE numbers of ES256 and RS256 (fact webauthn-start-shape)."""


def allows(pool: Pool) -> bool:
    """Whether a passkey may be a first factor in the pool."""
    return "WEB_AUTHN" in mfa.first_factors(pool)


@operation("StartWebAuthnRegistration")
def start_web_authn_registration(call: Call) -> Outcome:
    """A user asks for the options with which a passkey is made."""
    pool, user, _, _ = need_token(call)
    call.refuse_if(not allows(pool), R.pool_allows_passkeys)
    call.tolerate_if(relying_party.configured(pool) is None, R.relying_party_is_known)
    challenge = call.fresh("RegistrationChallenge")
    options = {
        "rp": {"id": party_id(call, pool), "name": Present("relying party")},
        "user": {
            "id": Both.of(call.fresh("RegisteredHandle"), Present(relying_party.handle(user))),
            "name": Present(user.username),
            "displayName": Present(user.username),
        },
        "challenge": challenge,
        "pubKeyCredParams": Including(tuple({"type": "public-key", "alg": number} for number in ALGORITHMS)),
        "timeout": REGISTRATION_TIMEOUT,
        "excludeCredentials": Because(
            Bag(tuple({"id": key, "type": "public-key"} for key in user.passkeys)),
            R.known_passkeys_are_excluded,
        ),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": relying_party.verification(pool),
        },
    }
    user = call.change(user, R.options_have_shape, registration=challenge)
    user = replace(user, registration_party=relying_party.configured(pool))
    return call.reply(
        R.options_have_shape, call.world.with_pool(pool.put(user=user)), CredentialCreationOptions=options
    )


def party_id(call: Call, pool: Pool) -> Any:
    """The relying party's id, which later steps know by its term."""
    known, party = call.fresh("RelyingParty"), relying_party.configured(pool)
    return known if party is None else Both.of(known, Because(party, R.relying_party_is_configured))


@operation("CompleteWebAuthnRegistration")
def complete_web_authn_registration(call: Call) -> Outcome:
    """The passkey that was made is the user's."""
    pool, user, _, _ = need_token(call)
    call.refuse_if(not allows(pool), R.pool_allows_passkeys)
    if user.registration is None:
        call.refuse_if(True, R.challenge_was_asked)
        call.refuse_if(True, R.credential_is_valid)
        call.settle()
    party = user.registration_party
    rules = relying_party.rules(pool, user, user.registration, party)
    # Whether the options or the pool's present setting counts is not known.
    call.tolerate_if(party != relying_party.configured(pool), R.credential_is_valid)
    made = call.registered(call.Credential, user.registration, rules)
    if made is None:
        call.refuse(R.credential_is_valid)
    key, kept = made
    passkey = Credential(key, instant(call), kept, party)
    user = call.change(user, R.registers_passkey, passkeys={**user.passkeys, key: passkey})
    user = replace(user, registration=None, registration_party=None)
    return call.reply(R.registers_passkey, call.world.with_pool(pool.put(user=user)))


@operation("ListWebAuthnCredentials")
def list_web_authn_credentials(call: Call) -> Outcome:
    """The passkeys of the user."""
    pool, user, _, _ = need_token(call)
    call.tolerate_if(not allows(pool), R.passkeys_are_in_use)
    return paging.page(
        call,
        R.lists_passkeys,
        {passkey.id: view(pool, passkey) for passkey in user.passkeys.values()},
        member="Credentials",
        key="CredentialId",
        limit=call.MaxResults or MOST_RESULTS,
    )


def view(pool: Pool, passkey: Credential) -> dict[str, Any]:
    """WebAuthnCredentialDescription of the passkey."""
    return {
        "CredentialId": passkey.id,
        "FriendlyCredentialName": Present("Passkey"),
        "RelyingPartyId": Present(relying_party.configured(pool) or "localhost"),
        "AuthenticatorTransports": OneOf.of(Present(["internal"]), ABSENT),
        "CreatedAt": passkey.created,
    }


@operation("DeleteWebAuthnCredential")
def delete_web_authn_credential(call: Call) -> Outcome:
    """The user takes a passkey away."""
    pool, user, _, _ = need_token(call)
    call.tolerate_if(not allows(pool), R.passkeys_are_in_use)
    key = known_id(call, user)
    call.refuse_if(key is None, R.passkey_exists)
    left = {name: passkey for name, passkey in user.passkeys.items() if name != key}
    user = call.change(user, R.deletes_passkey, passkeys=left)
    return call.reply(R.deletes_passkey, call.world.with_pool(pool.put(user=user)))


def known_id(call: Call, user: User) -> Any:
    """The passkey of the user that CredentialId names, or None."""
    return next((key for key in user.passkeys if call.same(call.CredentialId, key)), None)
