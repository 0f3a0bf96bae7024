"""Request rates that an account has, and may buy."""

from __future__ import annotations

from support.drive import Drive
from support.expectations import rests_on, tolerated


def limit(**attributes: str) -> dict[str, object]:
    """A LimitDefinition with these attributes."""
    return {"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": attributes}}


def test_limit_is_shown():
    """GetProvisionedLimit answers with the limit that it was asked for."""
    outcome = Drive().outcome("GetProvisionedLimit", **limit(Category="UserAuthentication"))
    assert rests_on(outcome) == {"limits/shows-limit"}
    assert outcome.replies[0].members["Limit"]["FreeLimitValue"].example == 120


def test_unknown_limit_is_refused():
    """A limit without a Category is refused, one of an unknown category may be."""
    drive = Drive()
    assert drive.refused("GetProvisionedLimit", **limit()) == {"limits/limit-is-known"}
    assert tolerated(drive.outcome("GetProvisionedLimit", **limit(Category="Dreams"))) == {
        "limits/limit-is-known"
    }


def test_limit_is_set_within_bounds():
    """UpdateProvisionedLimit sets a value from the free limit on, as far as the account may go."""
    drive = Drive()
    user_list = limit(Category="UserList")
    refused = drive.refused("UpdateProvisionedLimit", **user_list, RequestedLimitValue=1)
    assert refused == {"limits/value-is-in-bounds"}
    outcome = drive.outcome("UpdateProvisionedLimit", **user_list, RequestedLimitValue=60)
    assert rests_on(outcome) == {"limits/sets-limit"}
    assert tolerated(outcome) == {"limits/value-is-in-bounds"}
