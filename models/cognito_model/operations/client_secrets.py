"""AddUserPoolClientSecret, ListUserPoolClientSecrets, DeleteUserPoolClientSecret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Bag, Because, Both, Pattern
from cognito_model.operations.clients import with_client
from cognito_model.operations.common import instant, need_client, need_pool
from cognito_model.requirements import client_secrets as R
from cognito_model.settings import write
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client

MOST = 2
_ID = Pattern(r"[a-z0-9]{1,64}--[0-9]+", "")

Secret = dict[str, Any]


def secrets(client: Client) -> tuple[Secret, ...]:
    """The client's secrets, each with id, value and date; the one that it was made with comes first."""
    found = client.settings.get("_secrets")
    if found is not None:
        return tuple(found)
    if client.secret is None:
        return ()
    first = Fresh("ClientSecretId", client.id.step, client.id.index)
    return ({"id": first, "value": client.secret, "created": client.created, "first": True},)


@operation("AddUserPoolClientSecret")
def add_user_pool_client_secret(call: Call) -> Outcome:
    """Give an app client a second secret."""
    pool, client = need_client(call, need_pool(call))
    existing = secrets(client)
    call.refuse_if(not existing, R.client_is_confidential)
    call.refuse_if(len(existing) >= MOST, R.two_at_most)
    secret = {
        "id": call.fresh("ClientSecretId"),
        "value": call.ClientSecret or call.fresh("ClientSecret"),
        "created": instant(call),
    }
    client = write(call, client, R.adds_secret, {"_secrets": (*existing, secret)})
    if client.secret is None:
        client = replace(client, secret=secret["value"])
    descriptor = {
        **brief(secret),
        "ClientSecretValue": Because(ABSENT, R.chosen_secret_is_hidden)
        if call.ClientSecret
        else secret["value"],
    }
    return call.reply(
        R.adds_secret,
        call.world.with_pool(with_client(call, pool, R.adds_secret, client)),
        ClientSecretDescriptor=descriptor,
    )


def brief(secret: Secret) -> dict[str, Any]:
    """Id and date of a secret, for an answer."""
    return {
        "ClientSecretId": Both.of(Because(_ID, R.id_has_form), secret["id"]),
        "ClientSecretCreateDate": secret["created"],
    }


@operation("ListUserPoolClientSecrets")
def list_user_pool_client_secrets(call: Call) -> Outcome:
    """List an app client's secrets."""
    _, client = need_client(call, need_pool(call))
    hidden = {"ClientSecretValue": Because(ABSENT, R.values_stay_hidden)}
    items = tuple(
        Because({**brief(secret), **hidden}, client.causes.get("settings._secrets", R.lists_secrets))
        for secret in secrets(client)
    )
    return call.reply(R.lists_secrets, ClientSecrets=Bag(items), NextToken=ABSENT)


@operation("DeleteUserPoolClientSecret")
def delete_user_pool_client_secret(call: Call) -> Outcome:
    """Take one of an app client's secrets away."""
    pool, client = need_client(call, need_pool(call))
    existing = secrets(client)
    left = tuple(secret for secret in existing if secret["id"] != call.ClientSecretId)
    call.refuse_if(len(left) == len(existing), R.secret_exists)
    call.refuse_if(not left, R.last_secret_stays)
    client = write(call, client, R.deletes_secret, {"_secrets": left})
    if left:
        client = replace(client, secret=left[0]["value"])
        if not left[0].get("first"):
            client = write(call, client, R.deletes_secret, {"_secret": "added"}, parts=())
    return call.reply(
        R.deletes_secret, call.world.with_pool(with_client(call, pool, R.deletes_secret, client))
    )
