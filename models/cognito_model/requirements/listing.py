"""ListUsers: filters, pages, attributes."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

lists_users = requirement(
    "listing/lists-users",
    "ListUsers lists every user of the pool, disabled ones too.",
    MUST,
    "ListUsers",
    facts="lu-disabled-listed lu-limit-ok lu-empty-filter lu-empty-pages delete-list-immediate "
    "signup-plain-pool-duplicate-email-ok",
)
filter_selects = requirement(
    "listing/filter-selects",
    "A filter with = selects the users whose attribute has the value.",
    MUST,
    "ListUsers",
    facts="lu-searchable lu-username-filter-no-alias lu-case-insensitive",
)
prefix_selects = requirement(
    "listing/prefix-selects",
    "A filter with ^= selects the users whose attribute begins with the value.",
    MUST,
    "ListUsers",
    evidence=(documented("API_ListUsers: Filter, Filter-Type", 0.95),),
)
status_filter_selects = requirement(
    "listing/status-filter-selects",
    "A filter on status selects by whether users are enabled, one on cognito:user_status by their status.",
    MUST,
    "ListUsers",
    facts="lu-status-filter",
    evidence=(Evidence("reported", "https://github.com/ministackorg/ministack/pull/1082", 0.8),),
)
filter_ignores_case = requirement(
    "listing/filter-ignores-case",
    "A filter on email or cognito:user_status selects a user whose value differs from it in case alone.",
    MUST,
    "ListUsers",
    evidence=(
        documented(
            "awsdocs/amazon-cognito-developer-guide@0b4d546:doc_source/how-to-manage-user-accounts.md: "
            "'All searches are case-insensitive'",
            0.8,
            "the list of attributes there and in API_ListUsers calls username and status case-sensitive, "
            "cognito:user_status case-insensitive, and says nothing of email",
        ),
        Evidence("reported", "https://github.com/ministackorg/ministack/pull/1465", 0.75),
    ),
    disputed=True,  # fact lu-case-insensitive: the guide's sentence and its list disagree
)
filter_is_well_formed = requirement(
    "listing/filter-is-well-formed",
    "A filter that does not parse is refused.",
    MUST,
    "ListUsers",
    raises="InvalidParameterException",
    says="Error while parsing filter.",
    facts="lu-bad-filter",
)
attribute_is_searchable = requirement(
    "listing/attribute-is-searchable",
    "A filter on an attribute that cannot be searched, such as a custom one, is refused.",
    MUST,
    "ListUsers",
    raises="InvalidParameterException",
    says=("Input fails to satisfy the constraints.", "Invalid search attribute: {}"),
    facts="lu-searchable val-generic-wording-of-filter",
    evidence=(documented("API_ListUsers: custom attributes aren't searchable", 0.9),),
    says_disputed=True,
)
shows_asked_attributes = requirement(
    "listing/shows-asked-attributes",
    "With AttributesToGet users come with the attributes that were asked for, and no others.",
    MUST,
    "ListUsers",
    facts="lu-attributes-missing lu-searchable",
)
asked_attribute_exists = requirement(
    "listing/asked-attribute-exists",
    "Listing users with an attribute that the schema does not have is refused.",
    MUST,
    "ListUsers",
    raises="InvalidParameterException",
    says=("One or more requested attributes do not exist.", "Input fails to satisfy the constraints."),
    facts="lu-attributes-missing val-generic-new-wording",
)
asked_attribute_may_be_missing = requirement(
    "listing/asked-attribute-may-be-missing",
    "Asking for no attribute, for sub, for a custom one, or for one that some user lacks may be refused.",
    MUST,
    "ListUsers",
    raises="InvalidParameterException",
    says=("One or more requested attributes do not exist.", "Input fails to satisfy the constraints."),
    facts="lu-attributes-missing lu-attributes-invalid lu-attributes-empty",
)
