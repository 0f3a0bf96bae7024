"""What belongs to another region than the pool's, and more that Cognito refused to somebody (facts deploy-…)."""

from __future__ import annotations

from cognito_conformance.machines import factors, roles
from cognito_conformance.machines.pick import Params, Pick, command

NOWHERE = "mars-north-1"
"""No region of AWS: whichever a target is in, an ARN of this one is of another."""
FUNCTION = "arn:aws:lambda:{}:123456789012:function:foreign"
SENDER = {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION.format("us-east-1")}
SES = f"arn:aws:ses:{NOWHERE}:123456789012:identity/nobody@example.com"
ROLE = "arn:aws:iam::999999999999:role/foreign"
"""Hardly of the account that a target is in."""
TEXTS = {"CallerArn": factors.SMS["SnsCallerArn"], "OriginationIdentity": "+15555550100"}
POOLS: tuple[Params, ...] = (
    {"LambdaConfig": {"PreSignUp": FUNCTION.format(NOWHERE)}},
    {
        "LambdaConfig": {
            "CustomEmailSender": SENDER,
            "KMSKeyID": f"arn:aws:kms:{NOWHERE}:123456789012:key/11111111-1111-1111-1111-111111111111",
        }
    },
    {"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": SES}},
    {"SmsConfiguration": {**factors.SMS, "SnsRegion": NOWHERE}},
    {"SmsConfiguration": {**factors.SMS, "EumsSms": TEXTS}},
    {"SmsConfiguration": {**factors.SMS, "SnsCallerArn": ROLE}},
    {"EmailConfiguration": {"SourceArn": SES.replace(NOWHERE, "us-east-1")}},
)
REGISTRATION: Params = {"DcrConfiguration": {"EnableStatus": "Enabled"}}


@command("CreateUserPool", "pools", weight=1)
def create_foreign_pool(pick: Pick) -> Params:
    return {"PoolName": f"foreign-{pick.step}", **pick.of(POOLS)}


@command("UpdateUserPool", "pools", weight=1)
def update_to_foreign_pool(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), **roles.kept_by_update(pick.pool), **pick.of(POOLS)}


@command("UpdateUserPool", "pools", weight=1)
def update_registration(pick: Pick) -> Params:
    """Dynamic client registration: turned on, left alone, or wanted in a tier that does not have it."""
    lite: Params = {"UserPoolTier": "LITE"}
    change = pick.of([lite, {**lite, **REGISTRATION}]) if pick.goes_wrong() else pick.of([REGISTRATION, {}])
    return {"UserPoolId": roles.pool_id(pick), **roles.kept_by_update(pick.pool), **change}


@command("CreateUserPoolClient", "clients", weight=1)
def create_foreign_client(pick: Pick) -> Params:
    application = f"arn:aws:mobiletargeting:{NOWHERE}:123456789012:apps/0123456789abcdef0123456789abcdef"
    return {
        "UserPoolId": roles.pool_id(pick),
        "ClientName": f"foreign-{pick.step}",
        "AnalyticsConfiguration": {"ApplicationArn": application},
    }


@command("CreateGroup", "groups", weight=1)
def create_group_with_foreign_role(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "GroupName": f"foreign-{pick.step}", "RoleArn": ROLE}


@command("SetRiskConfiguration", "resources", weight=1)
def set_foreign_sender(pick: Pick) -> Params:
    takeover: Params = {
        "NotifyConfiguration": {"SourceArn": SES, "From": "nobody@example.com"},
        "Actions": {"LowAction": {"Notify": True, "EventAction": "NO_ACTION"}},
    }
    return {"UserPoolId": roles.pool_id(pick), "AccountTakeoverRiskConfiguration": takeover}


@command("SetLogDeliveryConfiguration", "resources", weight=1)
def set_foreign_logs(pick: Pick) -> Params:
    group = {"LogGroupArn": f"arn:aws:logs:{NOWHERE}:123456789012:log-group:/aws/vendedlogs/users"}
    entry = {"LogLevel": "ERROR", "EventSource": "userNotification", "CloudWatchLogsConfiguration": group}
    return {"UserPoolId": roles.pool_id(pick), "LogConfigurations": [entry]}


@command("CreateManagedLoginBranding", "resources", weight=1)
def create_style_with_icon(pick: Pick) -> Params:
    icon = {"Category": "PAGE_BACKGROUND", "ColorMode": "LIGHT", "Extension": "ICO", "Bytes": "AAABAA=="}
    return {**roles.of_client(pick), "UseCognitoProvidedValues": True, "Assets": [icon]}
