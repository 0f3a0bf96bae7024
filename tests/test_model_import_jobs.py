"""Jobs that import users from a file."""

from __future__ import annotations

from support.drive import Drive, plain
from support.expectations import rests_on, texts, tolerated

JOB = {"JobName": "first", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs"}


def with_pool() -> tuple[Drive, dict[str, object]]:
    """A world with one pool, and what calls about it say."""
    drive = Drive()
    return drive, {"UserPoolId": drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]}


def test_job_is_created():
    """CreateUserImportJob makes a job whose status is Created, with counts of 0."""
    drive, pool = with_pool()
    outcome = drive.outcome("CreateUserImportJob", **pool, **JOB)
    assert {"import-jobs/creates-job", "import-jobs/job-id-has-form"} <= rests_on(outcome)
    assert tolerated(outcome) == {"import-jobs/role-is-usable"}
    drive.world = outcome.replies[0].world
    job = {"JobId": plain(outcome.replies[0].members)["UserImportJob"]["JobId"].parts[-1]}
    shown = drive.outcome("DescribeUserImportJob", **pool, **job)
    assert "import-jobs/describes-job" in rests_on(shown)
    members = plain(shown.replies[0].members)["UserImportJob"]
    assert plain(members["Status"].choices[0]) == "Created"
    assert members["ImportedUsers"] == 0


def test_job_without_file_does_not_start():
    """A job whose file was not uploaded is neither started nor stopped."""
    drive, pool = with_pool()
    made = drive.call("CreateUserImportJob", **pool, **JOB)["UserImportJob"]
    job = {**pool, "JobId": made["JobId"].parts[-1]}
    outcome = drive.outcome("StartUserImportJob", **job)
    assert {refusal.requirement.slug for refusal in outcome.refusals} == {"import-jobs/file-is-uploaded"}
    assert texts(outcome) == {(job["JobId"],)}
    assert drive.refused("StopUserImportJob", **job) == {"import-jobs/job-is-running"}


def test_missing_job_is_refused():
    """An operation on a job that the pool does not have is refused."""
    drive, pool = with_pool()
    for operation in ("DescribeUserImportJob", "StartUserImportJob", "StopUserImportJob"):
        assert drive.refused(operation, **pool, JobId="import-none") == {"import-jobs/job-exists"}


def test_jobs_are_listed():
    """ListUserImportJobs lists every job of the pool once, page tokens being called PaginationToken."""
    drive, pool = with_pool()
    jobs = [
        drive.call("CreateUserImportJob", **pool, **JOB)["UserImportJob"]["JobId"].parts[-1] for _ in "ab"
    ]
    outcome = drive.outcome("ListUserImportJobs", **pool, MaxResults=10)
    assert "import-jobs/lists-jobs" in rests_on(outcome)
    assert list(outcome.replies[0].members["UserImportJobs"].items) == jobs[::-1]  # the newest first
    assert outcome.replies[0].members["UserImportJobs"].token_member == "PaginationToken"
