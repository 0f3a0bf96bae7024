"""What else a pool can be asked: import header, certificate, session settings."""

from __future__ import annotations

from cognito_model.expect import unwrap
from cognito_model.operations.pool_extras import COLUMNS
from support.drive import Drive, plain
from support.expectations import reasons, rests_on


def with_client(**params: object) -> tuple[Drive, dict[str, object], dict[str, object]]:
    """A world with a pool and a client, and what calls about the pool and about the client say."""
    drive = Drive()
    pool = {"UserPoolId": drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]}
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app")["UserPoolClient"]
    return drive, pool, {**pool, "ClientId": made["ClientId"]}


def test_csv_header_of_plain_pool():
    """GetCSVHeader of a pool without custom attributes has its columns in Cognito's order."""
    drive, pool, _ = with_client()
    outcome = drive.outcome("GetCSVHeader", **pool)
    names = {"pool-extras/csv-header-names-attributes", "pool-extras/csv-header-is-ordered"}
    assert rests_on(outcome) == names
    assert unwrap(outcome.replies[0].members["CSVHeader"].parts[-1]) == COLUMNS


def test_csv_header_has_custom_attributes():
    """GetCSVHeader names custom attributes too, wherever they stand."""
    schema = [{"Name": "team", "AttributeDataType": "String"}]
    drive, pool, _ = with_client(Schema=schema)
    header = drive.call("GetCSVHeader", **pool)["CSVHeader"]
    assert set(header.items) == {*COLUMNS, "custom:team"}


def test_certificate_stays():
    """GetSigningCertificate answers with the pool's certificate, the same each time."""
    drive, pool, _ = with_client()
    first = drive.outcome("GetSigningCertificate", **pool)
    assert rests_on(first) == {"pool-extras/has-signing-certificate"}
    assert drive.call("GetSigningCertificate", **pool) == first.replies[0].members


def test_pool_sessions():
    """A pool does not track sessions until SetUserPoolSessionConfiguration says so."""
    drive, pool, _ = with_client()
    outcome = drive.outcome("GetUserPoolSessionConfiguration", **pool)
    assert rests_on(outcome) == {"pool-extras/sessions-are-not-tracked"}
    assert plain(outcome.replies[0].members)["TokenSession"] == {"MaxPerUser": 20}
    given = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}}
    drive.call("SetUserPoolSessionConfiguration", **pool, **given)
    members = drive.outcome("GetUserPoolSessionConfiguration", **pool).replies[0].members
    assert reasons(members["TokenSession"]) == {"pool-extras/sets-session-configuration"}
    assert plain(members) == {**pool, **given}


def test_client_sessions():
    """A client reuses a session for an hour until SetUserPoolClientSessionConfiguration says otherwise."""
    drive, pool, client = with_client()
    outcome = drive.outcome("GetUserPoolClientSessionConfiguration", **client)
    assert rests_on(outcome) == {"pool-extras/client-session-counts-an-hour"}
    given = {"SSOSession": {"MaxValidityMinutes": 5}}
    refused = drive.refused("SetUserPoolClientSessionConfiguration", **client, **given)
    assert refused == {"pool-extras/client-session-needs-tracking"}
    tracking = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}}
    drive.call("SetUserPoolSessionConfiguration", **pool, **tracking)
    outcome = drive.outcome("SetUserPoolClientSessionConfiguration", **client, **given)
    assert rests_on(outcome) == {"pool-extras/sets-client-session-configuration"}
    assert plain(outcome.replies[0].members) == {**client, **given}


def test_sessions_are_refused_in_lite():
    """Session configurations are refused in a pool of the tier LITE."""
    drive, pool, _ = with_client(UserPoolTier="LITE")
    tracking = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}}
    refused = drive.refused("SetUserPoolSessionConfiguration", **pool, **tracking)
    assert refused == {"pool-extras/session-configuration-needs-essentials"}
