"""What holds of every listing that comes in pages."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

LISTS = (
    "ListUserPools",
    "ListUserPoolClients",
    "ListUsers",
    "ListUsersInGroup",
    "ListGroups",
    "AdminListGroupsForUser",
    "AdminListUserAuthEvents",
    "ListDevices",
    "AdminListDevices",
    "ListIdentityProviders",
    "ListResourceServers",
    "ListUserImportJobs",
    "ListWebAuthnCredentials",
    "ListUserPoolClientSecrets",
    "ListTerms",
    "ListUserPoolReplicas",
)

page_token_is_genuine = requirement(
    "paging/page-token-is-genuine",
    "A page token that no earlier page of the same listing gave is refused.",
    MUST,
    *LISTS,
    raises="InvalidParameterException",
    evidence=(
        documented("API_ListUsers: PaginationToken is the identifier that the previous call returned", 0.75),
        Evidence("reported", "API_ListUsers and others declare InvalidParameterException for it", 0.7),
    ),
)
token_comes_while_more_remain = requirement(
    "paging/token-comes-while-more-remain",
    "A page that cannot hold all that remains brings a page token.",
    MUST,
    *LISTS,
    facts="page-token-names pool-list-item-shape",
)
page_keeps_limit = requirement(
    "paging/page-keeps-limit",
    "A page holds no more items than were asked for.",
    MUST,
    *LISTS,
    facts="lu-limit-ok",
    evidence=(
        documented(
            "API_ListGroups: Limit is the maximum number of groups to return; others say the same", 0.92
        ),
    ),
)
