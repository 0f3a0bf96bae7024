"""Settings of which nobody knows whether an update that did not name them kept them or took them back.

`settings` has the default, as documented; `settings["_or"]` what the pool had before, by member. An answer
that shows such a member settles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.evolve import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cognito_model.world import Pool


def of(pool: Pool) -> Mapping[str, Any]:
    """What each setting in doubt was before; a member is in doubt where it is here."""
    found: Mapping[str, Any] = pool.settings.get("_or") or {}
    return found


def readings(pool: Pool) -> Iterator[Pool]:
    """The pools that this one may be: all doubtful settings gone back, all kept, or each as it may be."""
    doubtful = of(pool)
    if not doubtful:
        yield pool
        return
    yield replace(pool, settings=_certain(pool))
    yield kept(pool)
    if len(doubtful) > 1:
        yield pool


def kept(pool: Pool) -> Pool:
    """The pool with every doubtful setting as it was before: None, where there was none."""
    settings = {**_certain(pool), **of(pool)}
    return replace(pool, settings={name: value for name, value in settings.items() if value is not None})


def _certain(pool: Pool) -> dict[str, Any]:
    return {name: value for name, value in pool.settings.items() if name != "_or"}
