"""AdminLinkProviderForUser and AdminDisableProviderForUser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import provider_details, resources, user_view
from cognito_model.call import Call, operation
from cognito_model.operations.common import need_pool
from cognito_model.operations.identity_providers import KIND
from cognito_model.requirements import admin_users as admin_users_R
from cognito_model.requirements import common as common_R
from cognito_model.requirements import provider_links as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool, User

LOCAL = "Cognito"
"""What the pool itself is called where providers are named."""
SUBJECT = "Cognito_Subject"
"""What the id at a social provider is called."""
SOURCE = ("ProviderName", "ProviderAttributeName", "ProviderAttributeValue")
LONGEST = 128
"""How many characters the three may have together."""
MOST = 5
LOCAL_SOURCE = (
    "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a "
    "DestinationUser"
)


@operation("AdminLinkProviderForUser")
def admin_link_provider_for_user(call: Call) -> Outcome:
    """Let an identity of another provider sign in as this user."""
    pool = need_pool(call)
    source, destination = call.SourceUser, call.DestinationUser
    identity = (source.get("ProviderName"), source.get("ProviderAttributeValue"))
    name = destination.get("ProviderAttributeValue")
    call.refuse_if(identity[0] == LOCAL, R.source_is_federated, LOCAL_SOURCE)
    user = pool.find(name) if destination.get("ProviderName") == LOCAL else None
    if user is None:
        call.refuse(R.destination_exists)
    # The documentation asks for the username; whether an alias or the sub finds the user too is not settled.
    call.tolerate_if(name != user.username, R.destination_exists)
    call.refuse_if(len(user.links) >= MOST, R.five_identities)
    check_provider(call, pool, identity[0])
    check_source(call, source)
    call.refuse_if(None not in identity and identity in user.links, R.link_is_new)
    again = any(provider == identity[0] for provider, _ in user.links) or bearer(pool, identity) is not None
    call.tolerate_if(again, R.second_link_may_be_refused)
    links = tuple(dict.fromkeys((*user.links, identity)))
    user = user_view.touched(call, call.change(user, R.links_identity, links=links))
    return call.reply(R.links_identity, call.world.with_pool(pool.put(user=user)))


@operation("AdminDisableProviderForUser")
def admin_disable_provider_for_user(call: Call) -> Outcome:
    """End the link of an identity; of a local user, the use of its password."""
    pool = need_pool(call)
    identity = (call.User.get("ProviderName"), call.User.get("ProviderAttributeValue"))
    if identity[0] == LOCAL:
        user = pool.find(identity[1])
        if user is None:
            gone = ("user", pool.id, identity[1]) in call.world.gone
            call.refuse(admin_users_R.deletes if gone else common_R.user_exists)
        call.tolerate_if(identity[1] != user.username, common_R.user_exists)
        user = user_view.touched(call, call.change(user, R.local_password_ends, password=None))
        return call.reply(R.local_password_ends, call.world.with_pool(pool.put(user=user)))
    check_provider(call, pool, identity[0])
    user = bearer(pool, identity)
    if user is None:
        call.tolerate_if(True, R.identity_is_linked)
        return call.reply(R.unlinks_identity)
    links = tuple(link for link in user.links if link != identity)
    user = user_view.touched(call, call.change(user, R.unlinks_identity, links=links))
    return call.reply(R.unlinks_identity, call.world.with_pool(pool.put(user=user)))


def check_source(call: Call, source: Any) -> None:
    """An identity may be refused that is named too long, or a social one that is not named by its subject."""
    provider, attribute, value = (source.get(name) or "" for name in SOURCE)
    lengths = [len(part) for part in (provider, attribute, value) if isinstance(part, str)]
    call.tolerate_if(sum(lengths) > LONGEST, R.source_is_short)
    social = provider in provider_details.SOCIAL
    call.tolerate_if(social and attribute != SUBJECT, R.social_source_is_subject)


def check_provider(call: Call, pool: Pool, name: object) -> None:
    """A provider that the pool does not have may be refused."""
    call.tolerate_if(name not in resources.table(pool, KIND), R.provider_is_known)


def bearer(pool: Pool, identity: tuple[object, object]) -> User | None:
    """The user whom an identity is linked to."""
    return next((user for user in pool.users.values() if identity in user.links), None)
