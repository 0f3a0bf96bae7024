"""Where a pool's logs go."""

from __future__ import annotations

import pytest

from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated

CLOUDWATCH = {
    "CloudWatchLogsConfiguration": {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:x"}
}
BUCKET = {"S3Configuration": {"BucketArn": "arn:aws:s3:::logs"}}
NOTIFICATIONS = {"EventSource": "userNotification", "LogLevel": "ERROR", **CLOUDWATCH}
EVENTS = {"EventSource": "userAuthEvents", "LogLevel": "INFO", **CLOUDWATCH}


def with_pool(**params: object) -> tuple[Drive, dict[str, object]]:
    """A world with one pool, and what calls about it say."""
    drive = Drive()
    return drive, {"UserPoolId": drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]}


def test_nothing_is_set_at_first():
    """GetLogDeliveryConfiguration answers no LogConfigurations where none were set."""
    drive, pool = with_pool()
    assert rests_on(drive.outcome("GetLogDeliveryConfiguration", **pool)) == {
        "log-delivery/nothing-unless-set"
    }


def test_configurations_are_set_and_replaced():
    """SetLogDeliveryConfiguration sets what it is given, and what it is not given is gone."""
    drive, pool = with_pool(UserPoolTier="PLUS")
    outcome = drive.outcome("SetLogDeliveryConfiguration", **pool, LogConfigurations=[NOTIFICATIONS, EVENTS])
    assert rests_on(outcome) == {"log-delivery/sets-logs"}
    assert tolerated(outcome) == {"log-delivery/destination-is-reachable"}
    drive.world = outcome.replies[0].world
    drive.call("SetLogDeliveryConfiguration", **pool, LogConfigurations=[EVENTS])
    shown = drive.call("GetLogDeliveryConfiguration", **pool)["LogDeliveryConfiguration"]
    assert shown["LogConfigurations"].items == (EVENTS,)
    drive.call("SetLogDeliveryConfiguration", **pool, LogConfigurations=[])
    found = (
        drive.outcome("GetLogDeliveryConfiguration", **pool).replies[0].members["LogDeliveryConfiguration"]
    )
    assert reasons(found) == {"log-delivery/replaces-all"}


def test_null_is_dropped():
    """A null among the configurations is dropped."""
    drive, pool = with_pool()
    outcome = drive.outcome("SetLogDeliveryConfiguration", **pool, LogConfigurations=[None, NOTIFICATIONS])
    assert rests_on(outcome) == {"log-delivery/null-is-dropped"}
    members = plain(outcome.replies[0].members)["LogDeliveryConfiguration"]
    assert members["LogConfigurations"].items == (NOTIFICATIONS,)


@pytest.mark.parametrize(
    ("requirement", "item"),
    [
        ("destination-is-given", {"EventSource": "userNotification", "LogLevel": "ERROR"}),
        (
            "notifications-go-to-cloudwatch",
            {"EventSource": "userNotification", "LogLevel": "ERROR", **BUCKET},
        ),
        ("user-events-need-plus", EVENTS),
    ],
)
def test_configuration_is_refused(requirement, item):
    """A configuration without destination, or with one that does not go with source and tier, is refused."""
    drive, pool = with_pool()
    refused = drive.refused("SetLogDeliveryConfiguration", **pool, LogConfigurations=[item])
    assert refused == {f"log-delivery/{requirement}"}


@pytest.mark.parametrize(
    ("requirement", "items"),
    [
        ("level-fits-source", [{**NOTIFICATIONS, "LogLevel": "INFO"}]),
    ],
)
def test_configuration_may_be_refused(requirement, items):
    """A level that does not go with its source may be refused."""
    drive, pool = with_pool()
    outcome = drive.outcome("SetLogDeliveryConfiguration", **pool, LogConfigurations=items)
    assert f"log-delivery/{requirement}" in tolerated(outcome)


def test_sources_differ():
    """Two configurations for one event source are refused, and the source is named."""
    drive, pool = with_pool()
    logs = [NOTIFICATIONS, NOTIFICATIONS]
    outcome = drive.outcome("SetLogDeliveryConfiguration", **pool, LogConfigurations=logs)
    assert {refusal.requirement.slug for refusal in outcome.refusals} == {"log-delivery/sources-differ"}
    assert outcome.refusals[0].text == ("Request validation Failed. ", "userNotification")


def test_source_without_destination_is_named():
    """The source that has no destination is named, and what else is wrong follows."""
    drive, pool = with_pool()
    bare = {"EventSource": "userNotification", "LogLevel": "ERROR"}
    outcome = drive.outcome("SetLogDeliveryConfiguration", **pool, LogConfigurations=[bare, bare])
    assert {r.requirement.slug for r in outcome.refusals} == {
        "log-delivery/destination-is-given",
        "log-delivery/sources-differ",
    }
    both = (
        "Request validation Failed. Following event sources in request have no destination: [userNotification]. "
        "Following event sources appear more then once in a request: [userNotification]."
    )
    assert all(refusal.requirement.allows_text(both) for refusal in outcome.refusals)


def test_log_group_of_another_region():
    """A log group of another region than the pool's is refused."""
    drive, pool = with_pool()
    group = {"LogGroupArn": "arn:aws:logs:mars-north-1:123456789012:log-group:x"}
    entry = {**NOTIFICATIONS, "CloudWatchLogsConfiguration": group}
    refused = drive.refused("SetLogDeliveryConfiguration", **pool, LogConfigurations=[entry])
    assert refused == {"log-delivery/log-group-is-in-region"}
