"""The regions and accounts that ARNs name: a model that does not know where it runs can tell some that are elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

SES = ("eu-west-1", "us-east-1", "us-west-2")
"""Regions whose e-mail service pools of other regions use too (fact deploy-email-source-region)."""
_REGION = re.compile(r"(af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(-[a-z]+)+-[0-9]+")


def of(arn: Any) -> str | None:
    """The region of an ARN, or None of what is none (a term stands for an ARN of the pool's own region)."""
    parts = arn.split(":") if isinstance(arn, str) else []
    return parts[3] if len(parts) > 3 and parts[0] == "arn" else None


def exists(region: Any) -> bool:
    """Whether AWS has, or could have, a region of this name."""
    return isinstance(region, str) and _REGION.fullmatch(region) is not None


def are_elsewhere(home: str | None, arns: Iterable[Any], *also: str) -> bool:
    """Whether these ARNs cannot all be of the pool's region `home`, where that is known, or of one of `also`.

    Where it is not known, one of them must name no region of AWS, or two must differ.
    """
    named = {region for arn in arns if (region := of(arn)) is not None}
    if home is not None:
        return not named <= {home, *also}
    return not all(map(exists, named)) or (len(named) > 1 and not also)


def may_be_elsewhere(home: str | None, arns: Iterable[Any]) -> bool:
    """Whether one of these ARNs names a region that may be another than the pool's."""
    return home is None and any(of(arn) is not None for arn in arns)


def is_foreign(account: str | None, arn: Any) -> bool:
    """Whether the ARN names another account than the pool's `account`, where that is known."""
    parts = arn.split(":") if isinstance(arn, str) else []
    return account is not None and len(parts) > 4 and parts[4] != account
