"""SetRiskConfiguration, DescribeRiskConfiguration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cognito_model import regions, resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Bag, Because, OneOf, Present
from cognito_model.operations.common import instant, need_client, need_pool
from cognito_model.requirements import risk as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "RiskConfigurations"
POOL = "pool"
RANGES = ("BlockedIPRangeList", "SkippedIPRangeList")
_BLOCK = re.compile(r"([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}")
_PERHAPS_BLOCK = re.compile(r"[0-9a-fA-F.:]+/[0-9]+")
SECTIONS = (
    "CompromisedCredentialsRiskConfiguration",
    "AccountTakeoverRiskConfiguration",
    "RiskExceptionConfiguration",
)


def subject(call: Call) -> tuple[Pool, Any]:
    """The pool, and the client whose risk it is about, or POOL."""
    pool = need_pool(call)
    key: Any = POOL
    if call.ClientId is not None:
        pool, client = need_client(call, pool)
        key = client.id
    addons = pool.settings.get("UserPoolAddOns") or {}
    call.tolerate_if(addons.get("AdvancedSecurityMode", "OFF") == "OFF", R.addon_is_enabled)
    return pool, key


def looks(pool: Pool, risk: Resource) -> dict[str, Any]:
    """RiskConfigurationType of what was set."""
    members: dict[str, Any] = {
        "UserPoolId": OneOf.of(pool.id, ABSENT),
        # Amazon's own examples lack it (fact risk-without-date).
        "LastModifiedDate": OneOf.of(risk.modified, ABSENT),
    }
    if risk.key != POOL:
        members["ClientId"] = OneOf.of(risk.key, ABSENT)
    for name in SECTIONS:
        section = risk.members.get(name)
        shown: Any = ABSENT if section is None else in_any_order(section)
        if name == SECTIONS[0] and section is not None and not section.get("EventFilter"):
            shown["EventFilter"] = Because(OneOf.of([], ABSENT), R.all_events_by_default)
        members[name] = Because(shown, risk.cause(name, R.sets_risk))
    return members


def in_any_order(section: dict[str, Any]) -> dict[str, Any]:
    """The section, its lists of events and ranges in any order: they are sets, and no fact tells their order."""
    return {name: Bag(tuple(value)) if isinstance(value, list) else value for name, value in section.items()}


@operation("SetRiskConfiguration")
def set_risk_configuration(call: Call) -> Outcome:
    """Say how a pool or a client answers risk."""
    pool, key = subject(call)
    takeover = call.AccountTakeoverRiskConfiguration or {}
    notifies = any(action.get("Notify") for action in (takeover.get("Actions") or {}).values())
    call.tolerate_if(notifies and not takeover.get("NotifyConfiguration"), R.notification_has_sender)
    call.tolerate_if(takeover.get("NotifyConfiguration"), R.sender_is_verified)
    source = [(takeover.get("NotifyConfiguration") or {}).get("SourceArn")]
    call.refuse_if(
        regions.are_elsewhere(call.region, source, *regions.SES), R.notification_source_is_in_region
    )
    exceptions = call.RiskExceptionConfiguration or {}
    ranges = [text for name in RANGES for text in exceptions.get(name) or ()]
    call.refuse_if(any(not _PERHAPS_BLOCK.fullmatch(str(text)) for text in ranges), R.ranges_are_blocks)
    # How strictly the numbers of a block are read nobody tells.
    call.tolerate_if(any(not _BLOCK.fullmatch(str(text)) for text in ranges), R.ranges_are_blocks)
    risk = Resource(key, {}, modified=instant(call))
    given = {name: call.params[name] for name in SECTIONS if call.params.get(name) is not None}
    risk = resources.write(call, risk, R.sets_risk, given)
    gone = dict.fromkeys(name for name in SECTIONS if name not in given)
    risk = resources.write(call, risk, R.other_sections_go, gone)
    return call.reply(
        R.sets_risk,
        call.world.with_pool(resources.put(call, pool, R.sets_risk, KIND, risk)),
        RiskConfiguration=looks(pool, risk),
    )


@operation("DescribeRiskConfiguration")
def describe_risk_configuration(call: Call) -> Outcome:
    """Show how a pool or a client answers risk."""
    pool, key = subject(call)
    risk = resources.table(pool, KIND).get(key)
    shown = Present({"UserPoolId": pool.id}) if risk is None else looks(pool, risk)
    return call.reply(R.describes_risk, RiskConfiguration=shown)
