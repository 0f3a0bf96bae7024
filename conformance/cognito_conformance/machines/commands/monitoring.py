"""What a pool records and how it answers risk: log delivery, threat protection, sign-in events."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none

GROUP = {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/users"}
NOTIFICATIONS: Params = {
    "EventSource": "userNotification",
    "LogLevel": "ERROR",
    "CloudWatchLogsConfiguration": GROUP,
}
EVENTS: Params = {**NOTIFICATIONS, "EventSource": "userAuthEvents", "LogLevel": "INFO"}
BUCKET = {"BucketArn": "arn:aws:s3:::user-logs"}
UNSOUND: tuple[list[Any], ...] = (
    [{"EventSource": "userNotification", "LogLevel": "ERROR"}],
    [{**NOTIFICATIONS, "CloudWatchLogsConfiguration": None, "S3Configuration": BUCKET}],
    [EVENTS],
    [{**NOTIFICATIONS, "LogLevel": "INFO"}],
    [NOTIFICATIONS, NOTIFICATIONS],
)
SENDER = {"SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com"}
RISKS: tuple[Params, ...] = (
    {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}}},
    {
        "CompromisedCredentialsRiskConfiguration": {
            "EventFilter": ["SIGN_IN"],
            "Actions": {"EventAction": "NO_ACTION"},
        }
    },
    {
        "AccountTakeoverRiskConfiguration": {
            "Actions": {"HighAction": {"Notify": False, "EventAction": "BLOCK"}}
        }
    },
    {"RiskExceptionConfiguration": {"BlockedIPRangeList": ["192.0.2.0/24"]}},
)
UNSOUND_RISKS: tuple[Params, ...] = (
    {
        "AccountTakeoverRiskConfiguration": {
            "Actions": {"LowAction": {"Notify": True, "EventAction": "NO_ACTION"}}
        }
    },
    {"AccountTakeoverRiskConfiguration": {"Actions": {}, "NotifyConfiguration": SENDER}},
)
EVENT = "12345678-1234-1234-1234-123456789012"


@command("SetLogDeliveryConfiguration", "resources", weight=2)
def set_log_delivery_configuration(pick: Pick) -> Params:
    sound: list[list[Any]] = [[], [NOTIFICATIONS], [None, NOTIFICATIONS]]
    chosen = pick.of(UNSOUND) if pick.goes_wrong() else pick.of(sound)
    logs = [item and without_none(**item) for item in chosen]
    return {"UserPoolId": roles.pool_id(pick), "LogConfigurations": logs}


@command("GetLogDeliveryConfiguration", "resources", weight=1)
def get_log_delivery_configuration(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick)}


@command("SetRiskConfiguration", "resources", weight=2)
def set_risk_configuration(pick: Pick) -> Params:
    sections = pick.of(UNSOUND_RISKS) if pick.goes_wrong() else pick.of(RISKS)
    return without_none(UserPoolId=roles.pool_id(pick), ClientId=_client(pick), **sections)


@command("DescribeRiskConfiguration", "resources", weight=1)
def describe_risk_configuration(pick: Pick) -> Params:
    return without_none(UserPoolId=roles.pool_id(pick), ClientId=_client(pick))


@command("AdminListUserAuthEvents", "sign-in", "sessions", weight=1)
def admin_list_user_auth_events(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Username": roles.username(pick, pick.user())}


@command("AdminUpdateAuthEventFeedback", "sessions", weight=1)
def admin_update_auth_event_feedback(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Username": roles.username(pick, pick.user()),
        "EventId": EVENT,
        "FeedbackValue": pick.of(["Valid", "Invalid"]),
    }


@command("UpdateAuthEventFeedback", "sessions", weight=1)
def update_auth_event_feedback(pick: Pick) -> Params:
    return {**admin_update_auth_event_feedback(pick), "FeedbackToken": "no-token-of-a-notification"}


def _client(pick: Pick) -> Any:
    return roles.client_id(pick, pick.client()) if pick.chance(40) else None
