"""Jobs that import users from a file."""

from cognito_model.requirement import MUST, documented, inferred, requirement

ONE = ("DescribeUserImportJob", "StartUserImportJob", "StopUserImportJob")

creates_job = requirement(
    "import-jobs/creates-job",
    "CreateUserImportJob makes a job whose status is Created, with counts of 0 and an address for its file.",
    MUST,
    "CreateUserImportJob",
    "DescribeUserImportJob",
    "ListUserImportJobs",
    facts="import-create-shape import-status-enum",
)
job_id_has_form = requirement(
    "import-jobs/job-id-has-form",
    "A job's id is import- and a random part.",
    MUST,
    "CreateUserImportJob",
    facts="import-create-shape",
)
role_is_usable = requirement(
    "import-jobs/role-is-usable",
    "A role that Cognito may not assume may be refused.",
    MUST,
    "CreateUserImportJob",
    raises="InvalidParameterException PreconditionNotMetException NotAuthorizedException",
    facts="cons-iam-role",
)
job_exists = requirement(
    "import-jobs/job-exists",
    "An operation on a job that the pool does not have is refused.",
    MUST,
    *ONE,
    raises="ResourceNotFoundException InvalidParameterException",
    evidence=(documented("API_DescribeUserImportJob: ResourceNotFoundException", 0.85),),
)
describes_job = requirement(
    "import-jobs/describes-job",
    "DescribeUserImportJob answers with the job.",
    MUST,
    "DescribeUserImportJob",
    facts="import-create-shape import-status-enum",
)
file_is_uploaded = requirement(
    "import-jobs/file-is-uploaded",
    "A job whose file was not uploaded is not started.",
    MUST,
    "StartUserImportJob",
    raises="PreconditionNotMetException",
    says="No csv file was uploaded for {}",
    facts="import-start-no-csv",
)
job_is_running = requirement(
    "import-jobs/job-is-running",
    "A job that was not started is not stopped.",
    MUST,
    "StopUserImportJob",
    raises="PreconditionNotMetException InvalidParameterException",
    evidence=(inferred("API_StopUserImportJob: PreconditionNotMetException", 0.6),),
)
lists_jobs = requirement(
    "import-jobs/lists-jobs",
    "ListUserImportJobs lists every job of the pool once, over all pages.",
    MUST,
    "ListUserImportJobs",
    facts="import-list-paging import-list-newest-first",
)
