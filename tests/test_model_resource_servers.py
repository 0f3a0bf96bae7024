"""Resource servers and their scopes."""

from __future__ import annotations

from cognito_model.requirements import catalogue
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated

SCOPES = [
    {"ScopeName": "write", "ScopeDescription": "writes"},
    {"ScopeName": "read", "ScopeDescription": "reads"},
]


def with_pool() -> tuple[Drive, dict[str, object]]:
    """A world with one pool, and what every call about its server `api` says."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    return drive, {"UserPoolId": pool, "Identifier": "api"}


def test_server_is_created_with_sorted_scopes():
    """CreateResourceServer answers with the server, its scopes in the order of their names, or perhaps as given."""
    drive, one = with_pool()
    outcome = drive.outcome("CreateResourceServer", **one, Name="API", Scopes=SCOPES)
    assert {"resource-servers/creates-server", "resource-servers/scopes-are-sorted"} <= rests_on(outcome)
    server = outcome.replies[0].members["ResourceServer"]
    assert plain(server["Scopes"].parts[-1]) == SCOPES[::-1]
    assert catalogue()["resource-servers/scopes-are-sorted"].provisional


def test_server_without_scopes():
    """A resource server without scopes is accepted, and shows none."""
    drive, one = with_pool()
    drive.call("CreateResourceServer", **one, Name="API")
    outcome = drive.outcome("DescribeResourceServer", **one)
    assert "resource-servers/describes-server" in rests_on(outcome)
    scopes = outcome.replies[0].members["ResourceServer"]["Scopes"]
    assert reasons(scopes) == {"resource-servers/no-scopes-are-none"}


def test_identifier_is_unique_in_its_pool():
    """A resource server with an identifier that the pool already has is refused."""
    drive, one = with_pool()
    drive.call("CreateResourceServer", **one, Name="API")
    refused = drive.refused("CreateResourceServer", **one, Name="other")
    assert refused == {"resource-servers/identifier-is-free"}


def test_scope_named_twice_may_be_refused():
    """A resource server with two scopes of one name may be refused."""
    drive, one = with_pool()
    outcome = drive.outcome("CreateResourceServer", **one, Name="API", Scopes=[SCOPES[0], SCOPES[0]])
    assert tolerated(outcome) == {"resource-servers/scope-names-differ"}


def test_twenty_sixth_server_may_be_refused():
    """A pool may refuse more than 25 resource servers."""
    drive, one = with_pool()
    for n in range(25):
        drive.call("CreateResourceServer", UserPoolId=one["UserPoolId"], Identifier=f"s{n}", Name="x")
    assert tolerated(drive.outcome("CreateResourceServer", **one, Name="x")) == {
        "resource-servers/server-limit"
    }


def test_missing_server_is_refused():
    """An operation on a resource server that the pool does not have is refused."""
    drive, one = with_pool()
    for operation, more in (
        ("DescribeResourceServer", {}),
        ("DeleteResourceServer", {}),
        ("UpdateResourceServer", {"Name": "x"}),
    ):
        assert drive.refused(operation, **one, **more) == {"resource-servers/server-exists"}


def test_update_replaces_name_and_scopes():
    """UpdateResourceServer sets the name and the scopes; scopes that it does not name go."""
    drive, one = with_pool()
    drive.call("CreateResourceServer", **one, Name="API", Scopes=SCOPES)
    outcome = drive.outcome("UpdateResourceServer", **one, Name="Other", Scopes=SCOPES[:1])
    server = outcome.replies[0].members["ResourceServer"]
    assert reasons(server["Name"]) == {"resource-servers/updates-server"}
    assert plain(server["Scopes"].parts[-1]) == SCOPES[:1]
    outcome = drive.outcome("UpdateResourceServer", **one, Name="Other")
    scopes = outcome.replies[0].members["ResourceServer"]["Scopes"]
    assert reasons(scopes) == {"resource-servers/unnamed-scopes-go"}


def test_server_in_use_is_deleted():
    """DeleteResourceServer deletes the resource server, even where app clients name its scopes."""
    drive, one = with_pool()
    drive.call("CreateResourceServer", **one, Name="API", Scopes=SCOPES)
    oauth = {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"]}
    params = {"ClientName": "app", "GenerateSecret": True, "AllowedOAuthFlowsUserPoolClient": True, **oauth}
    drive.call("CreateUserPoolClient", UserPoolId=one["UserPoolId"], **params)
    assert rests_on(drive.outcome("DeleteResourceServer", **one)) == {"resource-servers/deletes-server"}
    drive.call("DeleteResourceServer", **one)
    assert drive.refused("DescribeResourceServer", **one) == {"resource-servers/deletes-server"}


def test_servers_are_listed():
    """ListResourceServers lists every resource server of the pool once, over all pages."""
    drive, one = with_pool()
    drive.call("CreateResourceServer", **one, Name="API", Scopes=SCOPES)
    outcome = drive.outcome("ListResourceServers", UserPoolId=one["UserPoolId"], MaxResults=50)
    assert "resource-servers/lists-servers" in rests_on(outcome)
    assert outcome.replies[0].members["ResourceServers"].required == {"api"}
    refused = drive.refused("ListResourceServers", UserPoolId=one["UserPoolId"], MaxResults=51)
    assert refused == {"protocol/request-keeps-constraints"}


def test_listing_without_limit_may_be_refused():
    """ListResourceServers without MaxResults may be refused as one with a limit of 0, and with one it may not."""
    drive, one = with_pool()
    pool = one["UserPoolId"]
    outcome = drive.outcome("ListResourceServers", UserPoolId=pool)
    assert (outcome.refusals, tolerated(outcome)) == ((), {"protocol/request-keeps-constraints"})
    assert "Value '0' at 'maxResults'" in outcome.tolerated[0].text[0]
    assert not tolerated(drive.outcome("ListResourceServers", UserPoolId=pool, MaxResults=50))
