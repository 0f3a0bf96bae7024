"""Create-, Describe-, Update- and DeleteResourceServer, ListResourceServers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import paging, resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Bag, Because, Both, OneOf
from cognito_model.operations.common import need_pool
from cognito_model.requirements import resource_servers as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "ResourceServers"
LIMIT = 25
PAGE = 50


@operation("CreateResourceServer")
def create_resource_server(call: Call) -> Outcome:
    """Make a resource server with its scopes."""
    pool = need_pool(call)
    existing = resources.table(pool, KIND)
    call.refuse_if(call.Identifier in existing, R.identifier_is_free)
    call.tolerate_if(len(existing) >= LIMIT, R.server_limit)
    check_scopes(call)
    bare = {"UserPoolId": pool.id, "Identifier": call.Identifier, "Name": "", "Scopes": []}
    server = Resource(call.Identifier, bare)
    scopes = list(call.Scopes or ())
    server = resources.write(call, server, R.creates_server, {"Name": call.Name, "Scopes": scopes})
    return call.reply(
        R.creates_server,
        call.world.with_pool(resources.put(call, pool, R.creates_server, KIND, server)),
        ResourceServer=looks(server),
    )


def check_scopes(call: Call) -> None:
    """Refuse two scopes of one name."""
    names = [scope.get("ScopeName") for scope in call.Scopes or ()]
    call.tolerate_if(len(set(names)) < len(names), R.scope_names_differ)


def looks(server: Resource) -> dict[str, Any]:
    """ResourceServerType of the server."""
    scopes = sorted(server.members["Scopes"], key=lambda scope: str(scope.get("ScopeName")))
    cause = server.cause("Scopes", R.creates_server)
    shown: Any = Because(OneOf.of(ABSENT, []), R.no_scopes_are_none if cause is R.creates_server else cause)
    if scopes:
        shown = Both.of(Because(Bag(tuple(scopes)), cause), Because(scopes, R.scopes_are_sorted))
    return {
        "UserPoolId": server.members["UserPoolId"],
        "Identifier": server.members["Identifier"],
        "Name": server.shown("Name"),
        "Scopes": shown,
    }


def need_server(call: Call, pool: Pool) -> Resource:
    """The resource server that Identifier names; the call is refused where there is none."""
    return resources.need(call, pool, KIND, call.Identifier, R.server_exists, R.deletes_server)


@operation("DescribeResourceServer")
def describe_resource_server(call: Call) -> Outcome:
    """Show a resource server."""
    return call.reply(R.describes_server, ResourceServer=looks(need_server(call, need_pool(call))))


@operation("UpdateResourceServer")
def update_resource_server(call: Call) -> Outcome:
    """Set the name and all scopes of a resource server."""
    pool = need_pool(call)
    server = need_server(call, pool)
    check_scopes(call)
    server = resources.write(call, server, R.updates_server, {"Name": call.Name})
    because = R.updates_server if call.Scopes else R.unnamed_scopes_go
    server = resources.write(call, server, because, {"Scopes": list(call.Scopes or ())})
    return call.reply(
        R.updates_server,
        call.world.with_pool(resources.put(call, pool, R.updates_server, KIND, server)),
        ResourceServer=looks(server),
    )


@operation("DeleteResourceServer")
def delete_resource_server(call: Call) -> Outcome:
    """Delete a resource server; app clients keep the names of its scopes."""
    pool = need_pool(call)
    server = need_server(call, pool)
    return call.reply(R.deletes_server, resources.without(call, pool, R.deletes_server, KIND, server.key))


@operation("ListResourceServers")
def list_resource_servers(call: Call) -> Outcome:
    """List the resource servers of a pool."""
    pool = need_pool(call)
    items = {key: looks(server) for key, server in resources.table(pool, KIND).items()}
    return paging.page(
        call,
        R.lists_servers,
        items,
        member="ResourceServers",
        key="Identifier",
        limit=paging.limit(call.MaxResults, PAGE),
    )
