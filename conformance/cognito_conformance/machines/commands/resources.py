"""Resource servers, domains, import jobs, replicas, limits and tags."""

from __future__ import annotations

from typing import Any

from cognito_conformance.machines import roles
from cognito_conformance.machines.pick import Params, Pick, command, without_none
from cognito_model import domains, pool_view
from cognito_model.terms import Junk


@command("CreateResourceServer", "resources", "clients", weight=2)
def create_resource_server(pick: Pick) -> Params:
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("write", "read", "admin")]
    known = list(pick.pool.resources.get("ResourceServers", {}))
    taken = pick.goes_wrong() and known
    return without_none(
        UserPoolId=roles.pool_id(pick),
        Identifier=known[-1] if taken else f"https://api{pick.step}.example.com",
        Name=f"api {pick.step}",
        Scopes=scopes[:1] * 2 if pick.goes_wrong() else pick.maybe(60, lambda: scopes[: pick.index(3) + 1]),
    )


@command("DescribeResourceServer", "resources", weight=2)
def describe_resource_server(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Identifier": roles.resource(pick, "ResourceServers", "https://none"),
    }


@command("UpdateResourceServer", "resources", weight=1)
def update_resource_server(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Identifier": roles.resource(pick, "ResourceServers", "https://none"),
        "Name": f"renamed {pick.step}",
        **without_none(Scopes=pick.maybe(50, lambda: [{"ScopeName": "read", "ScopeDescription": "read"}])),
    }


@command("ListResourceServers", "resources", weight=1)
def list_resource_servers(pick: Pick) -> Params:
    most = 51 if pick.goes_wrong() else pick.of([1, 50])
    first = {"UserPoolId": roles.pool_id(pick), "MaxResults": most}
    return roles.paged(pick, "ListResourceServers", first)


@command("DeleteResourceServer", "resources", weight=1)
def delete_resource_server(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Identifier": roles.resource(pick, "ResourceServers", "https://none"),
    }


@command("CreateUserPoolDomain", "resources", weight=2)
def create_user_pool_domain(pick: Pick) -> Params:
    taken = [domain for domain in pick.world.domains if isinstance(domain, str)]
    if pick.goes_wrong():
        name = pick.of(["my-aws-login", "Upper_Case", *taken[-1:]])
    else:
        name = f"conf{pick.subject.mark}-{pick.step}-{pick.index(999983)}"
    return without_none(
        UserPoolId=roles.pool_id(pick), Domain=name, ManagedLoginVersion=pick.of([None, None, 1, 2])
    )


@command("CreateUserPoolDomain", "resources", weight=1)
def create_custom_domain(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "Domain": f"login{pick.subject.mark}-{pick.step}-{pick.index(999983)}.example.com",
        "CustomDomainConfig": {"CertificateArn": CERTIFICATE},
    }


@command("UpdateUserPoolDomain", "resources", weight=1)
def update_user_pool_domain(pick: Pick) -> Params:
    name = _domain(pick)
    domain = pick.world.domains.get(name)
    custom = domain is not None and domains.is_custom(domain)
    wrong = pick.goes_wrong()
    return without_none(
        UserPoolId=roles.pool_id(pick),
        Domain=name,
        ManagedLoginVersion=3 if wrong and not custom else pick.of([1, 2]),
        CustomDomainConfig={"CertificateArn": CERTIFICATE} if custom != (wrong and pick.chance(50)) else None,
    )


@command("DescribeUserPoolDomain", "resources", weight=2)
def describe_user_pool_domain(pick: Pick) -> Params:
    return {"Domain": _domain(pick)}


@command("DeleteUserPoolDomain", "resources", weight=1)
def delete_user_pool_domain(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "Domain": _domain(pick)}


@command("CreateUserImportJob", "resources", weight=1)
def create_user_import_job(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "JobName": f"job {pick.step}",
        "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/import-logs",
    }


@command("DescribeUserImportJob", "resources", weight=1)
@command("StartUserImportJob", "resources", weight=1)
@command("StopUserImportJob", "resources", weight=1)
def of_user_import_job(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "JobId": roles.resource(pick, "UserImportJobs", Junk("ImportJobId", 1)),
    }


@command("ListUserImportJobs", "resources", weight=1)
def list_user_import_jobs(pick: Pick) -> Params:
    first = {"UserPoolId": roles.pool_id(pick), "MaxResults": 61 if pick.goes_wrong() else pick.of([1, 60])}
    return roles.paged(pick, "ListUserImportJobs", first, "PaginationToken")


@command("CreateUserPoolReplica", "resources", weight=1)
def create_user_pool_replica(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "RegionName": "us-west-2"}


@command("UpdateUserPoolReplica", "resources", weight=1)
def update_user_pool_replica(pick: Pick) -> Params:
    return {
        "UserPoolId": roles.pool_id(pick),
        "RegionName": _region(pick),
        "Status": pick.of(["ACTIVE", "INACTIVE"]),
    }


@command("DeleteUserPoolReplica", "resources", weight=1)
def delete_user_pool_replica(pick: Pick) -> Params:
    return {"UserPoolId": roles.pool_id(pick), "RegionName": _region(pick)}


@command("ListUserPoolReplicas", "resources", weight=1)
def list_user_pool_replicas(pick: Pick) -> Params:
    return roles.paged(pick, "ListUserPoolReplicas", {"UserPoolId": roles.pool_id(pick)})


@command("GetProvisionedLimit", "resources", weight=1)
def get_provisioned_limit(pick: Pick) -> Params:
    return {"LimitDefinition": _limit(pick)}


@command("UpdateProvisionedLimit", "resources", weight=1)
def update_provisioned_limit(pick: Pick) -> Params:
    """Less than what is free is always refused; what is not changes, and costs, in the whole account."""
    return {"LimitDefinition": _limit(pick), "RequestedLimitValue": 1}


@command("TagResource", "resources", weight=2)
def tag_resource(pick: Pick) -> Params:
    wrong: list[dict[str, str]] = [{"aws:reserved": "x"}, {f"tag{n}": "x" for n in range(51)}]
    tags = pick.of(wrong) if pick.goes_wrong() else {f"tag{pick.index(3)}": f"value {pick.index(3)}"}
    return {"ResourceArn": _arn(pick), "Tags": tags}


@command("UntagResource", "resources", weight=1)
def untag_resource(pick: Pick) -> Params:
    return {"ResourceArn": _arn(pick), "TagKeys": [f"tag{pick.index(3)}"]}


@command("ListTagsForResource", "resources", weight=2)
def list_tags_for_resource(pick: Pick) -> Params:
    return {"ResourceArn": _arn(pick)}


CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"


def _domain(pick: Pick) -> str:
    """A domain that somebody has; wrong: one that nobody has, or has any more."""
    known = [name for name in pick.world.domains if isinstance(name, str)]
    if pick.goes_wrong() or not known:
        return pick.of(["no-such-domain-here", *pick.world.former_domains[-1:]])
    return pick.of(known[-2:])


def _region(pick: Pick) -> str:
    return str(roles.resource(pick, "Replicas", "eu-west-1"))


def _limit(pick: Pick) -> Params:
    attributes = (
        pick.of([{}, {"Category": "NoSuchCategory"}]) if pick.goes_wrong() else {"Category": "UserRead"}
    )
    return {"LimitClass": "API_CATEGORY", "Attributes": attributes}


def _arn(pick: Pick) -> Any:
    return Junk("PoolArn", 1) if pick.goes_wrong() else pool_view.arn(pick.pool)
