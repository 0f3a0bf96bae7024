"""User pools: made, described, listed, deleted."""

from __future__ import annotations

from cognito_model.expect import ABSENT, unwrap
from cognito_model.terms import Fresh, Junk
from support.drive import Drive
from support.expectations import reasons, rests_on, tolerated


def new_pool(drive: Drive, **params: object) -> Fresh:
    """The id of a pool that was just made."""
    return drive.call("CreateUserPool", **{"PoolName": "people", **params})["UserPool"]["Id"]


def test_creation_answers_pool_with_equal_dates():
    """CreateUserPool makes a user pool and answers with its id, its name and two dates that are equal."""
    drive = Drive()
    made = drive.call("CreateUserPool", PoolName="people")["UserPool"]
    assert made["Id"] == Fresh("PoolId", 1)
    assert made["Name"] == "people"
    assert made["CreationDate"] == made["LastModifiedDate"] == Fresh("Instant", 1)
    assert "pools/creates-pool" in rests_on(drive.outcome("CreateUserPool", PoolName="x"))


def test_pool_has_an_arn():
    """A user pool's ARN has the form arn:aws:cognito-idp:region:account:userpool/id."""
    assert "pools/arn-has-form" in rests_on(Drive().outcome("CreateUserPool", PoolName="x"))


def test_description_repeats_what_was_made():
    """DescribeUserPool answers with the pool's id, name and the date of its creation."""
    drive = Drive()
    pool = new_pool(drive)
    shown = drive.call("DescribeUserPool", UserPoolId=pool)["UserPool"]
    assert (shown["Id"], shown["Name"], shown["CreationDate"]) == (pool, "people", Fresh("Instant", 1))
    expected = drive.outcome("DescribeUserPool", UserPoolId=pool)
    assert {"pools/describes-pool", "pools/modified-is-not-before-created"} <= rests_on(expected)


def test_given_settings_are_shown():
    """The settings that CreateUserPool was given are the pool's settings."""
    drive = Drive()
    pool = new_pool(
        drive, DeletionProtection="ACTIVE", SmsAuthenticationMessage="{####}", UserPoolTier="PLUS"
    )
    outcome = drive.outcome("DescribeUserPool", UserPoolId=pool)
    shown = outcome.replies[0].members["UserPool"]
    for member in ("DeletionProtection", "SmsAuthenticationMessage", "UserPoolTier"):
        assert reasons(shown[member]) == {"pools/keeps-settings"}
    assert unwrap(shown["UserPoolTier"]) == "PLUS"


def test_users_are_estimated():
    """DescribeUserPool answers EstimatedNumberOfUsers."""
    drive = Drive()
    pool = new_pool(drive)
    client = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"][
        "ClientId"
    ]
    drive.call("SignUp", ClientId=client, Username="ann", Password="Passw0rd!x")
    outcome = drive.outcome("DescribeUserPool", UserPoolId=pool)
    assert {"pools/shows-user-estimate", "pools/user-estimate-counts"} <= rests_on(outcome)
    parts = outcome.replies[0].members["UserPool"]["EstimatedNumberOfUsers"].parts
    assert unwrap(parts[-1]) == 1


def test_clients_of_a_deleted_pool_sign_nobody_in():
    """An app client of a deleted pool is none, for a sign-in and a recovery too."""
    drive = Drive()
    pool = new_pool(drive)
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]
    drive.call("DeleteUserPool", UserPoolId=pool)
    given = {"USERNAME": "ann", "PASSWORD": "Passw0rd!x"}
    start = {"ClientId": made["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}
    assert drive.refused("InitiateAuth", **start) == {"common/client-exists"}
    assert drive.refused("ForgotPassword", ClientId=made["ClientId"], Username="ann") == {
        "common/client-exists"
    }


def test_deleted_pool_is_gone_with_its_clients():
    """DeleteUserPool deletes the pool with its app clients, groups, users, providers and resource servers."""
    drive = Drive()
    pool = new_pool(drive)
    client = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"][
        "ClientId"
    ]
    assert "pools/deletes-pool" in rests_on(drive.outcome("DeleteUserPool", UserPoolId=pool))
    drive.call("DeleteUserPool", UserPoolId=pool)
    assert drive.refused("DescribeUserPool", UserPoolId=pool) == {"common/pool-exists"}
    assert drive.refused("DeleteUserPool", UserPoolId=pool) == {"common/pool-exists"}
    refused = drive.refused("SignUp", ClientId=client, Username="ann", Password="Passw0rd!x")
    assert refused == {"common/client-exists"}


def test_protected_pool_is_not_deleted():
    """A pool whose DeletionProtection is ACTIVE is not deleted."""
    drive = Drive()
    pool = new_pool(drive, DeletionProtection="ACTIVE")
    assert drive.refused("DeleteUserPool", UserPoolId=pool) == {"pools/protected-pool-stays"}
    drive.call("UpdateUserPool", UserPoolId=pool, DeletionProtection="INACTIVE")
    drive.call("DeleteUserPool", UserPoolId=pool)


def test_pool_with_domain_is_not_deleted():
    """A pool that has a domain is not deleted."""
    drive = Drive()
    pool = new_pool(drive)
    drive.call("CreateUserPoolDomain", UserPoolId=pool, Domain="people-1")
    assert drive.refused("DeleteUserPool", UserPoolId=pool) == {"pools/pool-with-domain-stays"}
    drive.call("DeleteUserPoolDomain", UserPoolId=pool, Domain="people-1")
    assert tolerated(drive.outcome("DeleteUserPool", UserPoolId=pool)) == {"pools/pool-with-domain-stays"}


def test_pools_are_listed_among_others():
    """ListUserPools lists every user pool of the account and region once, over all pages."""
    drive = Drive()
    pools = [new_pool(drive) for _ in range(3)]
    outcome = drive.outcome("ListUserPools", MaxResults=2)
    page = outcome.replies[0].members["UserPools"]
    assert page.required == frozenset(pools)
    assert page.open
    assert page.limit == 2
    assert "pools/lists-pools" in rests_on(outcome)


def test_unknown_pool_is_refused():
    """An operation on a user pool that does not exist is refused."""
    assert Drive().refused("DescribeUserPool", UserPoolId=Junk("PoolId")) == {"common/pool-exists"}


def test_domain_names_are_absent_without_domain():
    """DescribeUserPool shows no domain where the pool has none."""
    drive = Drive()
    shown = drive.call("DescribeUserPool", UserPoolId=new_pool(drive))["UserPool"]
    assert shown["Domain"] is ABSENT
    assert shown["CustomDomain"] is ABSENT
