"""Replicas of a user pool in other regions."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

TERRAFORM = Evidence(
    "recorded",
    "hashicorp/terraform-provider-aws@3ca5bdf3:internal/service/cognitoidp/user_pool_replica_test.go",
    0.85,
)

creates_replica = requirement(
    "replicas/creates-replica",
    "CreateUserPoolReplica answers with a secondary replica that is being created.",
    MUST,
    "CreateUserPoolReplica",
    facts="replica-lifecycle replica-pending",
    evidence=(TERRAFORM,),
)
pool_can_be_replicated = requirement(
    "replicas/pool-can-be-replicated",
    "A pool without a key of the customer's own, or in a tier without replicas, may be refused one.",
    MUST,
    "CreateUserPoolReplica",
    raises="InvalidParameterException OperationNotEnabledException FeatureUnavailableInTierException "
    "LimitExceededException NotAuthorizedException",
    evidence=(documented("API_KeyConfigurationType: 'You must use a multi-region key'", 0.8),),
)
region_is_free = requirement(
    "replicas/region-is-free",
    "A second replica in one region is refused.",
    MUST,
    "CreateUserPoolReplica",
    raises="InvalidParameterException OperationNotEnabledException LimitExceededException",
    evidence=(documented("API_CreateUserPoolReplica: a replica in a Region", 0.7),),
)
replica_exists = requirement(
    "replicas/replica-exists",
    "An operation on a replica that the pool does not have is refused.",
    MUST,
    "UpdateUserPoolReplica",
    "DeleteUserPoolReplica",
    raises="ResourceNotFoundException InvalidParameterException OperationNotEnabledException",
    evidence=(documented("API_UpdateUserPoolReplica: errors", 0.8),),
)
sets_status = requirement(
    "replicas/sets-status",
    "UpdateUserPoolReplica sets the status of a replica and answers with it.",
    MUST,
    "UpdateUserPoolReplica",
    "ListUserPoolReplicas",
    evidence=(documented("API_UpdateUserPoolReplica: Status", 0.85), TERRAFORM),
)
replica_is_ready = requirement(
    "replicas/replica-is-ready",
    "A replica may be refused a change while it is being created.",
    MUST,
    "UpdateUserPoolReplica",
    "DeleteUserPoolReplica",
    raises="InvalidParameterException OperationNotEnabledException",
    facts="replica-lifecycle",
)
active_replica_stays = requirement(
    "replicas/active-replica-stays",
    "An active replica is not deleted.",
    MUST,
    "DeleteUserPoolReplica",
    raises="InvalidParameterException OperationNotEnabledException",
    facts="replica-delete-active",
)
deletes_replica = requirement(
    "replicas/deletes-replica",
    "DeleteUserPoolReplica deletes an inactive replica.",
    MUST,
    "DeleteUserPoolReplica",
    evidence=(documented("API_DeleteUserPoolReplica: UserPoolReplica", 0.85), TERRAFORM),
)
lists_replicas = requirement(
    "replicas/lists-replicas",
    "ListUserPoolReplicas lists the pool itself as the primary, and its replicas.",
    MUST,
    "ListUserPoolReplicas",
    facts="replica-lifecycle",
    evidence=(TERRAFORM,),
)
