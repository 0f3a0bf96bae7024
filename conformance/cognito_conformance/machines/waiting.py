"""Letting time go by before a call, so that what it uses has run out, or has not quite.

Nobody sleeps: the target's clock is moved, and a target that does not let it be moved is never asked to wait.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from cognito_model.deadlines import deadlines

if TYPE_CHECKING:
    from cognito_conformance.machines.pick import Pick
    from cognito_model.model import Request

LATE, EARLY = 21, 20
"""Numbers of `wrong` that spoil no argument, and let the call come after or just before a deadline."""
MARGIN = 20
"""Seconds on either side of a deadline: more than answers take, and less than the shortest life of a session or code."""
GRAIN = 10
"""Waits are multiples of this, so that they do not tell how fast the machine is."""


def delayed(request: Request, pick: Pick) -> Request:
    """The request after a wait until about the moment when something that it uses runs out; as it is where nothing does."""
    ends = deadlines(pick.pool, request.operation, request.params)
    if not ends:
        return request
    left = pick.of(ends) - pick.now
    seconds = (left + MARGIN) / GRAIN if pick.wrong == LATE else (left - MARGIN) / GRAIN
    rounded = math.ceil(seconds) if pick.wrong == LATE else math.floor(seconds)
    return replace(request, wait=max(0, rounded * GRAIN))
