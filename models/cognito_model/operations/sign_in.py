"""InitiateAuth and AdminInitiateAuth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import category

from cognito_model import clients, functions
from cognito_model import sign_in_triggers as triggers
from cognito_model.call import Call, operation
from cognito_model.first_factor import LOCK_AFTER, check_device, with_password
from cognito_model.operations.common import check_secret_hash, find_user, need_client, need_pool
from cognito_model.operations.custom_auth import as_triggers_say, ask, has_custom_triggers, is_followed
from cognito_model.operations.refresh import refresh, suspect_flow
from cognito_model.operations.srp import ask_verifier
from cognito_model.operations.user_auth import choose
from cognito_model.requirements import common as common_R
from cognito_model.requirements import refresh as refresh_R
from cognito_model.requirements import sign_in as R
from cognito_model.requirements import triggers as triggers_R
from cognito_model.requirements import user_auth as user_auth_R
from cognito_model.second_factor import proceed

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.requirement import Requirement
    from cognito_model.world import Client, Pool, User

ADMIN_FLOWS = ("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH")
PASSWORD_FLOWS = (*ADMIN_FLOWS, "USER_PASSWORD_AUTH")
REFRESH_FLOWS = ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN")
ILL_FORMED = "; ".join(
    f"Value at '{member}' failed to satisfy constraint: Member must satisfy regular expression pattern: "
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
    for member in ("userAlias", "userName")
)
"""What a name is called inside, where it is looked for as an alias and as a username."""


@operation("InitiateAuth")
def initiate_auth(call: Call) -> Outcome:
    """A person begins to sign in."""
    call.refuse_if(call.AuthFlow in ADMIN_FLOWS, R.flow_fits_operation)
    call.settle()
    return begin(call, *need_client(call))


@operation("AdminInitiateAuth")
def admin_initiate_auth(call: Call) -> Outcome:
    """A server begins to sign somebody in."""
    call.refuse_if(call.AuthFlow == "USER_PASSWORD_AUTH", R.flow_fits_operation)
    call.settle()
    return begin(call, *need_client(call, need_pool(call)))


def begin(call: Call, pool: Pool, client: Client) -> Outcome:
    """The flow that the call names."""
    flow = call.AuthFlow
    given = call.AuthParameters or {}
    call.note(f"flow:{flow}")
    check_flow(call, client, flow)
    if flow in REFRESH_FLOWS:
        call.refuse_if(not given.get("REFRESH_TOKEN"), R.parameter_is_given, "REFRESH_TOKEN")
        call.settle()
        return refresh(call, pool, client, given["REFRESH_TOKEN"], given)
    name = given.get("USERNAME") or None
    call.refuse_if(name is None, R.parameter_is_given, "USERNAME")
    call.refuse_if(flow in PASSWORD_FLOWS and not given.get("PASSWORD"), R.parameter_is_given, "PASSWORD")
    call.refuse_if(flow == "USER_SRP_AUTH" and not given.get("SRP_A"), R.parameter_is_given, "SRP_A")
    sent = given.get("SECRET_HASH")
    if name is not None:
        # Too long a name is looked for (fact over-long-username-not-validated-at-auth), one with a space was not.
        odd = any(category(letter)[0] in "ZC" for letter in call.characters(name) or "")
        call.tolerate_if(odd, R.name_may_be_ill_formed, ILL_FORMED, foremost=True)
        check_secret_hash(call, client, name, sent)
    elif client.secret is not None:
        # Whether the hash or the name that it is of is missed first is not settled.
        wrong = common_R.secret_hash_is_sent if sent is None else common_R.secret_hash_matches
        call.tolerate_if(True, wrong, client.id)
    user = find_user(call, pool, name, unknown(client).raises[0]) if name is not None else None
    if call.refusals:
        also_wrong(call, pool, client, user, given)
    if flow in PASSWORD_FLOWS and triggers.denies(pool):
        return denied(call, pool, client, user, given["PASSWORD"])
    triggers.check(call, pool)
    call.tolerate_if(user is not None and name == user.sub != user.username, R.sub_may_be_no_name)
    if flow == "CUSTOM_AUTH":
        return custom(call, pool, client, user, given)
    if flow == "USER_SRP_AUTH":
        suspect_flow(call, client, flow)
        return ask_verifier(call, pool, client, user, name, given["SRP_A"], R.verifier_is_asked)
    if flow == "USER_AUTH":
        return choose(call, pool, client, user, given)
    user = with_password(call, pool, client, user, given["PASSWORD"])
    device = given.get("DEVICE_KEY")
    check_device(call, pool, device)
    return proceed(call, pool, user, client, after="START", because=R.password_signs_in, device=device)


def check_flow(call: Call, client: Client, flow: Any) -> None:
    """Refuse a flow that the client does not allow; a refresh went through all the same (refresh-flow-unnamed-ok)."""
    if clients.allows_flow(client, flow):
        return
    call.note(f"flow-off:{flow}")
    explicit = client.settings.get("ExplicitAuthFlows") or ()
    if flow in REFRESH_FLOWS and clients.rotates(client):
        call.refuse_if(True, refresh_R.rotation_replaces_flow)
    elif flow in REFRESH_FLOWS:
        call.tolerate_if(True, R.refresh_flow_is_enabled, disabled_text(flow))
    elif flow == "USER_SRP_AUTH" and "CUSTOM_AUTH_FLOW_ONLY" in explicit:
        call.refuse_if(True, R.custom_flow_only)
    else:
        call.refuse_if(True, R.flow_is_enabled, disabled_text(flow))


def disabled_text(flow: Any) -> str:
    """The words in which a flow is refused; they differ from flow to flow."""
    if flow in ADMIN_FLOWS:
        return "Auth flow not enabled for this client"
    if flow == "USER_SRP_AUTH":
        return "USER_SRP_AUTH is not enabled for the client."
    return f"{flow} flow not enabled for this client"


def also_wrong(call: Call, pool: Pool, client: Client, user: User | None, given: dict[str, Any]) -> None:
    """Add what else the call may be refused for: which of several reasons is looked at first is not settled."""
    triggers.check(call, pool)
    if call.AuthFlow == "CUSTOM_AUTH":
        call.refuse_if(not has_custom_triggers(pool), R.custom_auth_needs_triggers)
    if call.AuthFlow == "USER_AUTH":
        call.refuse_if(pool.settings.get("UserPoolTier") == "LITE", user_auth_R.tier_has_user_auth)
    if user is None:
        call.refuse_if("USERNAME" in given, unknown(client))
        if client.hides_users:
            call.suspect("UserNotFoundException", R.unknown_user_is_hidden)
    else:
        password = given.get("PASSWORD")
        call.refuse_if(password is not None and not call.same(password, user.password), R.password_matches)
        call.refuse_if(not user.enabled, R.user_is_enabled)
        call.refuse_if(user.status == "UNCONFIRMED", R.user_is_confirmed)
        call.refuse_if(user.status == "RESET_REQUIRED", R.reset_comes_first)
    call.settle()


def denied(call: Call, pool: Pool, client: Client, user: User | None, password: Any) -> Outcome:
    """What is refused with a password, right or wrong, in a pool whose PreAuthentication trigger denies it.

    The trigger comes before the password; of what else may be wrong no fact says which is looked at first.
    """
    triggers.check(call, pool, besides=("PreAuthentication",))
    call.refuse_if(True, triggers_R.sign_in_is_denied, functions.DENIED)
    if user is None:
        call.refuse_if(True, unknown(client))
        call.settle()
    assert user is not None  # settle() has ended the call otherwise
    call.refuse_if(not user.enabled, R.user_is_enabled)
    call.refuse_if(user.status == "UNCONFIRMED", R.user_is_confirmed)
    call.refuse_if(user.status == "RESET_REQUIRED", R.reset_comes_first)
    call.refuse_if(user.status == "EXTERNAL_PROVIDER", R.federated_user_has_no_password)
    call.refuse_if(user.password is None, R.user_has_password)
    call.tolerate_if(user.failures >= LOCK_AFTER, R.lockout)
    call.settle()
    user = with_password(call, pool, client, user, password)
    return proceed(call, pool, user, client, after="START", because=R.password_signs_in)


def unknown(client: Client) -> Requirement:
    """How a user who does not exist is spoken of."""
    return R.unknown_user_is_hidden if client.hides_users else R.unknown_user_is_named


def custom(call: Call, pool: Pool, client: Client, user: User | None, given: dict[str, Any]) -> Outcome:
    """CUSTOM_AUTH: what its triggers answer is theirs to say, unless it is known what they do."""
    call.refuse_if(user is None, unknown(client))
    call.refuse_if(not has_custom_triggers(pool), R.custom_auth_needs_triggers)
    if user is not None:
        # Whether the user or the pool is looked at first is not settled.
        early = not user.enabled or user.status in ("UNCONFIRMED", "RESET_REQUIRED")
        call.tolerate_if(early, R.state_may_show_early)
    call.settle()
    assert user is not None  # settle() has ended the call otherwise
    first, srp_a = given.get("CHALLENGE_NAME"), given.get("SRP_A")
    # What becomes of one without the other, or of a name that is none of the flow's, no fact says.
    usual = (first is None and srp_a is None) or (first == "SRP_A" and srp_a)
    if not usual or not is_followed(pool, user):
        return as_triggers_say(call, pool, user, client)
    if srp_a:
        name, because = given["USERNAME"], triggers_R.password_comes_first
        return ask_verifier(call, pool, client, user, name, srp_a, because, custom=True)
    return ask(call, pool, user, client, after="START", because=triggers_R.asks_custom_challenge)
