"""Terms documents of an app client: terms of use and privacy policy."""

from cognito_model.requirement import MUST, documented, inferred, requirement

SHOW = ("DescribeTerms", "DescribeTermsByClient")

creates_terms = requirement(
    "terms/creates-terms",
    "CreateTerms makes terms documents for an app client and answers with them.",
    MUST,
    "CreateTerms",
    *SHOW,
    evidence=(documented("API_CreateTerms: Terms", 0.9),),
)
client_has_one_of_each = requirement(
    "terms/client-has-one-of-each",
    "Terms of a name that the app client already has are refused.",
    MUST,
    "CreateTerms",
    "UpdateTerms",
    raises="TermsExistsException",
    facts="terms-duplicate",
)
links_are_given = requirement(
    "terms/links-are-given",
    "Terms without links may be refused.",
    MUST,
    "CreateTerms",
    raises="InvalidParameterException",
    facts="terms-links-bounds",
    evidence=(inferred("API_CreateTerms: Links is not marked as required", 0.5),),
    disputed=True,  # the bounds speak of the map, not of its absence
)
terms_exist = requirement(
    "terms/terms-exist",
    "An operation on terms that the pool does not have is refused.",
    MUST,
    *SHOW,
    "UpdateTerms",
    "DeleteTerms",
    raises="ResourceNotFoundException",
    evidence=(documented("API_DescribeTerms: ResourceNotFoundException", 0.85),),
)
shows_terms = requirement(
    "terms/shows-terms",
    "DescribeTerms and DescribeTermsByClient answer with the terms.",
    MUST,
    *SHOW,
    evidence=(documented("API_DescribeTerms: Terms", 0.9),),
)
updates_terms = requirement(
    "terms/updates-terms",
    "UpdateTerms sets what it names.",
    MUST,
    "UpdateTerms",
    *SHOW,
    evidence=(documented("API_UpdateTerms: Terms", 0.85),),
)
deletes_terms = requirement(
    "terms/deletes-terms",
    "DeleteTerms deletes the terms.",
    MUST,
    "DeleteTerms",
    raises="ResourceNotFoundException",
    evidence=(
        documented("API_DeleteTerms", 0.9),
        documented("API_DescribeTerms: ResourceNotFoundException", 0.85),
    ),
)
lists_terms = requirement(
    "terms/lists-terms",
    "ListTerms lists the terms of all app clients of the pool once, over all pages.",
    MUST,
    "ListTerms",
    facts="page-token-names",
    evidence=(documented("API_ListTerms: Terms", 0.9),),
)
