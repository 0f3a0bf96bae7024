"""The API of cognito-idp as botocore ships it: operations, shapes, errors."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import botocore.loaders
from botocore.model import ServiceModel, Shape

from cognito_conformance.wire import members

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET_PREFIX = "AWSCognitoIdentityProviderService"
"""What stands before the operation's name in the X-Amz-Target header, with a dot between them."""


@functools.cache
def description() -> dict[str, Any]:
    """The raw service-2.json. One dictionary for all: not to be changed."""
    loaded: dict[str, Any] = botocore.loaders.Loader().load_service_model("cognito-idp", "service-2")
    return loaded


@functools.cache
def service() -> ServiceModel:
    """botocore's reading of it."""
    return ServiceModel(description(), "cognito-idp")


@functools.cache
def operation_names() -> tuple[str, ...]:
    """The operations' names, in the model's order."""
    return tuple(service().operation_names)


@functools.cache
def noauth_operations() -> frozenset[str]:
    """The public operations, which are called without a signature."""
    return frozenset(
        name for name, operation in description()["operations"].items() if operation.get("authtype") == "none"
    )


@functools.cache
def declared_errors(operation: str) -> frozenset[str]:
    """The exceptions that an operation declares. Raises OperationNotFoundError, as do the shapes."""
    return frozenset(shape.name for shape in service().operation_model(operation).error_shapes)


@functools.cache
def input_shape(operation: str) -> Shape | None:
    """The shape of an operation's parameters."""
    shape: Shape | None = service().operation_model(operation).input_shape
    return shape


@functools.cache
def output_shape(operation: str) -> Shape | None:
    """The shape of an operation's answer, None where it has none."""
    shape: Shape | None = service().operation_model(operation).output_shape
    return shape


@functools.cache
def sensitive_members() -> frozenset[str]:
    """The names of members whose shape is marked sensitive somewhere: passwords, tokens, user names too."""
    shapes = description()["shapes"]
    return frozenset(
        name
        for shape in shapes.values()
        for name, member in shape.get("members", {}).items()
        if shapes[member["shape"]].get("sensitive")
    )


def output_problems(operation: str, output: Mapping[str, Any]) -> list[str]:
    """Where an answer is not of the operation's shape, one sentence for each member of a wrong JSON type.

    Never a required member, an enumeration, a pattern or a length: real answers break the model's own (facts
    val-output-not-model-conform, domain-describe-prefix). A member that the model does not know is no
    problem; see `unknown_members`. The sentences quote no value.
    """
    shape = output_shape(operation)
    return [] if shape is None else members.problems(shape, output)


def unknown_members(operation: str, output: Mapping[str, Any]) -> list[str]:
    """The paths of an answer's members that the model does not know, such as "User.Extra"."""
    shape = output_shape(operation)
    return sorted(output) if shape is None else members.unknown(shape, output)
