"""A service that does not refuse all that it should."""

from __future__ import annotations

from cognito_conformance.calibration.endpoint import ReferenceEndpoint
from cognito_conformance.engine.budget import Budget
from cognito_conformance.server.core import Reference
from cognito_model.call import Call


def lenient(*slugs):
    """A service that lets these requirements pass."""

    class Lenient(Call):
        def refuse_if(self, condition, requirement, *text, error=None):
            if requirement.slug not in slugs:
                super().refuse_if(condition, requirement, *text, error=error)

    return ReferenceEndpoint.of(Reference(seed=1, call_type=Lenient), Budget(2000))
