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


@pytest.mark.parametrize("params", [{}, {"Assets": []}, {"UseCognitoProvidedValues": False}])
def test_update_names_its_source(params):
    """An update of a style needs settings or the default ones too."""
    drive, pool, client = with_client()
    made = drive.call("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True)
    style = {**pool, "ManagedLoginBrandingId": made["ManagedLoginBranding"]["ManagedLoginBrandingId"]}
    refused = drive.refused("UpdateManagedLoginBranding", **style, **params)
    assert refused == {"branding/settings-or-defaults"}


@pytest.mark.parametrize(("word", "default"), [("yes", True), ("true", True), ("false", False)])
def test_flag_may_be_a_word(word, default):
    """UseCognitoProvidedValues may be a string, and is false for the word false alone."""
    drive, _, client = with_client()
    more = {} if default else {"Settings": {"a": 1}}
    style = drive.call("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=word, **more)
    assert style["ManagedLoginBranding"]["UseCognitoProvidedValues"] is default


def test_null_may_be_no_flag():
    """A null for a boolean that cannot be absent may be refused as unreadable."""
    drive, _, client = with_client()
    null = {"UseCognitoProvidedValues": None, "Settings": {"a": 1}}
    assert "protocol/request-is-well-typed" in tolerated(
        drive.outcome("CreateManagedLoginBranding", **client, **null)
    )
    bare = drive.outcome("CreateManagedLoginBranding", **client, Settings={"a": 1})
    assert "protocol/request-is-well-typed" not in tolerated(bare)


def test_client_has_one_style():
    """A second style for an app client is refused, and the client is named; so is one that has none."""
    drive, _, client = with_client()
    none = drive.outcome("DescribeManagedLoginBrandingByClient", **client)
    assert [refusal.text for refusal in none.refusals] == [(client["ClientId"],)]
    drive.call("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True)
    again = drive.outcome("CreateManagedLoginBranding", **client, UseCognitoProvidedValues=True)
    assert [refusal.requirement.slug for refusal in again.refusals] == ["branding/client-has-one-style"]
    assert again.refusals[0].text == (client["ClientId"],)


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


def restyled(created: dict[str, object], **params: object) -> list[dict[str, object]]:
    """What may be shown of a style, made as in `created`, after an update."""
    drive, pool, client = with_client()
    made = drive.call("CreateManagedLoginBranding", **client, **created)["ManagedLoginBranding"]
    style = {**pool, "ManagedLoginBrandingId": made["ManagedLoginBrandingId"]}
    found = []
    for reply in drive.outcome("UpdateManagedLoginBranding", **style, **params).replies:
        drive.world = reply.world
        shown = drive.call("DescribeManagedLoginBranding", **style)["ManagedLoginBranding"]
        assert shown["Assets"] == plain(reply.members["ManagedLoginBranding"])["Assets"]
        found.append(shown)
    return found


@pytest.mark.parametrize(
    ("image", "count"), [({"ColorMode": "DARK"}, 2), ({"Category": "PAGE_HEADER_LOGO"}, 2), ({}, 1)]
)
def test_assets_are_added(image, count):
    """An image of another place or colour scheme comes beside the others, one of the same in place of it."""
    default = {"UseCognitoProvidedValues": True}
    new = {**LOGO, **image, "Bytes": "aG8="}
    [style] = restyled({**default, "Assets": [LOGO]}, Assets=[new])
    assert len(style["Assets"].items) == count
    assert new in style["Assets"].items


def test_settings_end_the_default():
    """A default style that is given settings shows them and is default no more; or it stays the default."""
    own, default = restyled({"UseCognitoProvidedValues": True}, Settings={"a": 1})
    assert (own["UseCognitoProvidedValues"], own["Settings"]) == (False, {"a": 1})
    assert (default["UseCognitoProvidedValues"], default["Settings"]) == (True, ABSENT)


def test_default_ends_settings_and_perhaps_assets():
    """A style that goes back to the default shows no settings, and its images or none."""
    styles = restyled({"Settings": {"a": 1}, "Assets": [LOGO]}, UseCognitoProvidedValues=True)
    assert [len(style["Assets"].items) for style in styles] == [1, 0]
    assert all(style["Settings"] is ABSENT for style in styles)


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
