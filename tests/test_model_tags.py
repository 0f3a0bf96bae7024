"""Tags of user pools."""

from __future__ import annotations

import pytest

from cognito_model.expect import Exactly
from cognito_model.requirements import catalogue
from cognito_model.terms import Fresh
from support.drive import Drive, plain
from support.expectations import reasons, rests_on, tolerated


def tagged(**tags: str) -> tuple[Drive, Fresh]:
    """A world with one pool that has these tags, and the pool's ARN."""
    drive = Drive()
    drive.call("CreateUserPool", PoolName="people", **({"UserPoolTags": tags} if tags else {}))
    return drive, Fresh("PoolArn", 1)


def test_tags_are_merged():
    """TagResource adds its tags to those that the pool has."""
    drive, arn = tagged(a="1", b="2")
    outcome = drive.outcome("TagResource", ResourceArn=arn, Tags={"b": "3", "c": "4"})
    assert rests_on(outcome) == {"tags/tags-are-merged"}
    drive.world = outcome.replies[0].world
    listed = drive.outcome("ListTagsForResource", ResourceArn=arn)
    assert rests_on(listed) == {"tags/lists-tags", "tags/tags-are-merged"}
    assert plain(listed.replies[0].members["Tags"]) == Exactly({"a": "1", "b": "3", "c": "4"})


def test_tags_are_removed():
    """UntagResource takes away the tags with these keys, and ignores keys that the pool does not have."""
    drive, arn = tagged(a="1", b="2")
    drive.call("UntagResource", ResourceArn=arn, TagKeys=["a", "z"])
    found = drive.outcome("ListTagsForResource", ResourceArn=arn).replies[0].members["Tags"]
    assert reasons(found) == {"tags/tags-are-removed"}
    assert plain(found) == Exactly({"b": "2"})


@pytest.mark.parametrize(
    ("requirement", "tags"),
    [("fifty-tags", {f"k{n}": "v" for n in range(51)}), ("prefix-is-reserved", {"aws:x": "y"})],
)
def test_bad_tags_are_refused(requirement, tags):
    """More than fifty tags, and keys that begin with aws:, are refused."""
    drive, arn = tagged()
    assert drive.refused("TagResource", ResourceArn=arn, Tags=tags) == {f"tags/{requirement}"}
    assert drive.refused("CreateUserPool", PoolName="x", UserPoolTags=tags) == {f"tags/{requirement}"}


def test_reserved_tag_fails_nobody():
    """That a key which begins with aws: is refused is provisional: the page says only that it is not to be used."""
    assert catalogue()["tags/prefix-is-reserved"].provisional


def test_tags_of_nothing_are_refused():
    """An operation on the tags of a user pool that does not exist is refused."""
    drive, _ = tagged()
    arn = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_none"
    assert drive.refused("TagResource", ResourceArn=arn, Tags={}) == {"tags/resource-exists"}
    assert drive.refused("UntagResource", ResourceArn=arn, TagKeys=["a"]) == {"tags/resource-exists"}
    assert drive.refused("ListTagsForResource", ResourceArn=arn) == {"tags/resource-exists"}


def test_tags_of_deleted_pool_may_linger():
    """The tags of a deleted pool may still be listed."""
    drive, arn = tagged(a="1")
    drive.call("DeleteUserPool", UserPoolId=Fresh("PoolId", 1))
    outcome = drive.outcome("ListTagsForResource", ResourceArn=arn)
    assert rests_on(outcome) == {"tags/tags-may-linger"}
    assert tolerated(outcome) == {"tags/resource-exists"}
