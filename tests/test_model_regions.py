"""ARNs of other regions and accounts: what they are refused for, and what cannot be known without a region."""

from __future__ import annotations

import pytest

from cognito_conformance.server.core import Reference
from cognito_conformance.server.in_process import InProcessClient
from cognito_model import regions
from support.drive import Drive
from support.expectations import tolerated

FUNCTION = "arn:aws:lambda:{}:123456789012:function:f"
SES = "arn:aws:ses:{}:123456789012:identity/a@example.com"
KEY = "arn:aws:kms:{}:123456789012:key/11111111-1111-1111-1111-111111111111"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns-caller", "ExternalId": "x"}
NOWHERE, ELSEWHERE = "mars-north-1", "ap-northeast-3"


def sender(region: str) -> dict[str, object]:
    """Triggers with a custom e-mail sender whose key is of a region."""
    email = {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION.format("us-east-1")}
    return {"CustomEmailSender": email, "KMSKeyID": KEY.format(region)}


def pools(region: str) -> list[tuple[str, dict[str, object]]]:
    """Settings of a pool that name the region, each with the requirement that refuses another one."""
    source = {"EmailSendingAccount": "DEVELOPER", "SourceArn": SES.format(region)}
    return [
        ("trigger-is-in-region", {"LambdaConfig": {"PreSignUp": FUNCTION.format(region)}}),
        ("sender-key-is-in-region", {"LambdaConfig": sender(region)}),
        ("email-source-is-in-region", {"EmailConfiguration": source}),
        ("sns-region-is-allowed", {"SmsConfiguration": {**SMS, "SnsRegion": region}}),
    ]


@pytest.mark.parametrize(("requirement", "params"), pools(NOWHERE))
def test_settings_of_no_region_are_refused(requirement, params):
    """A function, key, sender or SNS region that is of no region at all is refused, whatever region the pool is in."""
    assert Drive().refused("CreateUserPool", PoolName="x", **params) == {f"pool-rules/{requirement}"}


@pytest.mark.parametrize(("requirement", "params"), pools(ELSEWHERE))
def test_settings_of_some_region_may_be_refused(requirement, params):
    """Without a region of its own, the model lets one that exists be refused or accepted."""
    assert f"pool-rules/{requirement}" in tolerated(Drive().outcome("CreateUserPool", PoolName="x", **params))


def test_triggers_of_two_regions_are_refused():
    """Of two triggers of different regions one is of another region than the pool's."""
    config = {"PreSignUp": FUNCTION.format("us-east-1"), "PostConfirmation": FUNCTION.format("us-west-2")}
    refused = Drive().refused("CreateUserPool", PoolName="x", LambdaConfig=config)
    assert refused == {"pool-rules/trigger-is-in-region"}


def test_a_server_knows_its_region():
    """The reference refuses what is of another region than its own, and takes what is of its own."""
    client = InProcessClient(Reference(region="us-east-1"))
    for _, params in pools(ELSEWHERE):
        assert client.send("CreateUserPool", {"PoolName": "x", **params}).error == "InvalidParameterException"
    config = {"PreSignUp": FUNCTION.format("us-east-1")}
    assert client.send("CreateUserPool", {"PoolName": "x", "LambdaConfig": config}).error is None


def test_a_server_knows_its_account():
    """The reference refuses a group the role of another account, and takes one of its own."""
    client = InProcessClient(Reference(region="us-east-1"))
    pool = client.send("CreateUserPool", {"PoolName": "x"}).output["UserPool"]["Id"]
    group = {"UserPoolId": pool, "GroupName": "g", "RoleArn": "arn:aws:iam::210987654321:role/r"}
    assert client.send("CreateGroup", group).error == "InvalidParameterException"
    group["RoleArn"] = "arn:aws:iam::123456789012:role/r"
    assert client.send("CreateGroup", group).error is None


@pytest.mark.parametrize("region", ["us-east-1", "us-gov-west-1", "ap-southeast-5", "eusc-de-east-1"])
def test_regions_exist(region):
    """What has the form of a region of AWS exists."""
    assert regions.exists(region)
