"""Domains of user pools, kept by name in the world: what they hold and how they look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.evolve import replace
from cognito_model.expect import ABSENT, Because, OneOf, Pattern, Present
from cognito_model.requirements import domains as R

if TYPE_CHECKING:
    from cognito_model.resources import Resource
    from cognito_model.world import Pool, World

CLOUDFRONT = Pattern(r"[a-z0-9]+\.cloudfront\.net", "d111111abcdef8.cloudfront.net")
RESERVED = ("aws", "amazon", "cognito")
REMEMBERED = 100
"""So many of the domains that were deleted stay known, the last ones: deletion takes a while, and no more than that."""


def is_custom(domain: Resource) -> bool:
    """Whether the domain is the customer's own, and not a prefix."""
    return bool(domain.members.get("CustomDomainConfig"))


def of_pool(world: World, pool: Pool) -> list[Resource]:
    """The pool's domains: at most a prefix and a custom one."""
    return [domain for domain in world.domains.values() if domain.members["UserPoolId"] == pool.id]


def with_domain(world: World, domain: Resource) -> World:
    """The world with this domain."""
    former = tuple([name for name in world.former_domains if name != domain.key])
    return replace(world, domains={**world.domains, domain.key: domain}, former_domains=former)


def without_domain(world: World, name: Any) -> World:
    """The world in which this domain is on its way out."""
    left = {key: domain for key, domain in world.domains.items() if key != name}
    former = (*[other for other in world.former_domains if other != name], name)
    return replace(world, domains=left, former_domains=former[-REMEMBERED:])


def description(domain: Resource) -> dict[str, Any]:
    """DomainDescriptionType of the domain."""
    custom = domain.members.get("CustomDomainConfig")
    members: dict[str, Any] = {
        "UserPoolId": domain.members["UserPoolId"],
        "AWSAccountId": Pattern(r"[0-9]{1,12}", "123456789012"),
        "Domain": domain.key,
        "S3Bucket": Present("aws-cognito-prod-iad-assets"),
        "CloudFrontDistribution": CLOUDFRONT,
        "Version": Present("20260101000000"),
        "Status": OneOf.of("ACTIVE", "CREATING", "UPDATING"),
        "CustomDomainConfig": domain.shown("CustomDomainConfig") if custom else OneOf.of({}, ABSENT),
    }
    if domain.members.get("Routing"):
        members["Routing"] = domain.shown("Routing")
    return members | version(domain)


def version(domain: Resource) -> dict[str, Any]:
    """ManagedLoginVersion of the domain, for an answer."""
    given = domain.members.get("ManagedLoginVersion")
    if given is None:
        return {"ManagedLoginVersion": OneOf.of(1, 2, ABSENT)}
    if given not in (1, 2):
        return {"ManagedLoginVersion": OneOf.of(given, 1, 2, ABSENT)}
    return {
        "ManagedLoginVersion": Because(
            given, domain.cause("ManagedLoginVersion", R.managed_login_version_is_kept)
        )
    }
