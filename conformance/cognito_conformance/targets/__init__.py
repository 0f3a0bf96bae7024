"""What is under test: how it is found, installed, started, reached, and how its codes are read."""

from cognito_conformance.targets.description import CAPABILITIES, TargetDescription
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.inbox import Delivery, Inbox, Place
from cognito_conformance.targets.opening import open_target
from cognito_conformance.targets.resolve import built_in, resolve
from cognito_conformance.targets.running import RunningTarget

__all__ = [
    "CAPABILITIES",
    "Delivery",
    "Inbox",
    "Place",
    "RunningTarget",
    "TargetDescription",
    "TargetError",
    "built_in",
    "open_target",
    "resolve",
]
