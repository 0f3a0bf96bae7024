"""Terms documents of an app client."""

from __future__ import annotations

from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated

USE = {"TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE"}
PRIVACY = {**USE, "TermsName": "privacy-policy"}
LINKS = {"cognito:default": "https://example.com/terms"}
NONE = "00000000-0000-4000-8000-000000000000"


def with_client() -> tuple[Drive, dict[str, object], dict[str, object]]:
    """A world with a pool and a client, and what calls about the pool and about the client say."""
    drive = Drive()
    pool = {"UserPoolId": drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]}
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app")["UserPoolClient"]
    return drive, pool, {**pool, "ClientId": made["ClientId"]}


def test_terms_are_created_and_shown():
    """CreateTerms makes terms documents for an app client, which are shown by id and by client."""
    drive, pool, client = with_client()
    outcome = drive.outcome("CreateTerms", **client, **USE, Links=LINKS)
    assert "terms/creates-terms" in rests_on(outcome)
    drive.world = outcome.replies[0].world
    made = plain(outcome.replies[0].members)["Terms"]
    assert "terms/shows-terms" in rests_on(drive.outcome("DescribeTerms", **pool, TermsId=made["TermsId"]))
    shown = drive.call("DescribeTermsByClient", **client, TermsName="terms-of-use")["Terms"]
    assert shown["Links"] == LINKS


def test_client_has_one_of_each():
    """Terms of a name that the app client already has are refused, at creation and in an update."""
    drive, pool, client = with_client()
    drive.call("CreateTerms", **client, **USE, Links=LINKS)
    assert drive.refused("CreateTerms", **client, **USE, Links=LINKS) == {"terms/client-has-one-of-each"}
    other = drive.call("CreateTerms", **client, **PRIVACY, Links=LINKS)["Terms"]["TermsId"]
    refused = drive.refused("UpdateTerms", **pool, TermsId=other, TermsName="terms-of-use")
    assert refused == {"terms/client-has-one-of-each"}


def test_terms_without_links_may_be_refused():
    """Terms without links may be refused."""
    drive, _, client = with_client()
    assert tolerated(drive.outcome("CreateTerms", **client, **USE)) == {"terms/links-are-given"}


def test_missing_terms_are_refused():
    """An operation on terms that the pool does not have is refused."""
    drive, pool, client = with_client()
    for operation in ("DescribeTerms", "UpdateTerms", "DeleteTerms"):
        assert drive.refused(operation, **pool, TermsId=NONE) == {"terms/terms-exist"}
    refused = drive.refused("DescribeTermsByClient", **client, TermsName="privacy-policy")
    assert refused == {"terms/terms-exist"}


def test_terms_are_updated_listed_and_deleted():
    """UpdateTerms sets what it names, ListTerms lists, DeleteTerms deletes."""
    drive, pool, client = with_client()
    one = {**pool, "TermsId": drive.call("CreateTerms", **client, **USE, Links=LINKS)["Terms"]["TermsId"]}
    links = {"cognito:default": "https://example.com/new"}
    outcome = drive.outcome("UpdateTerms", **one, Links=links)
    assert reasons(outcome.replies[0].members["Terms"]["Links"]) == {"terms/updates-terms"}
    listed = drive.outcome("ListTerms", **pool)
    assert "terms/lists-terms" in rests_on(listed)
    assert listed.replies[0].members["Terms"].required == {one["TermsId"]}
    assert rests_on(drive.outcome("DeleteTerms", **one)) == {"terms/deletes-terms"}
    drive.call("DeleteTerms", **one)
    assert drive.refused("DescribeTerms", **one) == {"terms/deletes-terms"}
