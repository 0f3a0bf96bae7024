"""AssociateSoftwareToken, VerifySoftwareToken, SetUserMFAPreference and their kin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cognito_model import mfa
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, OneOf, Present
from cognito_model.operations.common import need_pool, need_token, need_user
from cognito_model.operations.confirmation import with_user
from cognito_model.operations.sign_in import first_factors
from cognito_model.outcome import Outcome
from cognito_model.requirements import challenges as challenges_R
from cognito_model.requirements import user_mfa as R
from cognito_model.second_factor import store
from cognito_model.world import Challenge, Pool, User

FACTORS = {
    "SMSMfaSettings": "SMS_MFA",
    "SoftwareTokenMfaSettings": "SOFTWARE_TOKEN_MFA",
    "EmailMfaSettings": "EMAIL_OTP",
}


@operation("AssociateSoftwareToken")
def associate_software_token(call: Call) -> Outcome:
    """A secret for an authenticator app."""
    pool, user, challenge = bearer(call)
    call.tolerate_if("SoftwareTokenMfaConfiguration" not in mfa.config(pool), R.pool_has_software_tokens)
    secret = call.fresh("TotpSecret")
    user = call.change(user, R.gives_secret, mfa=replace(user.mfa, candidate=secret))
    pool = pool.put(user=user)
    if challenge is None:
        return call.reply(
            R.gives_secret,
            call.world.with_pool(pool),
            SecretCode=secret,
            Session=Because(ABSENT, R.gives_secret),
        )
    session = call.fresh("Session")
    pool = store(pool, session, replace(challenge, at=call.now))
    return call.reply(R.gives_secret, call.world.with_pool(pool), SecretCode=secret, Session=session)


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
    kept = replace(user.mfa, secret=secret, candidate=None, used_step=step)
    user = call.change(user, R.code_verifies, mfa=kept)
    if challenge is None:
        return call.reply(
            R.code_verifies,
            call.world.with_pool(pool.put(user=user)),
            Status="SUCCESS",
            Session=OneOf.of(ABSENT, Present("")),
        )
    session = call.fresh("Session")
    # Setting up during sign-in enables the factor: it is what the next sign-in asks for.
    user = replace(user, mfa=replace(user.mfa, enabled=("SOFTWARE_TOKEN_MFA",)))
    done = replace(challenge, at=call.now, details={**challenge.details, "verified": True})
    pool = store(pool.put(user=user), session, done)
    return call.reply(R.code_verifies, call.world.with_pool(pool), Status="SUCCESS", Session=session)


def bearer(call: Call) -> tuple[Pool, User, Challenge | None]:
    """The user of the access token, or of the session of an MFA_SETUP challenge."""
    if call.AccessToken is not None:
        pool, user, _, _ = need_token(call)
        return pool, user, None
    if call.Session is None:
        call.refuse(R.one_of_token_and_session)
    found = call.world.challenge(call.Session)
    if found is None or found[1].name != "MFA_SETUP":
        call.refuse_if(True, challenges_R.session_is_genuine)
        call.refuse_if(found is not None, challenges_R.session_fits_answer)
        call.settle()
    assert found is not None
    pool, challenge = found
    user = pool.users.get(challenge.sub)
    if user is None:
        call.refuse(challenges_R.session_is_genuine)
    return pool, user, challenge


@operation("SetUserMFAPreference")
def set_user_mfa_preference(call: Call) -> Outcome:
    """A user turns factors on and off, and prefers one."""
    pool, user, _, _ = need_token(call)
    return prefer(call, pool, user)


@operation("AdminSetUserMFAPreference")
def admin_set_user_mfa_preference(call: Call) -> Outcome:
    """An administrator does."""
    pool = need_pool(call)
    return prefer(call, pool, need_user(call, pool))


def prefer(call: Call, pool: Pool, user: User) -> Outcome:
    """The user with the factors as the call sets them; factors that it does not name stay."""
    given = {factor: call.params[m] for m, factor in FACTORS.items() if isinstance(call.params.get(m), dict)}
    call.refuse_if(sum(bool(s.get("PreferredMfa")) for s in given.values()) > 1, R.one_is_preferred)
    enabled, preferred = list(user.mfa.enabled), user.mfa.preferred
    for factor, setting in given.items():
        on = bool(setting.get("Enabled"))
        if on and factor == "SOFTWARE_TOKEN_MFA":
            call.refuse_if(user.mfa.secret is None, R.token_is_verified)
        if on and factor == "SMS_MFA":
            call.refuse_if(not user.has("phone_number"), R.phone_is_there)
        if on and factor == "EMAIL_OTP":
            call.tolerate_if(not user.has("email"), R.factor_may_be_refused)
        call.tolerate_if(setting.get("PreferredMfa") and not on, R.factor_may_be_refused)
        if on and factor not in enabled:
            enabled.append(factor)
        if not on and factor in enabled:
            enabled.remove(factor)
        if on and setting.get("PreferredMfa"):
            preferred = factor
        elif preferred == factor:
            preferred = None
    configured = mfa.config(pool)
    unused = any(s.get("Enabled") and CONFIG[f] not in configured for f, s in given.items())
    call.tolerate_if(unused or pool.settings.get("MfaConfiguration", "OFF") == "OFF", R.factor_may_be_refused)
    call.tolerate_if(not enabled and pool.settings.get("MfaConfiguration") == "ON", R.factor_may_be_refused)
    kept = replace(user.mfa, enabled=tuple(enabled), preferred=preferred)
    user = call.change(user, R.preference_is_kept, mfa=kept)
    return call.reply(R.preference_is_kept, with_user(call, pool, user))


CONFIG = {
    "SMS_MFA": "SmsMfaConfiguration",
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaConfiguration",
    "EMAIL_OTP": "EmailMfaConfiguration",
}


@operation("SetUserSettings")
def set_user_settings(call: Call) -> Outcome:
    """The older way to turn text messages on."""
    need_token(call)
    call.tolerate_if(True, R.factor_may_be_refused)
    return call.reply(R.settings_are_taken)


@operation("AdminSetUserSettings")
def admin_set_user_settings(call: Call) -> Outcome:
    """The same for an administrator."""
    need_user(call, need_pool(call))
    call.tolerate_if(True, R.factor_may_be_refused)
    return call.reply(R.settings_are_taken)


@operation("GetUserAuthFactors")
def get_user_auth_factors(call: Call) -> Outcome:
    """The factors of the access token's user."""
    pool, user, _, _ = need_token(call)
    return factors(call, pool, user)


@operation("AdminGetUserAuthFactors")
def admin_get_user_auth_factors(call: Call) -> Outcome:
    """The factors of a user, for an administrator."""
    pool = need_pool(call)
    return factors(call, pool, need_user(call, pool))


def factors(call: Call, pool: Pool, user: User) -> Outcome:
    """What both answer."""
    preferred: Any = user.mfa.preferred or ABSENT
    configured = [f for f in first_factors(pool, user) if f != "PASSWORD_SRP"]
    return call.reply(
        R.factors_are_told,
        Username=user.username,
        PreferredMfaSetting=preferred,
        ConfiguredUserAuthFactors=OneOf.of(configured, Present(configured)),
    )
