"""Resource servers and their scopes."""

from cognito_model.requirement import MUST, SHOULD, documented, requirement

ONE = ("DescribeResourceServer", "UpdateResourceServer", "DeleteResourceServer")

creates_server = requirement(
    "resource-servers/creates-server",
    "CreateResourceServer answers with the resource server's pool, identifier, name and scopes.",
    MUST,
    "CreateResourceServer",
    "DescribeResourceServer",
    facts="rs-create-no-scopes rs-scopes-sorted",
)
no_scopes_are_none = requirement(
    "resource-servers/no-scopes-are-none",
    "A resource server without scopes is accepted, and shows none.",
    MUST,
    "CreateResourceServer",
    "DescribeResourceServer",
    facts="rs-create-no-scopes",
)
scopes_are_sorted = requirement(
    "resource-servers/scopes-are-sorted",
    "Scopes are shown in the order of their names.",
    SHOULD,
    "CreateResourceServer",
    "DescribeResourceServer",
    facts="rs-scopes-sorted rs-scopes-as-given",
    disputed=True,  # answers in Amazon's own examples keep the order of the request
)
identifier_is_free = requirement(
    "resource-servers/identifier-is-free",
    "A resource server with an identifier that the pool already has is refused.",
    MUST,
    "CreateResourceServer",
    raises="InvalidParameterException",
    facts="rs-duplicate",
    evidence=(documented("API_CreateResourceServer: Identifier, 'unique'; InvalidParameterException", 0.75),),
)
scope_names_differ = requirement(
    "resource-servers/scope-names-differ",
    "A resource server with two scopes of one name may be refused.",
    MUST,
    "CreateResourceServer",
    "UpdateResourceServer",
    raises="InvalidParameterException",
    evidence=(documented("API_ResourceServerScopeType: ScopeName, a name within its server", 0.5),),
)
server_limit = requirement(
    "resource-servers/server-limit",
    "A pool may refuse more than 25 resource servers.",
    MUST,
    "CreateResourceServer",
    raises="LimitExceededException",
    facts="rs-limit",
)
server_exists = requirement(
    "resource-servers/server-exists",
    "An operation on a resource server that the pool does not have is refused.",
    MUST,
    *ONE,
    raises="ResourceNotFoundException",
    facts="rs-describe-unknown",
)
describes_server = requirement(
    "resource-servers/describes-server",
    "DescribeResourceServer answers with the resource server.",
    MUST,
    "DescribeResourceServer",
    facts="rs-scopes-sorted rs-update-name",
)
updates_server = requirement(
    "resource-servers/updates-server",
    "UpdateResourceServer sets the name and the scopes of a resource server.",
    MUST,
    "UpdateResourceServer",
    "DescribeResourceServer",
    facts="rs-update-name",
)
unnamed_scopes_go = requirement(
    "resource-servers/unnamed-scopes-go",
    "After an UpdateResourceServer without Scopes, the resource server has none.",
    MUST,
    "UpdateResourceServer",
    "DescribeResourceServer",
    facts="rs-update-omit-scopes-clears",
)
deletes_server = requirement(
    "resource-servers/deletes-server",
    "DeleteResourceServer deletes the resource server, even where app clients name its scopes.",
    MUST,
    "DeleteResourceServer",
    raises="ResourceNotFoundException",
    facts="rs-delete-in-use rs-describe-unknown",
)
lists_servers = requirement(
    "resource-servers/lists-servers",
    "ListResourceServers lists every resource server of the pool once, over all pages.",
    MUST,
    "ListResourceServers",
    facts="page-token-names",
    evidence=(documented("API_ListResourceServers: ResourceServers", 0.9),),
)
