"""Calls of administrators without a signature."""

from __future__ import annotations

from cognito_model.model import Request
from support.drive import MODEL, Drive


def unsigned(drive: Drive, operation: str, **params):
    return MODEL.predict(drive.world, Request(99, operation, params, signed=False), drive.now)


def test_an_unsigned_call_is_refused_and_what_it_would_do_is_known():
    """Without a signature an administrator's call is refused; a target that takes it does what it does with one."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="p")["UserPool"]["Id"]
    good = unsigned(drive, "CreateGroup", UserPoolId=pool, GroupName="staff")
    assert [r.requirement.slug for r in good.refusals] == ["protocol/iam-operation-is-signed"]
    assert good.replies[0].world.pools[pool].groups
    bad = unsigned(drive, "CreateGroup", UserPoolId=pool, GroupName="")
    assert [r.requirement.slug for r in bad.refusals] == ["protocol/iam-operation-is-signed"]
    assert not bad.replies
