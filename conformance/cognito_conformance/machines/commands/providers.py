"""Identity providers that a pool trusts."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_conformance.machines.provider_details import OIDC, SAML, SAML_FILE, SOCIAL

KIND = "IdentityProviders"


@command("CreateIdentityProvider", "resources", weight=3)
def create_identity_provider(pick: Pick) -> Params:
    kind, details = _kind(pick)
    made: Params = {
        "UserPoolId": roles.pool_id(pick),
        "ProviderName": kind if kind in SOCIAL else f"{kind}{pick.step}",
        "ProviderType": kind,
        "ProviderDetails": details,
        **_members(pick, kind),
    }
    if pick.goes_wrong():
        taken = list(pick.pool.resources.get(KIND, {}))
        wrong: list[Params] = [{"ProviderDetails": {}}, {"ProviderType": "Bogus"}]
        wrong += (
            [{"ProviderName": f"My{kind}"}] if kind in SOCIAL else [{"ProviderName": n} for n in taken[-1:]]
        )
        made |= pick.of(wrong)
    return made


@command("UpdateIdentityProvider", "resources", weight=2)
def update_identity_provider(pick: Pick) -> Params:
    name = roles.resource(pick, KIND, "NoProvider")
    provider = pick.pool.resources.get(KIND, {}).get(name)
    kind = provider.members["ProviderType"] if provider is not None else "OIDC"
    renewed = {**SOCIAL, "OIDC": OIDC, "SAML": SAML}[kind]
    return without_none(
        UserPoolId=roles.pool_id(pick),
        ProviderName=name,
        ProviderDetails=pick.maybe(
            50, lambda: {**renewed, "client_id": f"id{pick.step}"} if kind != "SAML" else SAML
        ),
        **_members(pick, kind),
    )


@command("DescribeIdentityProvider", "resources", weight=2)
@command("DeleteIdentityProvider", "resources", weight=1)
def of_identity_provider(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "ProviderName": roles.resource(pick, KIND, "NoProvider")}


@command("GetIdentityProviderByIdentifier", "resources", weight=1)
def get_identity_provider_by_identifier(pick: Pick) -> Params:
    known = _identifiers(pick)
    wrong = pick.goes_wrong() or not known
    return {
        "UserPoolId": roles.pool_id(pick),
        "IdpIdentifier": "nobody.example.com" if wrong else pick.of(known),
    }


@command("ListIdentityProviders", "resources", weight=1)
def list_identity_providers(pick: Pick) -> Params:
    first = {"UserPoolId": roles.pool_id(pick), "MaxResults": 61 if pick.goes_wrong() else pick.of([1, 60])}
    return roles.paged(pick, "ListIdentityProviders", first)


def _kind(pick: Pick) -> tuple[str, dict[str, str]]:
    """A type of provider and its details; one of the social ones can be there once."""
    kinds = [("OIDC", OIDC), ("SAML", SAML), ("SAML", SAML_FILE)]
    free = [name for name in SOCIAL if name not in pick.pool.resources.get(KIND, {})]
    if free:
        social = free[pick.step % len(free)]
        kinds += [(social, SOCIAL[social])] * 2
    kind, details = pick.of(kinds)
    return kind, dict(details)


def _members(pick: Pick, kind: str) -> Params:
    """Mapping and identifiers; wrong: of an attribute that the pool has not, of another provider, of another type."""
    members: Params = without_none(
        AttributeMapping=pick.maybe(50, lambda: {"email": "email", "name": "name"}),
        IdpIdentifiers=pick.maybe(40, lambda: [f"id{pick.step}.example.com"]),
    )
    if pick.goes_wrong():
        wrong: list[Params] = [{"AttributeMapping": {"no_such": "email"}}]
        taken = _identifiers(pick)
        wrong += [{"IdpIdentifiers": [identifier]} for identifier in dict.fromkeys([*taken[:1], *taken[-1:]])]
        if kind != "OIDC":
            wrong.append({"AcrMapping": {"Level2": "urn:example:high"}})
        members |= pick.of(wrong)
    return members


def _identifiers(pick: Pick) -> list[Any]:
    providers = pick.pool.resources.get(KIND, {}).values()
    return [identifier for provider in providers for identifier in provider.members["IdpIdentifiers"]]


@command("AdminLinkProviderForUser", "resources", weight=2)
def admin_link_provider_for_user(pick: Pick) -> Params:
    """Link an identity; wrong: of the pool itself, of a provider that it does not have, to nobody."""
    user = pick.user()
    provider = pick.of(["Cognito", "NoProvider"]) if pick.goes_wrong() else pick.of(_providers(pick))
    return {
        "UserPoolId": roles.pool_id(pick),
        "DestinationUser": {"ProviderName": "Cognito", "ProviderAttributeValue": roles.username(pick, user)},
        "SourceUser": {
            "ProviderName": provider,
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": f"subject-{pick.index(3)}",
        },
    }


@command("AdminDisableProviderForUser", "resources", weight=2)
def admin_disable_provider_for_user(pick: Pick) -> Params:
    """End a link; wrong: of an identity that nobody has, of a provider that the pool does not have, of no local user.

    Never of a local user: how it goes on after that, nobody says.
    """
    known = [link for user in pick.pool.users.values() for link in user.links]
    nobody = [("Cognito", f"nobody-{pick.step}"), ("NoProvider", "subject-0"), ("Google", "another")]
    provider, identity = pick.of(nobody) if pick.goes_wrong() else pick.of(known)
    return {
        "UserPoolId": roles.pool_id(pick),
        "User": {
            "ProviderName": provider,
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": identity,
        },
    }


def _providers(pick: Pick) -> list[str]:
    return list(pick.pool.resources.get(KIND, {}))
