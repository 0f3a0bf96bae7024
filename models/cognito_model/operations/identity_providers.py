"""Create-, Describe-, Update- and DeleteIdentityProvider, and their listing and search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import attributes, paging, provider_details, resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, AtLeast, Bag, Because, Exactly, OneOf
from cognito_model.operations.common import at_creation, instant, need_pool
from cognito_model.requirements import identity_providers as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "IdentityProviders"
LIMIT = 300
MEMBERS = ("ProviderDetails", "AttributeMapping", "IdpIdentifiers", "AcrMapping")
MISSING = {
    "DescribeIdentityProvider": R.described_provider_exists,
    "UpdateIdentityProvider": R.updated_provider_exists,
}
UNMAPPED = frozenset({"username"})
"""Targets of a mapping that are no attributes of the schema."""


@operation("CreateIdentityProvider")
def create_identity_provider(call: Call) -> Outcome:
    """Make the pool trust an identity provider."""
    pool = need_pool(call)
    existing = resources.table(pool, KIND)
    name, kind = call.ProviderName, call.ProviderType
    call.refuse_if(name in existing, R.name_is_free, name, pool.id)
    social = provider_details.SOCIAL
    amiss = (kind in social and name != kind) or (kind == "OIDC" and name in social)
    call.refuse_if(amiss, R.social_name_is_type, name, kind)
    # Of SAML nobody tried it.
    call.tolerate_if(kind == "SAML" and name in social, R.social_name_is_type, name, kind)
    call.tolerate_if(len(existing) >= LIMIT, R.provider_limit)
    details = call.ProviderDetails or {}
    call.refuse_if(
        kind == "SAML" and not (details.get("MetadataURL") or details.get("MetadataFile")),
        R.saml_has_metadata,
    )
    call.refuse_if(
        kind == "SAML" and details.get("MetadataURL") and details.get("MetadataFile"), R.saml_has_one_source
    )
    lacks = any(not details.get(name) for name in provider_details.NEEDED.get(kind, ()))
    named = provider_details.NEEDED_TEXT.get(kind, provider_details.SOCIAL_TEXT)
    call.refuse_if(lacks, R.details_are_given, named)
    lacks_scopes = kind == "SignInWithApple" and not details.get("authorize_scopes")
    call.tolerate_if(lacks_scopes, R.details_are_given, named, likely=True)
    check(call, pool, kind)
    now = instant(call)
    provider = Resource(
        name,
        {
            "UserPoolId": pool.id,
            "ProviderName": name,
            "ProviderType": kind,
            "ProviderDetails": {},
            "IdpIdentifiers": [],
        },
        now,
        now,
    )
    if kind in provider_details.SUBJECT:
        # Recorded of Google and OIDC; of the others the documentation names the claims.
        mapping = {"username": provider_details.SUBJECT[kind]}
        shown = mapping if kind in ("Google", "OIDC") else OneOf.of(mapping, ABSENT)
        provider = resources.write(call, provider, R.social_name_is_mapped, {"AttributeMapping": shown})
    provider = resources.write(call, provider, R.creates_provider, given(call))
    return call.reply(
        R.creates_provider,
        call.world.with_pool(resources.put(call, pool, R.creates_provider, KIND, provider)),
        IdentityProvider=echoed(call, looks(provider, at_creation(call, now))),
    )


def given(call: Call) -> dict[str, Any]:
    """The changeable members that the request names."""
    return {name: call.params[name] for name in MEMBERS if call.params.get(name) is not None}


def check(call: Call, pool: Pool, kind: Any) -> None:
    """Refuse details, mappings and identifiers that a provider of this type and pool cannot have."""
    details = call.ProviderDetails or {}
    if kind == "SAML":
        call.refuse_if(provider_details.lacks_redirect(details), R.saml_has_redirect_binding)
        signing = details.get("RequestSigningAlgorithm", "rsa-sha256")
        call.refuse_if(signing != "rsa-sha256", R.signing_algorithm_is_known, signing)
        # Reported of updates; that a creation is told the same nobody says.
        guard = call.guard(call.operation == "UpdateIdentityProvider")
        guard("ActiveEncryptionCertificate" in details, R.certificate_is_derived)
        metadata = details.get("MetadataURL") or details.get("MetadataFile")
        call.tolerate_if(metadata, R.saml_has_redirect_binding)
    call.tolerate_if(
        kind == "OIDC" and call.ProviderDetails is not None and provider_details.discovers(details),
        R.issuer_answers,
    )
    if kind == "OIDC":
        issuer, method = details.get("oidc_issuer"), details.get("attributes_request_method")
        call.refuse_if(issuer and not issuer.startswith("https://"), R.issuer_is_https)
        call.refuse_if(method and method not in ("GET", "POST"), R.request_method_is_known)
    known = attributes.schema(pool)
    unknown = [name for name in call.AttributeMapping or {} if name not in known and name not in UNMAPPED]
    call.refuse_if(unknown, R.mapping_is_in_schema, ", ".join(unknown))
    taken = {
        identifier
        for provider in resources.table(pool, KIND).values()
        if provider.key != call.ProviderName
        for identifier in provider.members["IdpIdentifiers"]
    }
    call.refuse_if(taken.intersection(call.IdpIdentifiers or ()), R.identifier_is_free)
    call.refuse_if(call.AcrMapping and kind != "OIDC", R.acr_mapping_is_for_oidc)


def looks(provider: Resource, modified: Any, *, described: bool = False) -> dict[str, Any]:
    """IdentityProviderType of the provider; `modified` is what LastModifiedDate must look like."""
    members = provider.members
    details = provider.cause("ProviderDetails", R.creates_provider)
    shown: dict[str, Any] = {
        "UserPoolId": members["UserPoolId"],
        "ProviderName": members["ProviderName"],
        "ProviderType": members["ProviderType"],
        "ProviderDetails": provider_details.shown(
            members["ProviderType"], members["ProviderDetails"], details, described=described
        ),
        "IdpIdentifiers": Because(OneOf.of([], ABSENT), R.no_identifiers_are_none),
        "CreationDate": provider.created,
        "LastModifiedDate": modified,
    }
    if members["IdpIdentifiers"]:
        cause = provider.cause("IdpIdentifiers", R.creates_provider)
        shown["IdpIdentifiers"] = Because(Bag(tuple(members["IdpIdentifiers"])), cause)
    for name in ("AttributeMapping", "AcrMapping"):
        if members.get(name):
            shown[name] = provider.shown(name)
    return shown


def echoed(call: Call, shown: dict[str, Any]) -> dict[str, Any]:
    """What the answer to a request that sets a provider shows: identifiers that it did not name may be left out."""
    if call.IdpIdentifiers is None:
        shown["IdpIdentifiers"] = OneOf.of(
            Because(ABSENT, R.no_identifiers_are_none), shown["IdpIdentifiers"]
        )
    if call.AttributeMapping == {}:
        shown["AttributeMapping"] = OneOf.of(Exactly({}), ABSENT)
    return shown


def need_provider(call: Call, pool: Pool) -> Resource:
    """The provider that ProviderName names; the call is refused where there is none."""
    exists = MISSING.get(call.operation)
    if exists is not None and not resources.knows(call, pool, KIND, call.ProviderName):
        call.refuse(exists, call.ProviderName, pool.id)
    return resources.need(call, pool, KIND, call.ProviderName, R.provider_exists, R.deletes_provider)


def later(call: Call, provider: Resource) -> Any:
    """What LastModifiedDate of a provider must look like in a reading."""
    return OneOf.of(provider.modified, AtLeast(instant(call), provider.created))


@operation("DescribeIdentityProvider")
def describe_identity_provider(call: Call) -> Outcome:
    """Show an identity provider."""
    provider = need_provider(call, need_pool(call))
    return call.reply(
        R.describes_provider, IdentityProvider=looks(provider, later(call, provider), described=True)
    )


@operation("GetIdentityProviderByIdentifier")
def get_identity_provider_by_identifier(call: Call) -> Outcome:
    """Show the identity provider that has an identifier."""
    pool = need_pool(call)
    providers = resources.table(pool, KIND).values()
    provider = next((p for p in providers if call.IdpIdentifier in p.members["IdpIdentifiers"]), None)
    if provider is None:
        call.refuse(R.provider_has_identifier)
    return call.reply(
        R.describes_provider, IdentityProvider=looks(provider, later(call, provider), described=True)
    )


@operation("UpdateIdentityProvider")
def update_identity_provider(call: Call) -> Outcome:
    """Change what the request names of an identity provider."""
    pool = need_pool(call)
    provider = need_provider(call, pool)
    check(call, pool, provider.members["ProviderType"])
    provider = call.change(provider, R.updates_provider, modified=instant(call))
    kept = {name: provider.members[name] for name in MEMBERS if name in provider.members}
    provider = resources.write(call, provider, R.unnamed_members_stay, kept)
    provider = resources.write(call, provider, R.updates_provider, given(call))
    return call.reply(
        R.updates_provider,
        call.world.with_pool(resources.put(call, pool, R.updates_provider, KIND, provider)),
        IdentityProvider=echoed(call, looks(provider, AtLeast(provider.modified, provider.created))),
    )


@operation("DeleteIdentityProvider")
def delete_identity_provider(call: Call) -> Outcome:
    """Take an identity provider from a pool."""
    pool = need_pool(call)
    provider = need_provider(call, pool)
    used = any(
        provider.key in (client.settings.get("SupportedIdentityProviders") or ())
        for client in pool.clients.values()
    )
    call.tolerate_if(used, R.provider_in_use)
    return call.reply(
        R.deletes_provider,
        resources.without(call, pool, R.deletes_provider, KIND, provider.key),
    )


@operation("ListIdentityProviders")
def list_identity_providers(call: Call) -> Outcome:
    """List the identity providers of a pool."""
    pool = need_pool(call)
    items = {
        provider.key: Because(
            Exactly(
                {
                    "ProviderName": provider.key,
                    "ProviderType": provider.members["ProviderType"],
                    "CreationDate": provider.created,
                    "LastModifiedDate": later(call, provider),
                }
            ),
            R.listed_provider_is_brief,
        )
        for provider in resources.table(pool, KIND).values()
    }
    return paging.page(
        call,
        R.lists_providers,
        items,
        member="Providers",
        key="ProviderName",
        limit=paging.limit(call.MaxResults),
    )
