"""What may be forgotten: the values that were made up in calls about pools that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from cognito_model.world import World


class Belongings:
    """Which pool each call changed, by the call's number, and which calls deleted pools."""

    def __init__(self) -> None:
        self._changed: dict[int, Any] = {}
        self._deleted: dict[Any, int] = {}

    def note(self, step: int, before: World, after: World) -> bool:
        """The call `step` made one world of another; whether it deleted a pool."""
        if before.pools is after.pools:
            return False
        for pool_id, pool in after.pools.items():
            if before.pools.get(pool_id) is not pool:
                self._changed[step] = pool_id
        lost = before.pools.keys() - after.pools.keys()
        self._deleted.update(dict.fromkeys(lost, step))
        return bool(lost)

    def forgettable(self, before: int, needed: Collection[int]) -> Callable[[int], bool]:
        """Says of a call whether its values are of no more use: its pool was deleted by the call `before` or an earlier
        one, or it is as old, changed no pool and is not `needed`. It is forgotten here as well.
        """
        gone = {pool_id for pool_id, step in self._deleted.items() if step <= before}
        for pool_id in gone:
            del self._deleted[pool_id]
        lost = {step for step, pool_id in self._changed.items() if pool_id in gone}
        for step in lost:
            del self._changed[step]

        def is_forgettable(step: int) -> bool:
            return step in lost or (step <= before and step not in self._changed and step not in needed)

        return is_forgettable
