"""Listings: filters, pages, which attributes are shown."""

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model.terms import Term, Text
from cognito_model.user_filter import CASELESS


@command("ListUsers", "listing", weight=6)
@command("ListUsers", "life cycle", "groups", "attributes", weight=1)
def list_users(pick: Pick) -> Params:
    first = without_none(
        UserPoolId=roles.pool_id(pick),
        Filter=pick.maybe(50, lambda: _filter(pick)),
        Limit=roles.limit(pick),
        AttributesToGet=pick.maybe(20, lambda: _attributes_to_get(pick)),
    )
    return roles.paged(pick, "ListUsers", first, "PaginationToken")


def _filter(pick: Pick) -> str | Text:
    """A filter that finds somebody or nobody; wrong: no filter at all, an attribute that cannot be searched."""
    if pick.goes_wrong():
        return pick.of(
            [
                "foo",
                'custom:department = "x"',
                'address = "x"',
                "email = unquoted",
                'email ~ "x"',
                'email = "open',
            ]
        )
    users = list(pick.pool.users.values())
    user = pick.of(users) if users else None
    values: dict[str, Any] = {"cognito:user_status": "CONFIRMED", "status": pick.of(["Enabled", "Disabled"])}
    if user is not None:
        values["cognito:user_status"] = user.status
        values |= {
            k: v
            for k, v in user.attributes.items()
            if k in ("email", "phone_number", "name", "given_name") and isinstance(v, str)
        }
        values["sub"] = user.sub
        values["username"] = user.username
    attribute = pick.of(list(values))
    if isinstance(values[attribute], Term):
        return Text((f'{attribute} = "', values[attribute], '"'))
    value = str(values[attribute])
    if attribute in CASELESS and pick.chance(40):
        value = value.swapcase()
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if pick.chance(30) and attribute != "status":
        return f'{attribute} ^= "{escaped[: max(1, len(escaped) // 2)]}"'
    spaces = pick.of([" ", " ", ""])
    named = pick.of([attribute, attribute, f'"{attribute}"'])
    return f'{named}{spaces}={spaces}"{escaped}"'


def _attributes_to_get(pick: Pick) -> list[str]:
    shown = [["email"], ["email", "name"], ["sub"], ["phone_number"]]
    return ["no_such_attribute"] if pick.goes_wrong() else pick.of(shown)
