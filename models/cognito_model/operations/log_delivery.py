"""SetLogDeliveryConfiguration, GetLogDeliveryConfiguration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import regions, resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Bag, Because, OneOf
from cognito_model.operations.common import need_pool
from cognito_model.requirements import log_delivery as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "LogDelivery"
DESTINATIONS = ("CloudWatchLogsConfiguration", "S3Configuration", "FirehoseConfiguration")
FAILED = "Request validation Failed. "
LEVELS = {"userNotification": "ERROR", "userAuthEvents": "INFO"}


@operation("SetLogDeliveryConfiguration")
def set_log_delivery_configuration(call: Call) -> Outcome:
    """Say where a pool's logs go, all of them at once."""
    pool = need_pool(call)
    given = [item for item in call.LogConfigurations or () if item is not None]
    for item in given:
        check(call, pool, item)
    sources = [item.get("EventSource") for item in given]
    twice = ", ".join(dict.fromkeys(str(source) for source in sources if sources.count(source) > 1))
    call.refuse_if(twice, R.sources_differ, FAILED, twice)
    fewer = len(given) < len(call.LogConfigurations or ())
    because = R.null_is_dropped if fewer else R.sets_logs if given else R.replaces_all
    logs = resources.write(
        call, Resource(KIND, {"UserPoolId": pool.id}), because, {"LogConfigurations": given}
    )
    return call.reply(
        because,
        call.world.with_pool(resources.put(call, pool, because, KIND, logs)),
        LogDeliveryConfiguration=looks(pool, logs),
    )


def check(call: Call, pool: Pool, item: dict[str, Any]) -> None:
    """Refuse a configuration that the pool cannot have."""
    source = item.get("EventSource")
    nowhere = not any(item.get(name) for name in DESTINATIONS)
    call.refuse_if(nowhere, R.destination_is_given, FAILED, source)
    call.refuse_if(
        source == "userNotification" and item.get("S3Configuration"), R.notifications_go_to_cloudwatch
    )
    call.refuse_if(
        source == "userAuthEvents" and pool.settings["UserPoolTier"] != "PLUS",
        R.user_events_need_plus,
        pool.settings["UserPoolTier"],
    )
    group = [(item.get("CloudWatchLogsConfiguration") or {}).get("LogGroupArn")]
    call.refuse_if(regions.are_elsewhere(call.region, group), R.log_group_is_in_region)
    call.tolerate_if(source in LEVELS and item.get("LogLevel") != LEVELS[source], R.level_fits_source)
    call.tolerate_if(any(item.get(name) for name in DESTINATIONS), R.destination_is_reachable)


def looks(pool: Pool, logs: Resource | None) -> Any:
    """LogDeliveryConfigurationType of a pool."""
    given = logs.members.get("LogConfigurations") if logs is not None else ()
    if given and logs is not None:
        cause = logs.cause("LogConfigurations", R.sets_logs)
        return {"UserPoolId": pool.id, "LogConfigurations": Because(Bag(tuple(given)), cause)}
    cause = R.nothing_unless_set if logs is None else R.replaces_all
    nothing = OneOf.of([], ABSENT)
    return Because(OneOf.of({"UserPoolId": pool.id, "LogConfigurations": nothing}, ABSENT), cause)


@operation("GetLogDeliveryConfiguration")
def get_log_delivery_configuration(call: Call) -> Outcome:
    """Show where a pool's logs go."""
    pool = need_pool(call)
    logs = resources.table(pool, KIND).get(KIND)
    because = R.sets_logs if logs is not None else R.nothing_unless_set
    return call.reply(because, LogDeliveryConfiguration=looks(pool, logs))
