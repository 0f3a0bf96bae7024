"""Identities of other providers that are linked to local users."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

LINK, UNLINK = "AdminLinkProviderForUser", "AdminDisableProviderForUser"
API = "botocore 1.44.5 data/cognito-idp/2016-04-18/service-2.json#"
APPLICATIONS = Evidence(
    "reported",
    "public files, repositories not identified (four applications that unlink what identities shows: providerName, userId)",
    0.8,
)

links_identity = requirement(
    "provider-links/links-identity",
    "AdminLinkProviderForUser answers with nothing, and the user's identities show the provider and the id there.",
    MUST,
    LINK,
    "AdminGetUser",
    facts="idp-link-output-empty",
    evidence=(APPLICATIONS,),
)
destination_exists = requirement(
    "provider-links/destination-exists",
    "An identity for a user whom the pool does not have is refused.",
    MUST,
    LINK,
    raises="UserNotFoundException InvalidParameterException",
    evidence=(
        documented(f"{API}{LINK}", 0.85, note="an exception, which is not named"),
        Evidence("reported", "https://github.com/aws-amplify/amplify-js/issues/497", 0.75),
    ),
)
source_is_federated = requirement(
    "provider-links/source-is-federated",
    "An identity that is a local user's is refused: it can only be linked to.",
    MUST,
    LINK,
    raises="InvalidParameterException",
    evidence=(
        documented(f"{API}{LINK}", 0.85),
        Evidence("reported", "https://github.com/aws-amplify/amplify-js/issues/13334", 0.75),
    ),
)
five_identities = requirement(
    "provider-links/five-identities",
    "A sixth identity for one user is refused.",
    MUST,
    LINK,
    raises="LimitExceededException InvalidParameterException",  # no page names the error
    facts="idp-link-max-five",
)
second_link_may_be_refused = requirement(
    "provider-links/second-link-may-be-refused",
    "A provider that has an identity of this user already, or an identity that some user has, may be refused.",
    MUST,
    LINK,
    raises="InvalidParameterException AliasExistsException",
    disputed=True,
    evidence=(
        Evidence("reported", "https://github.com/boto/boto3/issues/4163", 0.7),
        Evidence("reported", "https://github.com/aws/aws-sdk-js-v3/issues/5281", 0.7),
        Evidence("reported", "https://github.com/aws-amplify/amplify-js/issues/497", 0.7),
    ),
)
link_is_new = requirement(
    "provider-links/link-is-new",
    "An identity that is linked to this user already is refused.",
    MUST,
    LINK,
    raises="InvalidParameterException",
    says="SourceUser is already linked to DestinationUser",
    facts="idp-link-again",
)
provider_is_known = requirement(
    "provider-links/provider-is-known",
    "A provider that the pool does not have may be refused.",
    MUST,
    LINK,
    UNLINK,
    raises="InvalidParameterException ResourceNotFoundException UserNotFoundException",
    evidence=(inferred(f"{API}{UNLINK}: its name must match a provider of the pool; no error is named"),),
)
source_is_short = requirement(
    "provider-links/source-is-short",
    "An identity whose provider, attribute and value have more than 128 characters together may be refused.",
    MUST,
    LINK,
    raises="InvalidParameterException",
    facts="idp-link-length",
)
social_source_is_subject = requirement(
    "provider-links/social-source-is-subject",
    "An identity of a social provider that is not named by its Cognito_Subject may be refused.",
    MUST,
    LINK,
    raises="InvalidParameterException",
    facts="idp-link-social-subject",
)
unlinks_identity = requirement(
    "provider-links/unlinks-identity",
    "AdminDisableProviderForUser ends the link between an identity and the user.",
    MUST,
    UNLINK,
    "AdminGetUser",
    evidence=(documented(f"{API}{UNLINK}", 0.85), APPLICATIONS),
)
identity_is_linked = requirement(
    "provider-links/identity-is-linked",
    "An identity that no user has may be refused.",
    MUST,
    UNLINK,
    raises="InvalidParameterException ResourceNotFoundException UserNotFoundException",
    evidence=(inferred(f"{API}{UNLINK}: nothing is said of it"),),
)
local_password_ends = requirement(
    "provider-links/local-password-ends",
    "AdminDisableProviderForUser of a local user ends the use of its password.",
    MUST,
    UNLINK,
    evidence=(
        documented(
            f"{API}{UNLINK}", 0.6, note="which status the user has then, and for how long, nobody says"
        ),
    ),
)
