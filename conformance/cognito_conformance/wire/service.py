"""The API model of cognito-idp, as botocore ships it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import botocore.loaders
from botocore.model import ServiceModel, Shape


@functools.cache
def description() -> dict[str, Any]:
    """The raw service-2.json."""
    loaded: dict[str, Any] = botocore.loaders.Loader().load_service_model("cognito-idp", "service-2")
    return loaded


@functools.cache
def service() -> ServiceModel:
    """botocore's service model."""
    return ServiceModel(description(), "cognito-idp")


@functools.cache
def operation_names() -> tuple[str, ...]:
    return tuple(service().operation_names)


@functools.cache
def noauth_operations() -> frozenset[str]:
    return frozenset(n for n, o in description()["operations"].items() if o.get("authtype") == "none")


@functools.cache
def declared_errors(operation: str) -> frozenset[str]:
    return frozenset(shape.name for shape in service().operation_model(operation).error_shapes)


def output_shape(operation: str) -> Shape | None:
    shape: Shape | None = service().operation_model(operation).output_shape
    return shape


def output_problems(operation: str, output: Mapping[str, Any]) -> list[str]:
    return []
