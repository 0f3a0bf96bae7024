"""CreateTerms, DescribeTerms, DescribeTermsByClient, UpdateTerms, DeleteTerms, ListTerms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import paging, resources
from cognito_model.call import Call, operation
from cognito_model.expect import AtLeast, OneOf
from cognito_model.operations.common import at_creation, instant, need_client, need_pool
from cognito_model.requirements import terms as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "Terms"
MEMBERS = ("TermsName", "TermsSource", "Enforcement", "Links")


def of_client(pool: Pool, client: Any, name: Any) -> Resource | None:
    """The terms of this name that an app client has, or None."""
    for terms in resources.table(pool, KIND).values():
        if (terms.members["ClientId"], terms.members.get("TermsName")) == (client, name):
            return terms
    return None


@operation("CreateTerms")
def create_terms(call: Call) -> Outcome:
    """Make terms documents for an app client."""
    pool, client = need_client(call, need_pool(call))
    call.refuse_if(of_client(pool, client.id, call.TermsName), R.client_has_one_of_each)
    call.tolerate_if(not call.Links, R.links_are_given)
    now = instant(call)
    terms = Resource(call.fresh("TermsId"), {"UserPoolId": pool.id, "ClientId": client.id}, now, now)
    terms = resources.write(call, terms, R.creates_terms, {name: call.params.get(name) for name in MEMBERS})
    world = call.world.with_pool(resources.put(call, pool, R.creates_terms, KIND, terms))
    return call.reply(R.creates_terms, world, Terms=looks(terms, at_creation(call, now)))


def looks(terms: Resource, modified: Any) -> dict[str, Any]:
    """TermsType of the terms."""
    return {
        "TermsId": terms.key,
        "UserPoolId": terms.members["UserPoolId"],
        "ClientId": terms.members["ClientId"],
        **{name: terms.shown(name) for name in MEMBERS if terms.members.get(name) is not None},
        "CreationDate": terms.created,
        "LastModifiedDate": modified,
    }


def later(call: Call, terms: Resource) -> Any:
    """What LastModifiedDate of terms must look like in a reading."""
    return OneOf.of(terms.modified, AtLeast(instant(call), terms.created))


def need_terms(call: Call, pool: Pool) -> Resource:
    """The terms that TermsId names; the call is refused where there are none."""
    return resources.need(call, pool, KIND, call.TermsId, R.terms_exist, R.deletes_terms)


@operation("DescribeTerms")
def describe_terms(call: Call) -> Outcome:
    """Show terms documents."""
    terms = need_terms(call, need_pool(call))
    return call.reply(R.shows_terms, Terms=looks(terms, later(call, terms)))


@operation("DescribeTermsByClient")
def describe_terms_by_client(call: Call) -> Outcome:
    """Show the terms documents of this name that an app client has."""
    pool, client = need_client(call, need_pool(call))
    terms = of_client(pool, client.id, call.TermsName)
    if terms is None:
        call.refuse(R.terms_exist)
    return call.reply(R.shows_terms, Terms=looks(terms, later(call, terms)))


@operation("UpdateTerms")
def update_terms(call: Call) -> Outcome:
    """Change what the request names of terms documents."""
    pool = need_pool(call)
    before = need_terms(call, pool)
    other = of_client(pool, before.members["ClientId"], call.TermsName)
    call.refuse_if(other is not None and other.key != before.key, R.client_has_one_of_each)
    terms = call.change(before, R.updates_terms, modified=instant(call))
    named = {name: call.params[name] for name in MEMBERS if call.params.get(name) is not None}
    terms = resources.write(call, terms, R.updates_terms, named)
    world = call.world.with_pool(resources.put(call, pool, R.updates_terms, KIND, terms))
    return call.reply(R.updates_terms, world, Terms=looks(terms, AtLeast(terms.modified, terms.created)))


@operation("DeleteTerms")
def delete_terms(call: Call) -> Outcome:
    """Delete terms documents."""
    pool = need_pool(call)
    terms = need_terms(call, pool)
    return call.reply(R.deletes_terms, resources.without(call, pool, R.deletes_terms, KIND, terms.key))


@operation("ListTerms")
def list_terms(call: Call) -> Outcome:
    """List the terms documents of a pool."""
    pool = need_pool(call)
    items = {
        terms.key: {
            "TermsId": terms.key,
            "TermsName": terms.shown("TermsName"),
            "Enforcement": terms.shown("Enforcement"),
            "CreationDate": terms.created,
            "LastModifiedDate": later(call, terms),
        }
        for terms in resources.table(pool, KIND).values()
    }
    return paging.page(
        call, R.lists_terms, items, member="Terms", key="TermsId", limit=paging.limit(call.MaxResults)
    )
