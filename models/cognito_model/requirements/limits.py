"""Request rates that an account has, and may buy."""

from cognito_model.requirement import MUST, documented, requirement

BOTH = ("GetProvisionedLimit", "UpdateProvisionedLimit")

shows_limit = requirement(
    "limits/shows-limit",
    "GetProvisionedLimit answers with the limit that it was asked for, as provisioned and as free.",
    MUST,
    "GetProvisionedLimit",
    facts="provisioned-limit-get",
)
sets_limit = requirement(
    "limits/sets-limit",
    "UpdateProvisionedLimit answers with the limit at its new value.",
    MUST,
    "UpdateProvisionedLimit",
    evidence=(documented("API_UpdateProvisionedLimit: Limit", 0.85),),
)
limit_is_known = requirement(
    "limits/limit-is-known",
    "A limit without a Category, or of one that there is not, is refused.",
    MUST,
    *BOTH,
    raises="InvalidParameterException ResourceNotFoundException",
    evidence=(documented("API_GetProvisionedLimit: Attributes, errors", 0.8),),
)
value_is_in_bounds = requirement(
    "limits/value-is-in-bounds",
    "A value below the free limit, or above what the account may have, is refused.",
    MUST,
    "UpdateProvisionedLimit",
    raises="InvalidParameterException ServiceQuotaExceededException",
    facts="provisioned-limit-update-bounds",
)
