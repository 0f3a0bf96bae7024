"""The front of the service: what Cognito says about a request before any of its rules runs.

`Service` is made from the plain dict of botocore's `service-2.json`; the caller loads it.
"""

from __future__ import annotations

from cognito_model.shapes.agreement import agrees
from cognito_model.shapes.patterns import compiled
from cognito_model.shapes.service import Service
from cognito_model.shapes.violation import Constraint, Violation, message, spelled

__all__ = ["Constraint", "Service", "Violation", "agrees", "compiled", "message", "spelled"]
