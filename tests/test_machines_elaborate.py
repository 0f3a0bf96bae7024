"""Commands that set all at once what goes together: the model must take it, and show it."""

from __future__ import annotations

from typing import Any

import pytest

from cognito_conformance.machines.commands import elaborate
from cognito_conformance.machines.pick import Pick, Subject
from cognito_model.expect import unwrap
from support.people import Town


def drawn(town: Town, build: Any, number: int) -> dict[str, Any]:
    """The params that a command makes of a number, in the town's pool."""
    subject = Subject(town.id, client=town.client)
    return build(Pick(town.drive.world, subject, town.drive.step + 1, number))


@pytest.mark.parametrize("number", range(6))
def test_elaborate_pools_are_taken(number):
    """Every tier's settings can be had at once in a new pool and are shown as they were given; an update sets them where the
    tier has what the pool has.
    """
    town = Town()
    params = drawn(town, elaborate.create_elaborate_user_pool, number)
    town.drive.call("CreateUserPool", **params)
    shown = town.drive.call("DescribeUserPool", **drawn(town, elaborate.describe_elaborate_user_pool, 0))
    for name in ("UserPoolTier", "DeviceConfiguration", "UsernameConfiguration"):
        assert unwrap(shown["UserPool"][name]) == params[name]
    for other in range(2):
        town.drive.call("UpdateUserPool", **drawn(town, elaborate.update_elaborate_user_pool, other))


def test_elaborate_clients_are_taken():
    """A confidential client can have all its settings at once, new and updated."""
    town = Town()
    town.drive.call("CreateUserPoolClient", **drawn(town, elaborate.create_elaborate_client, 0))
    params = drawn(town, elaborate.update_elaborate_client, 1)
    shown = town.drive.call("UpdateUserPoolClient", **params)["UserPoolClient"]
    assert unwrap(shown["RefreshTokenRotation"]) == params["RefreshTokenRotation"]
