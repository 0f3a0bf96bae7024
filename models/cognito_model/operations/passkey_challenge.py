"""WEB_AUTHN at sign-in: a passkey is asked for, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import relying_party
from cognito_model.challenge_table import edge
from cognito_model.expect import ABSENT, Because, Both, JsonText, OneOf, Present
from cognito_model.first_factor import check_state
from cognito_model.requirements import proofs as R
from cognito_model.requirements import user_auth as user_auth_R
from cognito_model.second_factor import proceed, store
from cognito_model.world import Challenge, Client, Pool, User

if TYPE_CHECKING:
    from cognito_model.call import Call
    from cognito_model.outcome import Outcome

SIGN_IN_TIMEOUT = 180_000
"""Milliseconds that a browser waits for the passkey, as AWS's example shows."""


def ask_passkey(call: Call, pool: Pool, user: User, client: Client, after: str) -> Outcome:
    """WEB_AUTHN with the options of the request."""
    because = user_auth_R.chosen_passkey
    call.note(edge(after, "WEB_AUTHN"))
    session, challenge = call.fresh("Session"), call.fresh("WebAuthnChallenge")
    known, party = call.fresh("RelyingParty"), relying_party.configured(pool)
    options = {
        "challenge": challenge,
        "rpId": known if party is None else Both.of(known, party),
        "timeout": Present(SIGN_IN_TIMEOUT),
        "allowCredentials": Present([{"type": "public-key", "id": key} for key in user.passkeys]),
        "userVerification": Present(relying_party.verification(pool)),
    }
    details = {"challenge": challenge, "party": party}
    asked = Challenge("WEB_AUTHN", user.sub, client.id, user.username, call.now, after, details)
    return call.reply(
        because,
        call.world.with_pool(store(pool, session, asked)),
        ChallengeName=Because("WEB_AUTHN", because),
        Session=session,
        ChallengeParameters=Because(
            {
                "CREDENTIAL_REQUEST_OPTIONS": JsonText(options),
                "USER_ID_FOR_SRP": OneOf.of(ABSENT, user.username),
            },
            because,
        ),
        AuthenticationResult=Because(ABSENT, because),
    )


def web_authn(
    call: Call, pool: Pool, user: User, client: Client, challenge: Challenge, given: dict[str, Any]
) -> Outcome:
    """The credential that a passkey made."""
    asked, party = challenge.details["challenge"], challenge.details["party"]
    rules = relying_party.rules(pool, user, asked, party)
    signer = call.signed_by(given["CREDENTIAL"], user.passkeys, asked, rules)
    call.refuse_if(signer is None, R.passkey_is_right)
    # Whether a passkey for another relying party than the pool has by now still counts is not known.
    parties = {party, user.passkeys[signer].party if signer in user.passkeys else party}
    call.tolerate_if(parties != {relying_party.configured(pool)}, R.passkey_is_right)
    check_state(call, pool, client, user)
    return proceed(call, pool, user, client, after="WEB_AUTHN", because=R.passkey_signs_in)
