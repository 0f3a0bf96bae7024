"""CreateUserImportJob, DescribeUserImportJob, StartUserImportJob, StopUserImportJob, ListUserImportJobs.

The file of a job goes to a store that the model does not see, so no job of the model is ever started.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model import paging, resources
from cognito_model.call import Call, operation
from cognito_model.expect import Because, Both, OneOf, Pattern
from cognito_model.operations.common import instant, need_pool
from cognito_model.requirements import import_jobs as R
from cognito_model.resources import Resource

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Pool

KIND = "UserImportJobs"
COUNTS = ("ImportedUsers", "SkippedUsers", "FailedUsers")
_ID = Pattern(r"import-[0-9a-zA-Z-]+", "")
_UPLOAD = Pattern(
    r"https://.+", "https://aws-cognito-idp-user-import.s3.amazonaws.com/upload?X-Amz-Expires=899"
)


@operation("CreateUserImportJob")
def create_user_import_job(call: Call) -> Outcome:
    """Make a job that will import users."""
    pool = need_pool(call)
    call.tolerate_if(True, R.role_is_usable)
    now = instant(call)
    job = Resource(call.fresh("ImportJobId"), {"UserPoolId": pool.id, "Status": "Created"}, now, now)
    names = ("JobName", "CloudWatchLogsRoleArn", "PasswordHashingAlgorithm")
    given = {name: call.params[name] for name in names if call.params.get(name) is not None}
    job = resources.write(call, job, R.creates_job, given)
    world = call.world.with_pool(resources.put(call, pool, R.creates_job, KIND, job))
    return call.reply(R.creates_job, world, UserImportJob=looks(job))


def looks(job: Resource) -> dict[str, Any]:
    """UserImportJobType of a job that was not started; after a day or two it expires unused."""
    members = {name: job.shown(name) for name in job.members if name != "UserPoolId"}
    return {
        "JobId": Both.of(Because(_ID, R.job_id_has_form), job.key),
        "UserPoolId": job.members["UserPoolId"],
        "PreSignedUrl": _UPLOAD,
        "CreationDate": job.created,
        **members,
        "Status": OneOf.of(members["Status"], "Expired"),
        **dict.fromkeys(COUNTS, 0),
    }


def need_job(call: Call, pool: Pool) -> Resource:
    """The job that JobId names; the call is refused where there is none."""
    job = resources.table(pool, KIND).get(call.JobId)
    if job is None:
        call.refuse(R.job_exists)
    return job


@operation("DescribeUserImportJob")
def describe_user_import_job(call: Call) -> Outcome:
    """Show a job."""
    return call.reply(R.describes_job, UserImportJob=looks(need_job(call, need_pool(call))))


@operation("StartUserImportJob")
def start_user_import_job(call: Call) -> Outcome:
    """Start a job; without its file it does not start."""
    job = need_job(call, need_pool(call))
    call.refuse(R.file_is_uploaded, job.key)


@operation("StopUserImportJob")
def stop_user_import_job(call: Call) -> Outcome:
    """Stop a job; one that does not run cannot be stopped."""
    need_job(call, need_pool(call))
    call.refuse(R.job_is_running)


@operation("ListUserImportJobs")
def list_user_import_jobs(call: Call) -> Outcome:
    """List the jobs of a pool."""
    pool = need_pool(call)
    newest_first = reversed(tuple(resources.table(pool, KIND).values()))
    items = {job.key: looks(job) for job in newest_first}
    return paging.page(
        call,
        R.lists_jobs,
        items,
        member="UserImportJobs",
        key="JobId",
        limit=paging.limit(call.MaxResults),
        token="PaginationToken",
    )
