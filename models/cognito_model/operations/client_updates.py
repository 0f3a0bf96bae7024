"""UpdateUserPoolClient, ListUserPoolClients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_model import client_rules, client_view, paging
from cognito_model.call import Call, operation
from cognito_model.expect import AtLeast, Because, Exactly
from cognito_model.operations.clients import DEFAULTS, names, with_client, with_given
from cognito_model.operations.common import instant, need_client, need_pool
from cognito_model.requirements import client_updates as R
from cognito_model.requirements import clients as clients_R
from cognito_model.settings import shown, write

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Client


@operation("UpdateUserPoolClient")
def update_user_pool_client(call: Call) -> Outcome:
    """Give an app client new settings; what is not named goes back to its default."""
    pool = need_pool(call)
    pool, before = need_client(call, pool)
    client = call.change(before, R.updates_client, modified=instant(call))
    client = forgotten(call, client)
    client = with_given(call, client, R.updates_client, R.updates_client)
    name = call.ClientName or before.settings["ClientName"]
    client = write(call, client, R.updates_client if call.ClientName else R.keeps_name, {"ClientName": name})
    client_rules.check(call, pool, client, doing="updating")
    later = AtLeast(client.modified, before.created)
    return call.reply(
        R.updates_client,
        call.world.with_pool(with_client(call, pool, R.updates_client, client)),
        UserPoolClient=client_view.user_pool_client(client, later),
    )


def forgotten(call: Call, client: Client) -> Client:
    """The client with what the request does not name taken out, and the reason of each."""
    settings = client.settings
    lists = [n for n in client_view.LISTS if n in settings and not call.params.get(n)]
    client = write(call, client, R.resets_lists, dict.fromkeys(lists))
    if "AnalyticsConfiguration" in settings and call.AnalyticsConfiguration is None:
        client = write(call, client, R.resets_analytics, {"AnalyticsConfiguration": None})
    values = dict.fromkeys(n for n in client_view.SCALARS if n in client.settings and not names(call, n))
    for _, members in DEFAULTS:
        values |= {name: value for name, value in members.items() if name in values}
    return write(call, client, R.resets_values, values)


@operation("ListUserPoolClients")
def list_user_pool_clients(call: Call) -> Outcome:
    """List the app clients of a pool."""
    pool = need_pool(call)
    items = {
        client.id: Because(
            Exactly(
                {
                    "ClientId": client.id,
                    "UserPoolId": pool.id,
                    "ClientName": shown(client, "ClientName", client.settings["ClientName"]),
                }
            ),
            clients_R.listed_client_is_brief,
        )
        for client in pool.clients.values()
        if call.ClientType != "DCR"
    }
    return paging.page(
        call,
        clients_R.lists_clients,
        items,
        member="UserPoolClients",
        key="ClientId",
        limit=paging.limit(call.MaxResults),
    )
