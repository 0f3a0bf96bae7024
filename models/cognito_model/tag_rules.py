"""What tags of a user pool may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.requirements import tags as R

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cognito_model.call import Call

TAGS = 50


def check(call: Call, tags: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse too many `tags`, and reserved keys among those `given`."""
    call.refuse_if(len(tags) > TAGS, R.fifty_tags)
    call.refuse_if(any(key.lower().startswith("aws:") for key in given), R.prefix_is_reserved)
