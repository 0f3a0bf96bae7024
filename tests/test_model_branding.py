"""Managed login branding: one style for each app client."""

from __future__ import annotations

import pytest

from cognito_model.expect import ABSENT
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated

LOGO = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": "aGk="}
NONE = "00000000-0000-4000-8000-000000000000"


def with_client() -> tuple[Drive, dict[str, object], dict[str, object]]:
    """A world with a pool and a client, and what calls about the pool and about the client say."""
    drive = Drive()
    pool = {"UserPoolId": drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]}
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app")["UserPoolClient"]
    return drive, pool, {**pool, "ClientId": made["ClientId"]}


def test_default_style():
    """A style with UseCognitoProvidedValues true answers no Settings, and its assets all the same."""
    drive, _, client = with_client()
    outcome = drive.outcome(
        "CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True, Assets=[LOGO]
    )
    assert {"branding/creates-style", "branding/default-style-has-no-settings"} <= rests_on(outcome)
    style = plain(outcome.replies[0].members)["ManagedLoginBranding"]
    assert style["Settings"] is ABSENT
    assert style["Assets"].items == (LOGO,)


def test_style_of_ones_own():
    """A style shows the settings that it was given, and may be refused for what they hold."""
    drive, _, client = with_client()
    outcome = drive.outcome("CreateManagedLoginBranding", **client, Settings={"components": {}})
    assert tolerated(outcome) == {"branding/settings-are-known"}
    assert plain(outcome.replies[0].members)["ManagedLoginBranding"]["Settings"] == {"components": {}}


@pytest.mark.parametrize(
    ("requirement", "params"),
    [
        ("settings-or-defaults", {}),
        ("settings-beside-defaults", {"UseCognitoProvidedValues": True, "Settings": {"a": 1}}),
    ],
)
def test_style_is_refused(requirement, params):
    """A style needs its own settings or the default ones, and not both."""
    drive, _, client = with_client()
    assert drive.refused("CreateManagedLoginBranding", **client, **params) == {f"branding/{requirement}"}


def test_client_has_one_style():
    """A second style for an app client is refused."""
    drive, _, client = with_client()
    drive.call("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True)
    refused = drive.refused("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True)
    assert refused == {"branding/client-has-one-style"}


def test_style_is_found_by_id_and_client():
    """A style is shown by its id and by its app client; merged, it may show more settings."""
    drive, pool, client = with_client()
    assert drive.refused("DescribeManagedLoginBrandingByClient", **client) == {"branding/client-has-style"}
    made = drive.call("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True)
    style = {**pool, "ManagedLoginBrandingId": made["ManagedLoginBranding"]["ManagedLoginBrandingId"]}
    assert "branding/shows-style" in rests_on(drive.outcome("DescribeManagedLoginBranding", **style))
    by_client = drive.call("DescribeManagedLoginBrandingByClient", **client)["ManagedLoginBranding"]
    assert by_client["ManagedLoginBrandingId"] == style["ManagedLoginBrandingId"]
    merged = drive.call("DescribeManagedLoginBranding", **style, ReturnMergedResources=True)
    assert ABSENT in merged["ManagedLoginBranding"]["Settings"].choices


def test_style_is_updated_and_deleted():
    """UpdateManagedLoginBranding sets what it names; DeleteManagedLoginBranding deletes the style."""
    drive, pool, client = with_client()
    made = drive.call("CreateManagedLoginBranding", **client, Settings={"a": 1})
    style = {**pool, "ManagedLoginBrandingId": made["ManagedLoginBranding"]["ManagedLoginBrandingId"]}
    outcome = drive.outcome("UpdateManagedLoginBranding", **style, Settings={"a": 2})
    shown = outcome.replies[0].members["ManagedLoginBranding"]
    assert reasons(shown["Settings"]) == {"branding/updates-style"}
    assert rests_on(drive.outcome("DeleteManagedLoginBranding", **style)) == {"branding/deletes-style"}
    drive.call("DeleteManagedLoginBranding", **style)
    assert drive.refused("DescribeManagedLoginBranding", **style) == {"branding/deletes-style"}
    for operation in (
        "DescribeManagedLoginBranding",
        "UpdateManagedLoginBranding",
        "DeleteManagedLoginBranding",
    ):
        assert drive.refused(operation, **pool, ManagedLoginBrandingId=NONE) == {"branding/style-exists"}


@pytest.mark.parametrize(("category", "refused"), [("FAVICON_ICO", False), ("PAGE_BACKGROUND", True)])
def test_icon_is_favicon(category, refused):
    """An asset of extension ICO is refused unless it is a favicon."""
    drive, _, client = with_client()
    icon = {**LOGO, "Category": category, "Extension": "ICO"}
    outcome = drive.outcome(
        "CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True, Assets=[icon]
    )
    assert {r.requirement.slug for r in outcome.refusals} == (
        {"branding/icon-is-favicon"} if refused else set()
    )
