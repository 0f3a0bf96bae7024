"""UpdateUserPoolClient, ListUserPoolClients."""

from __future__ import annotations

from itertools import product
from operator import ne
from typing import TYPE_CHECKING

from cognito_model import client_rules, client_view, paging
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import AtLeast, Because, Exactly
from cognito_model.operations.clients import INITIAL, names, with_client, with_given
from cognito_model.operations.common import instant, need_client, need_pool
from cognito_model.requirements import client_updates as R
from cognito_model.requirements import clients as clients_R
from cognito_model.settings import shown, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cognito_model.outcome import Outcome, Refusal, Reply
    from cognito_model.world import Client, Pool

RESET = ("AllowedOAuthFlowsUserPoolClient", "DefaultRedirectURI")
"""What goes back to its default if an update does not name it, with the lists that it belongs to."""

UNSURE: Mapping[str, bool] = {
    "RefreshTokenValidity": True,
    "TokenValidityUnits": True,
    "EnableTokenRevocation": True,
    "AuthSessionValidity": True,
    "RefreshTokenRotation": True,
    "AccessTokenValidity": True,
    "IdTokenValidity": True,
    "PreventUserExistenceErrors": False,
    "EnablePropagateAdditionalUserContextData": False,
}
"""What is documented to go back to its default, and whether it is rather believed to stay, as most of these were seen to."""

AT_MOST = 4  # of so many settings in doubt each may be either; of more, one only is other than the rest


@operation("UpdateUserPoolClient")
def update_user_pool_client(call: Call) -> Outcome:
    """Give an app client new settings; what is not named goes back to its default, or perhaps stays."""
    pool = need_pool(call)
    pool, before = need_client(call, pool)
    client = call.change(before, R.updates_client, modified=instant(call))
    client = forgotten(call, client)
    name = call.ClientName or before.settings["ClientName"]
    client = write(call, client, R.updates_client if call.ClientName else R.keeps_name, {"ClientName": name})
    states = [with_given(call, state, R.updates_client, R.updates_client) for state in readings(call, client)]
    replies: list[Reply] = []
    for state in allowed(call, pool, states):
        replies += call.reply(
            R.updates_client,
            call.world.with_pool(with_client(call, pool, R.updates_client, state)),
            UserPoolClient=client_view.user_pool_client(state, AtLeast(state.modified, before.created)),
        ).replies
    return call.outcome(*replies)


def readings(call: Call, client: Client) -> Iterable[Client]:
    """The clients that this one may be after the update, the likeliest first: each shows in the answer."""
    before = {
        name: client.settings[name]
        for name in UNSURE
        if name in client.settings and not names(call, name) and client.settings[name] != INITIAL.get(name)
    }
    likeliest = tuple(UNSURE[name] for name in before)
    several = [keeps for keeps in product((True, False), repeat=len(before)) if keeps != likeliest]
    if len(before) > AT_MOST:
        common = (likeliest, (True,) * len(before), (False,) * len(before))
        several = [k for k in several if any(sum(map(ne, k, c)) <= 1 for c in common)]
    for keeps in (likeliest, *several):
        kept = dict(zip(before, keeps, strict=True))
        yield write(
            call,
            client,
            R.unnamed_setting_is_known,
            {name: before[name] if kept[name] else INITIAL.get(name) for name in before},
        )


def allowed(call: Call, pool: Pool, states: Iterable[Client]) -> list[Client]:
    """The states that the rules allow, or all where they allow none; the call is refused, or may be, as they say."""
    before, tolerated = call.refusals, call.tolerated
    found: list[tuple[Client, list[Refusal]]] = []
    for state in states:
        call.refusals = []
        client_rules.check(call, pool, state, doing="updating")
        found.append((state, call.refusals))
    right = [state for state, refusals in found if not refusals]
    call.refusals = before
    for state, refusals in found:
        if right:
            tolerated += [replace(refusal, likely=state is found[0][0]) for refusal in refusals]
        else:
            before += refusals
    call.refusals, call.tolerated = unique(before), unique(tolerated)
    return right or [state for state, _ in found]


def unique(refusals: Iterable[Refusal]) -> list[Refusal]:
    """Each of the refusals once."""
    found: list[Refusal] = []
    for refusal in refusals:
        if refusal not in found:
            found.append(refusal)
    return found


def forgotten(call: Call, client: Client) -> Client:
    """The client with what the request does not name taken out, and the reason of each."""
    settings = client.settings
    lists = [n for n in client_view.LISTS if n in settings and not call.params.get(n)]
    client = write(call, client, R.resets_lists, dict.fromkeys(lists))
    if "AnalyticsConfiguration" in settings and call.AnalyticsConfiguration is None:
        client = write(call, client, R.resets_analytics, {"AnalyticsConfiguration": None})
    unnamed = [name for name in RESET if name in client.settings and not names(call, name)]
    return write(call, client, R.resets_values, {name: INITIAL.get(name) for name in unnamed})


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
