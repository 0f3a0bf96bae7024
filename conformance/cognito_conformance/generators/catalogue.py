"""The service description that botocore carries."""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.loaders import Loader

from cognito_model.shapes import Service


@cache
def description() -> dict[str, Any]:
    """`service-2.json` of cognito-idp, read once in the life of the process."""
    loaded: dict[str, Any] = Loader().load_service_model("cognito-idp", "service-2")
    return loaded


@cache
def service() -> Service:
    """The description as the wire has it; its shapes are what every generator here reads."""
    return Service(description())
