"""UpdateUserPoolClient: what it sets, what it takes back to the default, what it keeps."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT, Bag
from cognito_model.requirements import catalogue
from cognito_model.terms import Fresh
from support.drive import Drive, plain
from support.expectations import reasons, rests_on

PINPOINT = {"ApplicationArn": "arn:aws:mobiletargeting:us-east-1:123456789012:apps/abc"}
LINKS = {"CallbackURLs": ["https://x.example.com"]}


def made(settings: dict[str, object]) -> tuple[Drive, dict[str, object]]:
    """A drive in which a client with these settings was made, and what names the client."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    client = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app", **settings)
    return drive, {"UserPoolId": pool, "ClientId": client["UserPoolClient"]["ClientId"]}


def updated(created: dict[str, object], **params: object) -> dict[str, object]:
    """The UserPoolClient that must be shown after a client, made as in `created`, was updated."""
    drive, ids = made(created)
    outcome = drive.outcome("UpdateUserPoolClient", **ids, **params)
    assert "client-updates/updates-client" in rests_on(outcome)
    drive.world = outcome.replies[0].world
    shown = drive.outcome("DescribeUserPoolClient", **ids)
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
        ("AllowedOAuthFlowsUserPoolClient", True, False),
        ("DefaultRedirectURI", "https://x.example.com", ABSENT),
    ],
)
def test_unnamed_oauth_setting_is_reset(member, value, default):
    """OAuth is off, and no redirect URI is the default, after an update that does not name them."""
    oauth = {"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], **LINKS, member: value}
    client = updated(oauth, ClientName="app")
    assert reasons(client[member]) == {"client-updates/resets-values"}
    assert plain(client[member]) == default


def test_reset_that_nobody_measured_fails_nobody():
    """That OAuth ends where an update does not name it is documented, as was what was measured to stay."""
    assert catalogue()["client-updates/resets-values"].provisional


@pytest.mark.parametrize(
    ("member", "value", "default"),
    [
        ("RefreshTokenValidity", 5, 30),
        ("EnableTokenRevocation", False, True),
        ("AuthSessionValidity", 15, 3),
        ("AccessTokenValidity", 5, ABSENT),
        ("TokenValidityUnits", {"AccessToken": "minutes"}, None),
        ("PreventUserExistenceErrors", "ENABLED", None),
    ],
)
def test_unnamed_value_is_kept_or_reset(member, value, default):
    """A validity, unit or switch that an update does not name stays or goes back: the answer shows which."""
    drive, ids = made({member: value})
    outcome = drive.outcome("UpdateUserPoolClient", **ids, ClientName="app")
    shown = [reply.members["UserPoolClient"][member] for reply in outcome.replies]
    assert value in [plain(one) for one in shown]
    assert default is None or default in [plain(one) for one in shown]
    assert reasons(shown[0]) == {"client-updates/unnamed-setting-is-known"}
    for reply in outcome.replies:
        drive.world = reply.world
        [later] = drive.outcome("DescribeUserPoolClient", **ids).replies
        answered = reply.members["UserPoolClient"]
        assert plain(later.members["UserPoolClient"][member]) == plain(answered[member])


@pytest.mark.parametrize(("settings", "replies"), [(3, 8), (5, 12)])
def test_of_many_unnamed_values_each_may_be_other_than_the_rest(settings, replies):
    """Of a few settings in doubt each may stay or go back; of many, as many answers are right as are worth a look."""
    many = {
        "RefreshTokenValidity": 5,
        "AuthSessionValidity": 15,
        "EnableTokenRevocation": False,
        "AccessTokenValidity": 5,
        "IdTokenValidity": 5,
    }
    drive, ids = made(dict([*many.items()][:settings]))
    assert len(drive.outcome("UpdateUserPoolClient", **ids, ClientName="app").replies) == replies


def test_rotation_that_is_not_named_may_stay():
    """An update that allows the refresh flow and names no rotation may be refused, since rotation may stay."""
    rotates = {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}}
    flows = {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}
    drive, ids = made({**rotates, **flows})
    flows["ExplicitAuthFlows"].append("ALLOW_REFRESH_TOKEN_AUTH")
    outcome = drive.outcome("UpdateUserPoolClient", **ids, **flows)
    assert [r.requirement.slug for r in outcome.tolerated] == ["client-rules/refresh-flow-is-allowed"]
    assert outcome.likeliest_refusal is not None
    assert len(outcome.replies) == 2
    named = drive.outcome(
        "UpdateUserPoolClient", **ids, **flows, RefreshTokenRotation={"Feature": "DISABLED"}
    )
    assert not named.tolerated


def test_unit_that_is_not_named_may_make_a_validity_wrong():
    """Where a value is too short in the unit that the client had, the update may be refused; as it is without, it is not."""
    drive, ids = made({"AccessTokenValidity": 10, "TokenValidityUnits": {"AccessToken": "minutes"}})
    outcome = drive.outcome("UpdateUserPoolClient", **ids, AccessTokenValidity=2)
    assert [r.requirement.slug for r in outcome.tolerated] == ["client-rules/token-validity-in-range"]
    assert outcome.likeliest_refusal is not None
    assert not outcome.refused
    assert len(outcome.replies) == 1
    wrong = drive.outcome("UpdateUserPoolClient", **ids, AccessTokenValidity=2000)
    assert [r.requirement.slug for r in wrong.refusals] == ["client-rules/token-validity-in-range"]


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
