"""ListUsers: filters, pages, attributes."""

from cognito_model.requirement import MUST, requirement

lists_users = requirement(
    "listing/lists-users",
    "ListUsers lists every user of the pool, disabled ones too.",
    MUST,
    "ListUsers",
    facts="lu-disabled-listed lu-limit-ok lu-empty-filter delete-list-immediate",
)
filter_selects = requirement(
    "listing/filter-selects",
    "A filter selects the users whose attribute has the value, or begins with it.",
    MUST,
    "ListUsers",
    facts="lu-searchable lu-username-filter-no-alias",
)
status_filter_selects = requirement(
    "listing/status-filter-selects",
    "A filter on status selects by whether users are enabled, one on cognito:user_status by their status.",
    MUST,
    "ListUsers",
    facts="lu-status-filter",
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
    facts="lu-searchable",
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
    "Asking for an attribute that the schema does not have is refused.",
    MUST,
    "ListUsers",
    raises="InvalidParameterException",
    says=("One or more requested attributes do not exist.", "Input fails to satisfy the constraints."),
    facts="lu-attributes-missing val-generic-new-wording",
)
