"""How the hosted pages look: styles of managed login, the older customization, terms documents."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model.terms import Junk

LINKS = {"cognito:default": "https://example.com/terms", "cognito:english": "https://example.com/en/terms"}
NAMES = ("terms-of-use", "privacy-policy")
SVG = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4="
"""An empty image of nine by nine points."""


@command("CreateManagedLoginBranding", "resources", weight=2)
def create_managed_login_branding(pick: Pick) -> Params:
    return without_none(**roles.of_client(pick), **_style(pick))


@command("UpdateManagedLoginBranding", "resources", weight=1)
def update_managed_login_branding(pick: Pick) -> Params:
    return without_none(**_branding(pick), **_style(pick))


@command("DescribeManagedLoginBranding", "resources", weight=1)
def describe_managed_login_branding(pick: Pick) -> Params:
    return without_none(**_branding(pick), ReturnMergedResources=pick.of([None, None, True]))


@command("DescribeManagedLoginBrandingByClient", "resources", weight=1)
def describe_managed_login_branding_by_client(pick: Pick) -> Params:
    return roles.of_client(pick)


@command("DeleteManagedLoginBranding", "resources", weight=1)
def delete_managed_login_branding(pick: Pick) -> Params:
    return _branding(pick)


@command("GetUICustomization", "resources", weight=1)
def get_ui_customization(pick: Pick) -> Params:
    return without_none(UserPoolId=roles.pool_id(pick), ClientId=_client_or_all(pick))


@command("SetUICustomization", "resources", weight=1)
def set_ui_customization(pick: Pick) -> Params:
    css = pick.of(
        [None, ".label-customizable {font-weight: 400;}", ".label-customizable {font-weight: 300;}"]
    )
    look = without_none(UserPoolId=roles.pool_id(pick), ClientId=_client_or_all(pick), CSS=css)
    return {**look, "CSS": "body {font-weight: 300;}"} if pick.goes_wrong() else look


@command("CreateTerms", "resources", weight=2)
def create_terms(pick: Pick) -> Params:
    return without_none(
        **roles.of_client(pick),
        TermsName=pick.of(NAMES),
        TermsSource="LINK",
        Enforcement="NONE",
        Links=None if pick.goes_wrong() else LINKS,
    )


@command("UpdateTerms", "resources", weight=1)
def update_terms(pick: Pick) -> Params:
    return without_none(
        **_terms(pick),
        TermsName=pick.maybe(40, lambda: pick.of(NAMES)),
        Links=pick.maybe(60, lambda: {"cognito:default": f"https://example.com/terms{pick.step}"}),
    )


@command("DescribeTerms", "resources", weight=1)
@command("DeleteTerms", "resources", weight=1)
def of_terms(pick: Pick) -> Params:
    return _terms(pick)


@command("DescribeTermsByClient", "resources", weight=1)
def describe_terms_by_client(pick: Pick) -> Params:
    return {**roles.of_client(pick), "TermsName": pick.of(NAMES)}


@command("ListTerms", "resources", weight=1)
def list_terms(pick: Pick) -> Params:
    first = {"UserPoolId": roles.pool_id(pick), "MaxResults": 61 if pick.goes_wrong() else pick.of([1, 60])}
    return roles.paged(pick, "ListTerms", first)


def _client_or_all(pick: Pick) -> object:
    return pick.of([None, "ALL"]) if pick.chance(40) else roles.client_id(pick, pick.client())


def _branding(pick: Pick) -> Params:
    key = roles.resource(pick, "Brandings", Junk("BrandingId", 1))
    return {"UserPoolId": roles.pool_id(pick), "ManagedLoginBrandingId": key}


def _style(pick: Pick) -> Params:
    """Cognito's own look, or settings, and perhaps an image; wrong: both, neither."""
    settings = {"componentClasses": {"buttons": {"borderRadius": 8 + pick.index(3)}}}
    if pick.goes_wrong():
        look = pick.of([{"UseCognitoProvidedValues": True, "Settings": settings}, {}])
    else:
        look = pick.of([{"UseCognitoProvidedValues": True}, {"Settings": settings}])
    return {**look, "Assets": _images(pick)}


def _images(pick: Pick) -> Any:
    """Now and then an image, for one of several places and colour schemes."""
    if not pick.chance(30):
        return None
    place = {"Category": pick.of(["FORM_LOGO", "PAGE_HEADER_LOGO"]), "ColorMode": pick.of(["LIGHT", "DARK"])}
    return [{**place, "Extension": "SVG", "Bytes": SVG}]


def _terms(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "TermsId": roles.resource(pick, "Terms", Junk("TermsId", 1))}
