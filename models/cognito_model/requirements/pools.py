"""User pools: made, described, listed, deleted."""

from cognito_model.requirement import MUST, SHOULD, Evidence, documented, inferred, requirement

CREATE = ("CreateUserPool", "DescribeUserPool")

creates_pool = requirement(
    "pools/creates-pool",
    "CreateUserPool makes a user pool and answers with its id, its name and two dates that are equal.",
    MUST,
    "CreateUserPool",
    facts="pool-create-dates-equal pool-default-mfa-off",
)
arn_has_form = requirement(
    "pools/arn-has-form",
    "A user pool's ARN has the form arn:aws:cognito-idp:region:account:userpool/id.",
    MUST,
    *CREATE,
    evidence=(
        documented("Service Authorization Reference, Amazon Cognito user pools: userpool resource type", 0.9),
        documented("AWS CLI example of cognito-idp describe-user-pool: Arn", 0.85),
    ),
)
describes_pool = requirement(
    "pools/describes-pool",
    "DescribeUserPool answers with the pool's id, name and the date of its creation.",
    MUST,
    "DescribeUserPool",
    facts="pool-addcustom-keeps-pool pool-name-updatable cons-read-after-write-config",
)
modified_is_not_before_created = requirement(
    "pools/modified-is-not-before-created",
    "A pool's LastModifiedDate is not before its CreationDate.",
    MUST,
    "DescribeUserPool",
    facts="pool-create-dates-equal",
)
keeps_settings = requirement(
    "pools/keeps-settings",
    "The settings that CreateUserPool was given are the pool's settings.",
    MUST,
    *CREATE,
    facts="pool-sms-auth-message-roundtrip pool-password-history-roundtrip pool-verification-template-both",
    evidence=(documented("API_CreateUserPool: request parameters are members of UserPoolType", 0.9),),
)
messages_are_mirrored = requirement(
    "pools/messages-are-mirrored",
    "The text of a verification message shows in the template and in the older member alike.",
    MUST,
    *CREATE,
    "UpdateUserPool",
    facts="pool-verification-message-mirror pool-verification-texts-differ",
)
shows_user_estimate = requirement(
    "pools/shows-user-estimate",
    "DescribeUserPool answers EstimatedNumberOfUsers.",
    MUST,
    "CreateUserPool",
    "DescribeUserPool",
    evidence=(
        documented("API_UserPoolType: EstimatedNumberOfUsers", 0.85),
        Evidence("reported", "https://github.com/getmoto/moto/issues/4452", 0.75),
    ),
)
user_estimate_counts = requirement(
    "pools/user-estimate-counts",
    "EstimatedNumberOfUsers is the number of the pool's users.",
    SHOULD,
    "DescribeUserPool",
    evidence=(inferred("API_UserPoolType calls the number an estimate; it may lag", 0.5),),
)
deletes_pool = requirement(
    "pools/deletes-pool",
    "DeleteUserPool deletes the pool with its app clients, groups, users, providers and resource servers.",
    MUST,
    "DeleteUserPool",
    facts="pool-delete-cascades pool-delete-idempotence",
)
protected_pool_stays = requirement(
    "pools/protected-pool-stays",
    "A pool whose DeletionProtection is ACTIVE is not deleted.",
    MUST,
    "DeleteUserPool",
    raises="InvalidParameterException",
    says="The user pool cannot be deleted because deletion protection is activated. Deletion protection must "
    "be inactivated first.",
    facts="pool-delete-protected",
    evidence=(documented("API_CreateUserPool: DeletionProtection", 0.95),),
)
pool_with_domain_stays = requirement(
    "pools/pool-with-domain-stays",
    "A pool that has a domain is not deleted.",
    MUST,
    "DeleteUserPool",
    raises="InvalidParameterException",
    says="User pool cannot be deleted. It has a domain configured that should be deleted first.",
    evidence=(
        Evidence("reported", "https://github.com/hashicorp/terraform-provider-aws/issues/14102", 0.92),
        Evidence("reported", "https://github.com/rebuy-de/aws-nuke/issues/330", 0.9),
    ),
)
lists_pools = requirement(
    "pools/lists-pools",
    "ListUserPools lists every user pool of the account and region once, over all pages.",
    MUST,
    "ListUserPools",
    facts="pool-list-item-shape",
)
