"""UpdateUserPoolClient: what it sets, what it takes back to the default, what it keeps."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Bag
from cognito_model.terms import Fresh
from support.drive import Drive, plain
from support.expectations import reasons, rests_on

PINPOINT = {"ApplicationArn": "arn:aws:mobiletargeting:us-east-1:123456789012:apps/abc"}


def updated(created: dict[str, object], **params: object) -> dict[str, object]:
    """The UserPoolClient that must be shown after a client, made as in `created`, was updated."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app", **created)["UserPoolClient"]
    outcome = drive.outcome("UpdateUserPoolClient", UserPoolId=pool, ClientId=made["ClientId"], **params)
    assert "client-updates/updates-client" in rests_on(outcome)
    drive.world = outcome.replies[0].world
    shown = drive.outcome("DescribeUserPoolClient", UserPoolId=pool, ClientId=made["ClientId"])
    return shown.replies[0].members["UserPoolClient"]


def test_named_settings_are_set():
    """UpdateUserPoolClient gives the client the settings that the request names."""
    client = updated({}, ClientName="other", AuthSessionValidity=5, ReadAttributes=["name", "email"])
    for member in ("ClientName", "AuthSessionValidity", "ReadAttributes"):
        assert reasons(client[member]) == {"client-updates/updates-client"}
    assert plain(client["ClientName"]) == "other"
    assert plain(client["ReadAttributes"]) == Bag(("email", "name"))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("CallbackURLs", ["https://x.example.com"]),
        ("ExplicitAuthFlows", ["ADMIN_NO_SRP_AUTH"]),
        ("WriteAttributes", ["name"]),
    ],
)
def test_unnamed_list_is_reset(member, value):
    """A list is empty after an update that does not name it."""
    client = updated({member: value}, ClientName="app")
    assert reasons(client[member]) == {"client-updates/resets-lists"}
    assert ABSENT in plain(client[member]).choices


@pytest.mark.parametrize(
    ("member", "value", "default"),
    [
        ("RefreshTokenValidity", 5, 30),
        ("EnableTokenRevocation", False, True),
        ("AuthSessionValidity", 15, 3),
        ("AccessTokenValidity", 5, ABSENT),
    ],
)
def test_unnamed_value_is_reset(member, value, default):
    """A validity or switch that an update does not name has its default afterwards."""
    client = updated({member: value}, ClientName="app")
    assert reasons(client[member]) == {"client-updates/resets-values"}
    assert plain(client[member]) == default


def test_analytics_are_reset():
    """After an update without AnalyticsConfiguration, the client has none."""
    client = updated({"AnalyticsConfiguration": PINPOINT}, ClientName="app")
    assert reasons(client["AnalyticsConfiguration"]) == {"client-updates/resets-analytics"}
    assert plain(client["AnalyticsConfiguration"]) is ABSENT


@pytest.mark.parametrize(("given", "shown"), [({}, False), ({"UserDataShared": True}, True)])
def test_analytics_share_nothing(given, shown):
    """A client's AnalyticsConfiguration shows UserDataShared, which is false unless it was given."""
    client = updated({}, AnalyticsConfiguration={**PINPOINT, **given})
    assert plain(client["AnalyticsConfiguration"])["UserDataShared"] is shown
    assert ("clients/analytics-share-nothing" in reasons(client["AnalyticsConfiguration"])) is not shown


def test_name_and_secret_are_kept():
    """An update without ClientName leaves the client its name, and its secret in any case."""
    client = updated({"GenerateSecret": True}, AuthSessionValidity=5)
    assert reasons(client["ClientName"]) == {"client-updates/keeps-name"}
    assert plain(client["ClientName"]) == "app"
    assert Fresh("ClientSecret", 2) in [plain(part) for part in client["ClientSecret"].parts]
