"""Identity providers that a user pool trusts: SAML, OIDC and the social ones."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

SHOW = ("CreateIdentityProvider", "DescribeIdentityProvider", "GetIdentityProviderByIdentifier")
SET = ("CreateIdentityProvider", "UpdateIdentityProvider")

creates_provider = requirement(
    "identity-providers/creates-provider",
    "CreateIdentityProvider answers with the provider's pool, name, type, details, mapping and dates.",
    MUST,
    *SHOW,
    facts="idp-google-normalised idp-saml-derived-details",
)
google_details_are_whole = requirement(
    "identity-providers/google-details-are-whole",
    "A Google provider shows Google's URLs beside the details that it was given.",
    MUST,
    *SHOW,
    facts="idp-google-normalised",
)
social_details_are_whole = requirement(
    "identity-providers/social-details-are-whole",
    "A Facebook, Amazon or Apple provider shows that company's URLs beside the details that it was given.",
    MUST,
    *SHOW,
    evidence=(
        documented("API_CreateIdentityProvider: ProviderDetails, the describe response of each type", 0.85),
    ),
)
oidc_details_have_flag = requirement(
    "identity-providers/oidc-details-have-flag",
    "An OIDC provider shows attributes_url_add_attributes, which is false unless it was given.",
    MUST,
    *SHOW,
    facts="idp-oidc-describe-adds-flag",
)
saml_details_are_derived = requirement(
    "identity-providers/saml-details-are-derived",
    "A SAML provider shows the redirect binding and the certificate that its metadata have.",
    MUST,
    *SHOW,
    facts="idp-saml-derived-details idp-saml-derived-not-in-create",
)
no_identifiers_are_none = requirement(
    "identity-providers/no-identifiers-are-none",
    "A provider that was given no identifiers shows none.",
    MUST,
    *SHOW,
    facts="idp-identifiers-default idp-identifiers-echoed-if-given",
)
name_is_free = requirement(
    "identity-providers/name-is-free",
    "A provider with a name that the pool already has is refused.",
    MUST,
    "CreateIdentityProvider",
    raises="DuplicateProviderException",
    says=("{} already exists in user pool {}", "{} already exists for tenant {}."),
    facts="idp-duplicate idp-duplicate-tenant",
    says_disputed=True,
)
social_name_is_type = requirement(
    "identity-providers/social-name-is-type",
    "A social provider whose name is not its type is refused, and so is an OIDC provider of the name of a social one.",
    MUST,
    "CreateIdentityProvider",
    raises="InvalidParameterException",
    says="Provider {} cannot be of type {}.",
    facts="idp-social-name-must-match idp-oidc-name-is-social",
)
social_name_is_mapped = requirement(
    "identity-providers/social-name-is-mapped",
    "A social or OIDC provider without an AttributeMapping maps the user name to the provider's own id of the user.",
    MUST,
    "CreateIdentityProvider",
    "DescribeIdentityProvider",
    "GetIdentityProviderByIdentifier",
    facts="idp-social-username-mapping idp-oidc-username-mapping",
)
saml_has_metadata = requirement(
    "identity-providers/saml-has-metadata",
    "A SAML provider without MetadataURL and MetadataFile is refused.",
    MUST,
    "CreateIdentityProvider",
    raises="InvalidParameterException",
    says="At least one of the MetadataURL or MetadataFile should be provided.",
    facts="idp-saml-missing-metadata",
)
saml_has_one_source = requirement(
    "identity-providers/saml-has-one-source",
    "A SAML provider with both MetadataURL and MetadataFile is refused.",
    MUST,
    "CreateIdentityProvider",
    raises="InvalidParameterException",
    says="Only one of the MetadataURL or MetadataFile should be provided.",
    facts="deploy-saml-one-metadata",
)
saml_has_redirect_binding = requirement(
    "identity-providers/saml-has-redirect-binding",
    "SAML metadata without a redirect binding, or that cannot be read, are refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="No SingleSignOn Http redirect binding location found in metadata.",
    facts="idp-saml-no-redirect-binding",
)
details_are_given = requirement(
    "identity-providers/details-are-given",
    "An OIDC, social or Apple provider without one of the details that its type needs is refused.",
    MUST,
    "CreateIdentityProvider",
    raises="InvalidParameterException",
    says="{} are all required idp details.",
    facts="deploy-oidc-details deploy-social-details deploy-apple-details",
)
issuer_is_https = requirement(
    "identity-providers/issuer-is-https",
    "An OIDC provider whose issuer is no https address is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="OIDC endpoint must start with https://",
    facts="deploy-oidc-issuer-https",
)
certificate_is_derived = requirement(
    "identity-providers/certificate-is-derived",
    "A SAML provider that is given ActiveEncryptionCertificate, which is shown alone, is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="ActiveEncryptionCertificate is not a valid key for SAML identity provider details.",
    facts="idp-saml-certificate-is-no-key",
)
signing_algorithm_is_known = requirement(
    "identity-providers/signing-algorithm-is-known",
    "A SAML provider whose requests are signed otherwise than by rsa-sha256 is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says=(
        (
            "1 validation error detected: Value '{}' at 'providerConfiguration.samlConfig.requestSigningAlgorithm' failed "
            "to satisfy constraint: Member must satisfy enum value set: [rsa-sha256]"
        ),
        (
            "Value '{}' at 'providerConfiguration.samlConfig.requestSigningAlgorithm' failed to satisfy constraint: "
            "Member must satisfy enum value set: [rsa-sha256]"
        ),
    ),
    facts="idp-saml-request-signing",
)
request_method_is_known = requirement(
    "identity-providers/request-method-is-known",
    "An OIDC provider whose attributes_request_method is neither GET nor POST is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    facts="deploy-oidc-method",
)
issuer_answers = requirement(
    "identity-providers/issuer-answers",
    "An OIDC provider may be refused whose issuer does not answer at its well-known address.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="Unable to contact well-known endpoint",
    evidence=(
        Evidence("reported", "https://github.com/hashicorp/terraform-provider-aws/issues/34244", 0.75),
        documented("API_CreateIdentityProvider: endpoints are discovered from oidc_issuer", 0.85),
    ),
)
mapping_is_in_schema = requirement(
    "identity-providers/mapping-is-in-schema",
    "A mapping to an attribute that the pool does not have is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    says="AttributeMapping contains invalid mapping: [{}]",
    facts="idp-mapping-unknown-attribute",
)
identifier_is_free = requirement(
    "identity-providers/identifier-is-free",
    "An identifier that another provider of the pool has is refused.",
    MUST,
    *SET,
    raises="InvalidParameterException DuplicateProviderException",
    facts="idp-identifiers-unique",
    disputed=True,  # 'unique across the identity provider', says the page: within one, or among all
)
acr_mapping_is_for_oidc = requirement(
    "identity-providers/acr-mapping-is-for-oidc",
    "AcrMapping is refused for a provider that is not OIDC.",
    MUST,
    *SET,
    raises="InvalidParameterException",
    facts="idp-acr-only-oidc",
)
provider_limit = requirement(
    "identity-providers/provider-limit",
    "A pool may refuse more than 300 identity providers.",
    MUST,
    "CreateIdentityProvider",
    raises="LimitExceededException",
    facts="idp-limits",
)
described_provider_exists = requirement(
    "identity-providers/described-provider-exists",
    "Describing an identity provider that the pool does not have is refused.",
    MUST,
    "DescribeIdentityProvider",
    raises="ResourceNotFoundException",
    says="Identity provider {} for tenantId {} does not exist.",
    facts="idp-describe-missing",
)
updated_provider_exists = requirement(
    "identity-providers/updated-provider-exists",
    "Updating an identity provider that the pool does not have is refused.",
    MUST,
    "UpdateIdentityProvider",
    raises="ResourceNotFoundException",
    says="Identity provider {} in User Pool {} does not exist.",
    facts="idp-update-missing",
)
provider_exists = requirement(
    "identity-providers/provider-exists",
    "Deleting an identity provider that the pool does not have is refused.",
    MUST,
    "DeleteIdentityProvider",
    raises="ResourceNotFoundException",
    evidence=(
        documented("API_DescribeIdentityProvider: ResourceNotFoundException", 0.85),
        Evidence(
            "recorded", "hashicorp/terraform-provider-aws identity_provider.go: not found on read", 0.85
        ),
    ),
)
provider_has_identifier = requirement(
    "identity-providers/provider-has-identifier",
    "GetIdentityProviderByIdentifier with an identifier that no provider has is refused.",
    MUST,
    "GetIdentityProviderByIdentifier",
    raises="ResourceNotFoundException",
    evidence=(documented("API_GetIdentityProviderByIdentifier: ResourceNotFoundException", 0.85),),
)
describes_provider = requirement(
    "identity-providers/describes-provider",
    "DescribeIdentityProvider and GetIdentityProviderByIdentifier answer with the provider.",
    MUST,
    "DescribeIdentityProvider",
    "GetIdentityProviderByIdentifier",
    facts="idp-google-normalised idp-identifiers-default",
)
updates_provider = requirement(
    "identity-providers/updates-provider",
    "UpdateIdentityProvider sets the details, mapping and identifiers that it names.",
    MUST,
    "UpdateIdentityProvider",
    "DescribeIdentityProvider",
    facts="idp-update-details idp-identifiers-replace",
)
unnamed_members_stay = requirement(
    "identity-providers/unnamed-members-stay",
    "UpdateIdentityProvider leaves details, mapping and identifiers as they are that it does not name.",
    MUST,
    "UpdateIdentityProvider",
    "DescribeIdentityProvider",
    facts="idp-update-merge",
)
deletes_provider = requirement(
    "identity-providers/deletes-provider",
    "DeleteIdentityProvider deletes the identity provider.",
    MUST,
    "DeleteIdentityProvider",
    raises="ResourceNotFoundException",
    facts="idp-describe-missing idp-update-missing",
    evidence=(
        documented("API_DeleteIdentityProvider: 'Deletes a user pool identity provider (IdP).'", 0.95),
    ),
)
provider_in_use = requirement(
    "identity-providers/provider-in-use",
    "Deleting a provider that an app client supports may be refused.",
    MUST,
    "DeleteIdentityProvider",
    raises="InvalidParameterException ConcurrentModificationException",
    evidence=(inferred("API_DeleteIdentityProvider: declared errors", 0.4),),
)
lists_providers = requirement(
    "identity-providers/lists-providers",
    "ListIdentityProviders lists every identity provider of the pool once, over all pages.",
    MUST,
    "ListIdentityProviders",
    facts="idp-list-shape page-token-names",
)
listed_provider_is_brief = requirement(
    "identity-providers/listed-provider-is-brief",
    "An item of ListIdentityProviders has just ProviderName, ProviderType and two dates.",
    MUST,
    "ListIdentityProviders",
    facts="idp-list-shape",
)
