"""CreateUserPoolDomain, DescribeUserPoolDomain, UpdateUserPoolDomain, DeleteUserPoolDomain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cognito_model import domains, resources
from cognito_model.call import Call, operation
from cognito_model.expect import ABSENT, Because, Exactly, OneOf
from cognito_model.operations.common import need_pool
from cognito_model.requirements import domains as R
from cognito_model.resources import Resource
from cognito_model.settings import write

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")
CUSTOM_DOMAINS = 4


@operation("CreateUserPoolDomain")
def create_user_pool_domain(call: Call) -> Outcome:
    """Give a pool a prefix domain, or one of the customer's own."""
    pool = need_pool(call)
    custom = call.CustomDomainConfig is not None
    name = call.Domain
    if not custom:
        call.refuse_if(_PREFIX.fullmatch(name) is None, R.prefix_has_form)
        for word in domains.RESERVED:
            # Within a longer part the words were seen to be taken, and reports say that they are not.
            part = word in name.split("-")
            call.refuse_if(part, R.prefix_is_not_reserved, word)
            call.tolerate_if(word in name and not part, R.prefix_is_not_reserved, word)
    call.refuse_if(custom and "." not in name, R.custom_domain_is_whole)
    call.refuse_if(name in call.world.domains, R.domain_is_free)
    others = domains.of_pool(call.world, pool)
    call.refuse_if(any(domains.is_custom(other) == custom for other in others), R.pool_has_one_of_each)
    own = sum(map(domains.is_custom, call.world.domains.values()))
    call.refuse_if(custom and own >= CUSTOM_DOMAINS, R.four_custom_domains)
    # The account may have others, of which nobody told.
    call.tolerate_if(custom and own < CUSTOM_DOMAINS, R.four_custom_domains)
    check(call, pool, custom=custom)

    domain = Resource(name, {"UserPoolId": pool.id})
    settings = given(call)
    domain = resources.write(call, domain, R.creates_domain, settings)
    if "ManagedLoginVersion" in settings:
        version = {"ManagedLoginVersion": settings["ManagedLoginVersion"]}
        domain = resources.write(call, domain, R.managed_login_version_is_kept, version)
    pool = write(call, pool, R.shown_on_pool, {"CustomDomain" if custom else "Domain": name})
    return call.reply(
        R.creates_domain,
        domains.with_domain(call.world.with_pool(pool), domain),
        **answer(domain),
    )


def given(call: Call) -> dict[str, Any]:
    """The settings of a domain that the request names."""
    names = ("ManagedLoginVersion", "CustomDomainConfig", "Routing")
    return {name: call.params[name] for name in names if call.params.get(name) is not None}


def check(call: Call, pool: Pool, *, custom: bool) -> None:
    """Refuse settings that a domain of the pool cannot have."""
    version = call.ManagedLoginVersion
    tier = pool.settings["UserPoolTier"]
    call.refuse_if(version == 2 and tier == "LITE", R.managed_login_needs_essentials, tier)
    call.tolerate_if(version not in (None, 1, 2), R.managed_login_is_1_or_2)
    call.tolerate_if(call.CustomDomainConfig is not None, R.custom_domain_is_reachable)
    call.tolerate_if(call.Routing and not custom, R.routing_is_for_custom)


def answer(domain: Resource) -> dict[str, Any]:
    """What creating or updating a domain answers."""
    members = domains.version(domain)
    if domains.is_custom(domain):
        members["CloudFrontDomain"] = Because(domains.CLOUDFRONT, R.custom_has_cloudfront)
    else:
        members["CloudFrontDomain"] = Because(OneOf.of(ABSENT, ""), R.prefix_has_no_cloudfront)
    return members


@operation("DescribeUserPoolDomain")
def describe_user_pool_domain(call: Call) -> Outcome:
    """Show a domain; one that nobody has looks empty."""
    domain = call.world.domains.get(call.Domain)
    if domain is not None:
        return call.reply(R.describes_domain, DomainDescription=domains.description(domain))
    if call.Domain in call.world.former_domains:
        leaving = {"Status": OneOf.of("DELETING", "UPDATING")}
        empty = OneOf.of(Exactly({}), leaving, ABSENT)
        return call.reply(R.deletes_domain, DomainDescription=empty)
    return call.reply(R.missing_domain_is_empty, DomainDescription=OneOf.of(Exactly({}), ABSENT))


@operation("UpdateUserPoolDomain")
def update_user_pool_domain(call: Call) -> Outcome:
    """Set the branding version or the certificate of a domain."""
    pool = need_pool(call)
    domain = call.world.domains.get(call.Domain)
    if domain is None:
        call.refuse(R.updated_domain_exists)
    call.refuse_if(domain.members["UserPoolId"] != pool.id, R.updated_domain_is_of_pool)
    call.settle()
    custom = domains.is_custom(domain)
    call.refuse_if(not custom and call.CustomDomainConfig is not None, R.prefix_domain_stays_prefix)
    call.refuse_if(custom and call.CustomDomainConfig is None, R.custom_domain_stays_custom)
    check(call, pool, custom=custom)
    domain = resources.write(call, domain, R.updates_domain, given(call))
    return call.reply(R.updates_domain, domains.with_domain(call.world, domain), **answer(domain))


@operation("DeleteUserPoolDomain")
def delete_user_pool_domain(call: Call) -> Outcome:
    """Take a domain from its pool."""
    pool = need_pool(call)
    domain = call.world.domains.get(call.Domain)
    if domain is None or domain.members["UserPoolId"] != pool.id:
        call.refuse(R.domain_of_pool_exists)
    shown_as = "CustomDomain" if domains.is_custom(domain) else "Domain"
    pool = write(call, pool, R.deletes_domain, {shown_as: None})
    return call.reply(R.deletes_domain, domains.without_domain(call.world.with_pool(pool), call.Domain))
