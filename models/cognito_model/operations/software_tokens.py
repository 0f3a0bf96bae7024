"""AssociateSoftwareToken, VerifySoftwareToken, AdminDeleteSoftwareToken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import mfa
from cognito_model.call import Call, operation
from cognito_model.clients import auth_session_seconds
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, Both, OneOf, Pattern, Present
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import user_mfa as R
from cognito_model.second_factor import USED, spent, store
from cognito_model.world import Challenge, Mfa, Pool, User

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome

BASE32 = r"[A-Z2-7]{16,}"
FACTOR = "SOFTWARE_TOKEN_MFA"


@operation("AssociateSoftwareToken")
def associate_software_token(call: Call) -> Outcome:
    """A secret for an authenticator app; the former one counts until this one is verified."""
    pool, user, challenge = bearer(call)
    call.tolerate_if(not mfa.uses(pool, "SoftwareTokenMfaConfiguration"), R.pool_has_software_tokens)
    secret = call.fresh("TotpSecret")
    user = call.change(user, R.gives_secret, mfa=replace(user.mfa, candidate=secret))
    pool = pool.put(user=user)
    shown = Both.of(Because(Pattern(BASE32, ""), R.secret_is_base32), secret)
    if challenge is None:
        return call.reply(
            R.gives_secret,
            call.world.with_pool(pool),
            SecretCode=shown,
            Session=Because(ABSENT, R.gives_secret),
        )
    session, pool = rotated(call, pool, challenge)
    return call.reply(R.gives_secret, call.world.with_pool(pool), SecretCode=shown, Session=session)


@operation("VerifySoftwareToken")
def verify_software_token(call: Call) -> Outcome:
    """The first code of the app, which shows that it has the secret."""
    pool, user, challenge = bearer(call)
    secret = user.mfa.candidate
    if secret is None:
        call.refuse_if(True, R.secret_was_given)
        call.settle()
    step = call.totp_step(call.UserCode, secret)
    call.refuse_if(step is None, R.code_is_right)
    kept = replace(user.mfa, secret=secret, candidate=None, used_step=step, friendly=call.FriendlyDeviceName)
    if challenge is None:
        user = call.change(user, R.code_verifies, mfa=kept)
        world = call.world.with_pool(pool.put(user=user))
        return call.reply(R.code_verifies, world, Status="SUCCESS", Session=OneOf.of(ABSENT, Present("")))
    # Setting up during sign-in turns the factor on: it is what the next sign-in asks for.
    enabled = (*(f for f in kept.enabled if f != FACTOR), FACTOR)
    user = call.change(user, R.code_verifies, mfa=replace(kept, enabled=enabled))
    done = replace(challenge, details={**challenge.details, "verified": True})
    session, pool = rotated(call, pool.put(user=user), done)
    return call.reply(R.code_verifies, call.world.with_pool(pool), Status="SUCCESS", Session=session)


def rotated(call: Call, pool: Pool, challenge: Challenge) -> tuple[Any, Pool]:
    """The session that the next step must name, and the pool in which the former one is spent."""
    session = call.fresh("Session")
    return session, store(
        spent(pool, call.Session, pool.challenges[call.Session]), session, replace(challenge, at=call.now)
    )


def bearer(call: Call) -> tuple[Pool, User, Challenge | None]:
    """The user of the access token, or of the session of an MFA_SETUP challenge."""
    call.tolerate_if(call.AccessToken is not None and call.Session is not None, R.one_of_token_and_session)
    if call.AccessToken is not None:
        pool, user, _, _ = need_token(call)
        return pool, user, None
    if call.Session is None:
        call.refuse(R.one_of_token_and_session)
    found = call.world.challenge(call.Session)
    if found is None:
        call.refuse(challenges_R.session_is_genuine)
    pool, challenge = found
    client = pool.clients.get(challenge.client)
    call.refuse_if(challenge.name == USED, challenges_R.session_counts_once)
    call.refuse_if(challenge.name not in ("MFA_SETUP", USED), challenges_R.session_fits_answer)
    was_other = challenge.name == USED and challenge.details.get("was") != "MFA_SETUP"
    call.tolerate_if(was_other, challenges_R.session_fits_answer)
    old = client is not None and call.now - challenge.at > auth_session_seconds(client)
    call.refuse_if(old, challenges_R.session_is_fresh)
    call.settle()
    owner = pool.users.get(challenge.sub)
    if owner is None:
        call.refuse(challenges_R.session_is_genuine)
    return pool, owner, challenge


@operation("AdminDeleteSoftwareToken")
def admin_delete_software_token(call: Call) -> Outcome:
    """An administrator takes a user's software token away."""
    pool = need_pool(call)
    user = need_user(call, pool)
    call.tolerate_if(user.mfa.secret is None, R.token_is_there)
    left = tuple(f for f in user.mfa.enabled if f != FACTOR)
    preferred = None if user.mfa.preferred == FACTOR else user.mfa.preferred
    user = call.change(user, R.deletes_token, mfa=Mfa(left, preferred))
    return call.reply(R.deletes_token, with_user(call, pool, user))
