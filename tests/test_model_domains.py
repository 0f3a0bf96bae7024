"""Domains of user pools: prefix domains and custom ones."""

from __future__ import annotations

import pytest

from cognito_model import domains
from cognito_model.expect import ABSENT, Exactly
from cognito_model.requirements import catalogue
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, texts, tolerated

CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/abc"}


def with_pool(**params: object) -> tuple[Drive, object]:
    """A world with one pool in it, and the pool's id."""
    drive = Drive()
    return drive, drive.call("CreateUserPool", PoolName="people", **params)["UserPool"]["Id"]


def test_prefix_domain_is_created():
    """CreateUserPoolDomain gives the pool a domain, and answers no CloudFrontDomain for a prefix."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1", ManagedLoginVersion=2)
    names = {"creates-domain", "prefix-has-no-cloudfront", "managed-login-version-is-kept"}
    assert {f"domains/{name}" for name in names} <= rests_on(outcome)
    drive.world = outcome.replies[0].world
    shown = drive.outcome("DescribeUserPoolDomain", Domain="people-1")
    assert "domains/describes-domain" in rests_on(shown)
    description = plain(shown.replies[0].members["DomainDescription"])
    assert description["UserPoolId"] == pool
    assert description["ManagedLoginVersion"] == 2
    described = drive.outcome("DescribeUserPool", UserPoolId=pool).replies[0].members["UserPool"]["Domain"]
    assert reasons(described) == {"domains/shown-on-pool"}
    assert plain(described) == "people-1"


def test_managed_login_version_is_some_version_by_default():
    """A domain without ManagedLoginVersion shows one of the versions, or none."""
    drive, pool = with_pool()
    answer = drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    assert answer["ManagedLoginVersion"].choices == (1, 2, ABSENT)
    given = drive.outcome("UpdateUserPoolDomain", UserPoolId=pool, Domain="people-1", ManagedLoginVersion=1)
    assert "domains/updates-domain" in rests_on(given)
    assert plain(given.replies[0].members["ManagedLoginVersion"]) == 1


def test_custom_domain_is_created():
    """Creating a custom domain answers the CloudFrontDomain that it needs an alias for."""
    drive, pool = with_pool()
    params = {"UserPoolId": pool, "Domain": "auth.example.com", "CustomDomainConfig": CERTIFICATE}
    outcome = drive.outcome("CreateUserPoolDomain", **params)
    assert "domains/custom-has-cloudfront" in rests_on(outcome)
    # The account may have four others already.
    assert tolerated(outcome) == {"domains/custom-domain-is-reachable", "domains/four-custom-domains"}
    drive.world = outcome.replies[0].world
    pool_shown = drive.call("DescribeUserPool", UserPoolId=pool)["UserPool"]
    assert pool_shown["CustomDomain"] == "auth.example.com"
    assert pool_shown["Domain"] is ABSENT
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    description = drive.call("DescribeUserPoolDomain", Domain="auth.example.com")["DomainDescription"]
    assert description["CustomDomainConfig"] == CERTIFICATE


def test_custom_domain_stays_custom():
    """An update of a custom domain that leaves its certificate out is refused, and one that names it is not."""
    drive, pool = with_pool()
    where = {"UserPoolId": pool, "Domain": "auth.example.com"}
    drive.call("CreateUserPoolDomain", **where, CustomDomainConfig=CERTIFICATE)
    refused = drive.outcome("UpdateUserPoolDomain", **where, ManagedLoginVersion=2)
    assert [refusal.requirement.slug for refusal in refused.refusals] == [
        "domains/custom-domain-stays-custom"
    ]
    renewed = drive.outcome(
        "UpdateUserPoolDomain", **where, ManagedLoginVersion=2, CustomDomainConfig=CERTIFICATE
    )
    assert not renewed.refusals


def test_missing_domain_is_empty():
    """DescribeUserPoolDomain of a domain that nobody has answers an empty DomainDescription."""
    drive, _ = with_pool()
    outcome = drive.outcome("DescribeUserPoolDomain", Domain="nobody")
    assert rests_on(outcome) == {"domains/missing-domain-is-empty"}
    assert plain(outcome.replies[0].members["DomainDescription"]).choices[0] == Exactly({})


@pytest.mark.parametrize("domain", ["Upper", "under_score", "-edge", "edge-", "a.b", "é"])
def test_ill_formed_prefix_is_refused(domain):
    """A prefix with anything but lower-case letters, digits and inner hyphens is refused."""
    drive, pool = with_pool()
    assert drive.refused("CreateUserPoolDomain", UserPoolId=pool, Domain=domain) == {
        "domains/prefix-has-form"
    }


@pytest.mark.parametrize("word", ["aws", "amazon", "cognito"])
def test_reserved_word_is_refused(word):
    """A prefix with aws, amazon or cognito between its hyphens is refused."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateUserPoolDomain", UserPoolId=pool, Domain=f"my-{word}-x")
    assert {refusal.requirement.slug for refusal in outcome.refusals} == {"domains/prefix-is-not-reserved"}
    assert texts(outcome) == {(word,)}


def test_reserved_word_within_another_may_be_refused():
    """A prefix with aws as a part of a longer word may be refused."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateUserPoolDomain", UserPoolId=pool, Domain="my-awsome-x")
    assert tolerated(outcome) == {"domains/prefix-is-not-reserved"}


def test_custom_domain_is_whole():
    """A CustomDomainConfig beside a prefix is refused."""
    drive, pool = with_pool()
    arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
    params = {"Domain": "people", "CustomDomainConfig": {"CertificateArn": arn}}
    refused = drive.refused("CreateUserPoolDomain", UserPoolId=pool, **params)
    assert refused == {"domains/custom-domain-is-whole"}


def test_domain_belongs_to_one_pool():
    """A domain that a pool already has is refused to another, in one of two sentences."""
    drive, pool = with_pool()
    other = drive.call("CreateUserPool", PoolName="others")["UserPool"]["Id"]
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    refused = drive.refused("CreateUserPoolDomain", UserPoolId=other, Domain="people-1")
    assert refused == {"domains/domain-is-free"}
    assert catalogue()["domains/domain-is-free"].allows_text("Domain already exists.")


def test_pool_has_one_prefix():
    """A second prefix domain for a pool is refused."""
    drive, pool = with_pool()
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    refused = drive.refused("CreateUserPoolDomain", UserPoolId=pool, Domain="people-2")
    assert refused == {"domains/pool-has-one-of-each"}


def test_managed_login_is_refused_in_lite():
    """ManagedLoginVersion 2 is refused to a pool in the tier LITE, which the text names; other numbers may be refused."""
    drive, pool = with_pool(UserPoolTier="LITE")
    params = {"UserPoolId": pool, "Domain": "people-1"}
    outcome = drive.outcome("CreateUserPoolDomain", **params, ManagedLoginVersion=2)
    assert [refusal.requirement.slug for refusal in outcome.refusals] == [
        "domains/managed-login-needs-essentials"
    ]
    assert texts(outcome) == {("LITE",)}
    outcome = drive.outcome("CreateUserPoolDomain", **params, ManagedLoginVersion=3)
    assert tolerated(outcome) == {"domains/managed-login-is-1-or-2"}
    # What becomes of another number nobody has told.
    assert plain(outcome.replies[0].members["ManagedLoginVersion"]).choices == (3, 1, 2, ABSENT)


def test_routing_for_prefix_may_be_refused():
    """Routing for a prefix domain may be refused."""
    drive, pool = with_pool()
    routing = {"Failover": {"SecondaryRegion": "us-west-2", "PrimaryRoute53HealthCheckId": "abc"}}
    outcome = drive.outcome("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1", Routing=routing)
    assert tolerated(outcome) == {"domains/routing-is-for-custom"}


def test_fifth_custom_domain_is_refused():
    """A fifth custom domain in an account is refused."""
    drive = Drive()
    params = [
        {
            "UserPoolId": drive.call("CreateUserPool", PoolName="x")["UserPool"]["Id"],
            "Domain": f"auth{n}.example.com",
            "CustomDomainConfig": CERTIFICATE,
        }
        for n in range(5)
    ]
    for one in params[:4]:
        drive.call("CreateUserPoolDomain", **one)
    assert drive.refused("CreateUserPoolDomain", **params[4]) == {"domains/four-custom-domains"}


def test_deleted_domain_leaves():
    """After DeleteUserPoolDomain a domain is on its way out, and then its description is empty."""
    drive, pool = with_pool()
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    outcome = drive.outcome("DeleteUserPoolDomain", UserPoolId=pool, Domain="people-1")
    assert rests_on(outcome) == {"domains/deletes-domain"}
    drive.world = outcome.replies[0].world
    description = drive.call("DescribeUserPoolDomain", Domain="people-1")["DomainDescription"]
    assert Exactly({}) in description.choices
    assert len(description.choices) == 3
    refused = drive.refused("DeleteUserPoolDomain", UserPoolId=pool, Domain="people-1")
    assert refused == {"domains/domain-of-pool-exists"}
    refused = drive.refused("UpdateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    assert refused == {"domains/updated-domain-exists"}
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")


def test_an_update_leaves_a_domain_its_pool_and_kind():
    """A domain can be updated through its own pool alone, and a prefix does not become a name of one's own."""
    drive, pool = with_pool()
    other = drive.call("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    refused = drive.refused("UpdateUserPoolDomain", UserPoolId=other, Domain="people-1")
    assert refused == {"domains/updated-domain-is-of-pool"}
    refused = drive.refused(
        "UpdateUserPoolDomain", UserPoolId=pool, Domain="people-1", CustomDomainConfig=CERTIFICATE
    )
    assert refused == {"domains/prefix-domain-stays-prefix"}


def test_only_the_last_deleted_domains_are_remembered():
    """A domain that was deleted looks as if it were on its way out until a hundred others were deleted after it."""
    drive, pool = with_pool()
    for number in range(domains.REMEMBERED + 1):
        drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain=f"people-{number}")
        drive.call("DeleteUserPoolDomain", UserPoolId=pool, Domain=f"people-{number}")
    told = {
        number: rests_on(drive.outcome("DescribeUserPoolDomain", Domain=f"people-{number}"))
        for number in (0, 1)
    }
    assert "domains/missing-domain-is-empty" in told[0]
    assert "domains/deletes-domain" in told[1]
    assert len(drive.world.former_domains) == domains.REMEMBERED
