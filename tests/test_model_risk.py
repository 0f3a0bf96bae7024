"""Threat protection: how a pool or a client answers risk."""

from __future__ import annotations

from cognito_model.expect import ABSENT, Bag
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated

BLOCK = {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}}}
NOTIFY = {"Actions": {"HighAction": {"Notify": True, "EventAction": "BLOCK"}}}
SENDER = {"SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com"}
RANGES = {"RiskExceptionConfiguration": {"BlockedIPRangeList": ["10.0.0.0/8"]}}


def protected() -> tuple[Drive, dict[str, object]]:
    """A world with a pool that has threat protection, and what calls about it say."""
    drive = Drive()
    params = {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}
    return drive, {"UserPoolId": drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]}


def test_sections_are_set():
    """SetRiskConfiguration sets the sections that it was given; without EventFilter all events count."""
    drive, pool = protected()
    outcome = drive.outcome("SetRiskConfiguration", **pool, **BLOCK)
    assert {"risk/sets-risk", "risk/all-events-by-default"} <= rests_on(outcome)
    drive.world = outcome.replies[0].world
    shown = drive.outcome("DescribeRiskConfiguration", **pool)
    assert "risk/describes-risk" in rests_on(shown)
    section = shown.replies[0].members["RiskConfiguration"]["CompromisedCredentialsRiskConfiguration"]
    assert plain(section)["Actions"] == {"EventAction": "BLOCK"}


def test_other_sections_go():
    """A section that SetRiskConfiguration was not given is not set afterwards."""
    drive, pool = protected()
    drive.call("SetRiskConfiguration", **pool, **BLOCK)
    drive.call("SetRiskConfiguration", **pool, **RANGES)
    risk = drive.outcome("DescribeRiskConfiguration", **pool).replies[0].members["RiskConfiguration"]
    gone = risk["CompromisedCredentialsRiskConfiguration"]
    assert reasons(gone) == {"risk/other-sections-go"}
    assert plain(gone) is ABSENT
    kept = plain(risk["RiskExceptionConfiguration"])["BlockedIPRangeList"]
    assert list(kept.items) == RANGES["RiskExceptionConfiguration"]["BlockedIPRangeList"]


def test_lists_are_sets_and_date_may_lack():
    """Events and ranges of a risk configuration come in any order, and its date of change may be left out."""
    drive, pool = protected()
    events = {"EventFilter": ["SIGN_UP", "SIGN_IN"], "Actions": {"EventAction": "BLOCK"}}
    outcome = drive.outcome("SetRiskConfiguration", **pool, CompromisedCredentialsRiskConfiguration=events)
    risk = outcome.replies[0].members["RiskConfiguration"]
    section = plain(risk["CompromisedCredentialsRiskConfiguration"])
    assert section["EventFilter"] == Bag(("SIGN_UP", "SIGN_IN"))
    assert ABSENT in risk["LastModifiedDate"].choices


def test_client_has_its_own_configuration():
    """The configuration of a client is not that of its pool."""
    drive, pool = protected()
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app")["UserPoolClient"]
    drive.call("SetRiskConfiguration", **pool, ClientId=made["ClientId"], **BLOCK)
    risk = drive.call("DescribeRiskConfiguration", **pool, ClientId=made["ClientId"])["RiskConfiguration"]
    assert risk["ClientId"].choices[0] == made["ClientId"]
    assert drive.outcome("DescribeRiskConfiguration", **pool).replies[0].members["RiskConfiguration"].example


def test_pool_without_protection_may_refuse():
    """Risk configurations may be refused in a pool without threat protection."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    assert tolerated(drive.outcome("SetRiskConfiguration", UserPoolId=pool, **BLOCK)) == {
        "risk/addon-is-enabled"
    }


def test_notification_may_need_a_sender():
    """An action that notifies may be refused without a NotifyConfiguration, or with one that cannot send."""
    drive, pool = protected()
    outcome = drive.outcome("SetRiskConfiguration", **pool, AccountTakeoverRiskConfiguration=NOTIFY)
    assert tolerated(outcome) == {"risk/notification-has-sender"}
    whole = {**NOTIFY, "NotifyConfiguration": SENDER}
    outcome = drive.outcome("SetRiskConfiguration", **pool, AccountTakeoverRiskConfiguration=whole)
    assert tolerated(outcome) == {"risk/sender-is-verified"}


def test_ranges_are_blocks():
    """A range of IP addresses that is no CIDR block is refused, an address alone too; of odd numbers nothing is known."""
    drive, pool = protected()
    for text in ("everywhere", "192.0.2.1"):
        wrong = {"RiskExceptionConfiguration": {"SkippedIPRangeList": [text]}}
        assert drive.refused("SetRiskConfiguration", **pool, **wrong) == {"risk/ranges-are-blocks"}
    odd = {"RiskExceptionConfiguration": {"SkippedIPRangeList": ["2001:db8::/32"]}}
    assert tolerated(drive.outcome("SetRiskConfiguration", **pool, **odd)) == {"risk/ranges-are-blocks"}


def test_notifications_from_another_region():
    """A NotifyConfiguration whose SourceArn is of a region that Cognito does not send e-mail from is refused."""
    drive, pool = protected()
    source = {"SourceArn": "arn:aws:ses:mars-north-1:123456789012:identity/a@example.com"}
    takeover = {**NOTIFY, "NotifyConfiguration": source}
    refused = drive.refused("SetRiskConfiguration", **pool, AccountTakeoverRiskConfiguration=takeover)
    assert refused == {"risk/notification-source-is-in-region"}
