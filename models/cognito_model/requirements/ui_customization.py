"""The look of the classic hosted UI."""

from cognito_model.requirement import MUST, documented, requirement

BOTH = ("GetUICustomization", "SetUICustomization")

needs_domain = requirement(
    "ui-customization/needs-domain",
    "The look of the hosted UI is refused in a pool without a domain.",
    MUST,
    *BOTH,
    raises="InvalidParameterException",
    says=(
        "There has to be an existing domain associated with this user pool",
        "{}There has to be an existing domain associated with this user pool{}",
        "A domain must be associated with this user pool.",
    ),
    facts="ui-needs-domain deploy-ui-needs-domain",
)
css_class_is_allowed = requirement(
    "ui-customization/css-class-is-allowed",
    "CSS for a class that the hosted UI does not let be styled is refused.",
    MUST,
    "SetUICustomization",
    raises="InvalidParameterException",
    says="The CSS class {} is not in the list of allowed classes.",
    facts="deploy-css-class",
)
empty_unless_set = requirement(
    "ui-customization/empty-unless-set",
    "GetUICustomization answers an empty UICustomization where nothing was set.",
    MUST,
    "GetUICustomization",
    facts="ui-get-empty",
)
sets_look = requirement(
    "ui-customization/sets-look",
    "SetUICustomization answers with the CSS and image that it was given, for all clients or for one.",
    MUST,
    *BOTH,
    facts="ui-set-image ui-client-overrides-all ui-without-dates",
)
shows_look = requirement(
    "ui-customization/shows-look",
    "GetUICustomization answers with what was set for the client, or else for all.",
    MUST,
    "GetUICustomization",
    facts="ui-client-overrides-all ui-without-dates",
    evidence=(documented("API_GetUICustomization: 'user-pool level … if no app client branding'", 0.85),),
)
clears_look = requirement(
    "ui-customization/clears-look",
    "SetUICustomization without CSS and image takes away what was set.",
    MUST,
    *BOTH,
    facts="ui-clear",
)
