"""Domains of user pools: prefix domains and custom ones."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

CREATE = "CreateUserPoolDomain"
SHOW = (CREATE, "DescribeUserPoolDomain")

creates_domain = requirement(
    "domains/creates-domain",
    "CreateUserPoolDomain gives the pool a domain.",
    MUST,
    *SHOW,
    facts="domain-describe-prefix domain-propagation domain-version-and-managed-login",
)
prefix_has_no_cloudfront = requirement(
    "domains/prefix-has-no-cloudfront",
    "Creating a prefix domain answers no CloudFrontDomain.",
    MUST,
    CREATE,
    facts="domain-prefix-create",
)
custom_has_cloudfront = requirement(
    "domains/custom-has-cloudfront",
    "Creating a custom domain answers the CloudFrontDomain that it needs an alias for.",
    MUST,
    CREATE,
    "UpdateUserPoolDomain",
    facts="domain-custom-create-response",
)
managed_login_version_is_kept = requirement(
    "domains/managed-login-version-is-kept",
    "A domain answers the ManagedLoginVersion that it was given.",
    MUST,
    *SHOW,
    "UpdateUserPoolDomain",
    facts="domain-version-and-managed-login",
    evidence=(
        Evidence(
            "recorded",
            "hashicorp/terraform-provider-aws:internal/service/cognitoidp/user_pool_domain_test.go, managedLoginVersion",
            0.88,
        ),
    ),
)
describes_domain = requirement(
    "domains/describes-domain",
    "DescribeUserPoolDomain answers pool, account, bucket, distribution, version and status of a domain.",
    MUST,
    "DescribeUserPoolDomain",
    facts="domain-describe-prefix",
)
missing_domain_is_empty = requirement(
    "domains/missing-domain-is-empty",
    "DescribeUserPoolDomain of a domain that nobody has answers an empty DomainDescription.",
    MUST,
    "DescribeUserPoolDomain",
    facts="domain-describe-unknown",
)
shown_on_pool = requirement(
    "domains/shown-on-pool",
    "DescribeUserPool shows the pool's prefix as Domain and its own domain name as CustomDomain.",
    MUST,
    "DescribeUserPool",
    facts="domain-shown-on-pool",
)
prefix_has_form = requirement(
    "domains/prefix-has-form",
    "A prefix with anything but lower-case letters, digits and inner hyphens is refused.",
    MUST,
    CREATE,
    raises="InvalidParameterException",
    says="The domain name contains an invalid character. Domain names can only contain lower-case letters, "
    "numbers, and hyphens. Please enter a different name that follows this format: "
    "^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    facts="domain-invalid-chars val-service-text-beats-model",
)
prefix_is_not_reserved = requirement(
    "domains/prefix-is-not-reserved",
    "A prefix with aws, amazon or cognito as one of its parts between hyphens is refused.",
    MUST,
    CREATE,
    raises="InvalidParameterException",
    says="Domain cannot contain reserved word: {}",
    facts="domain-reserved-word deploy-domain-reserved-token",
    says_facts="domain-reserved-word",
)
domain_is_free = requirement(
    "domains/domain-is-free",
    "A domain that a pool already has is refused to another.",
    MUST,
    CREATE,
    raises="InvalidParameterException",
    says=("Domain already associated with another user pool.", "Domain already exists."),
    facts="domain-exists-text",
    evidence=(
        Evidence("reported", "https://github.com/aws-samples/websocket-chat-application/issues/56", 0.92),
        Evidence("reported", "https://github.com/aws-samples/aws-cdk-examples/issues/402", 0.9),
    ),
)
pool_has_one_of_each = requirement(
    "domains/pool-has-one-of-each",
    "A second prefix domain for a pool is refused, and a second custom domain.",
    MUST,
    CREATE,
    raises="InvalidParameterException",
    says="User pool already has a domain configured.",
    facts="domain-one-prefix-per-pool",
    evidence=(Evidence("reported", "https://github.com/aws/aws-cdk/issues/10062", 0.85),),
)
managed_login_needs_essentials = requirement(
    "domains/managed-login-needs-essentials",
    "ManagedLoginVersion 2 is refused to a pool in the tier LITE.",
    MUST,
    CREATE,
    "UpdateUserPoolDomain",
    raises="FeatureUnavailableInTierException",
    says="The following feature is not available for the {} pricing tier configured: Managed Login Version 2",
    facts="domain-version-and-managed-login deploy-managed-login-tier",
    says_facts="deploy-managed-login-tier",
)
managed_login_is_1_or_2 = requirement(
    "domains/managed-login-is-1-or-2",
    "A ManagedLoginVersion that is neither 1 nor 2 is refused.",
    MUST,
    CREATE,
    "UpdateUserPoolDomain",
    raises="InvalidParameterException",
    evidence=(inferred("API_CreateUserPoolDomain names the versions 1 and 2 alone", 0.6),),
)
routing_is_for_custom = requirement(
    "domains/routing-is-for-custom",
    "Routing for a prefix domain may be refused.",
    MUST,
    CREATE,
    "UpdateUserPoolDomain",
    raises="InvalidParameterException",
    facts="domain-routing-classic",
    evidence=(documented("API_CreateUserPoolDomain: Routing, 'only supported for custom domains'", 0.7),),
)
custom_domain_is_whole = requirement(
    "domains/custom-domain-is-whole",
    "A CustomDomainConfig beside a name without a dot, which is a prefix, is refused.",
    MUST,
    CREATE,
    raises="InvalidParameterException",
    says="Custom domain is not a valid subdomain{}",
    facts="deploy-custom-domain-fqdn",
)
custom_domain_is_reachable = requirement(
    "domains/custom-domain-is-reachable",
    "A custom domain without an A record at its root, without a valid certificate, or in use elsewhere, is "
    "refused.",
    MUST,
    CREATE,
    "UpdateUserPoolDomain",
    raises="InvalidParameterException",
    says=(
        (
            "Custom domain is not a valid subdomain: Was not able to resolve the root domain, please ensure "
            "an A record exists for the root domain."
        ),
        (
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't "
            "include a valid certificate chain."
        ),
        "One or more of the CNAMEs you provided are already associated with a different resource.",
    ),
    facts="domain-custom-no-root-a-record domain-custom-bad-cert domain-custom-cname-conflict",
)
four_custom_domains = requirement(
    "domains/four-custom-domains",
    "A fifth custom domain in an account is refused.",
    MUST,
    CREATE,
    raises="LimitExceededException InvalidParameterException",
    facts="domain-custom-limit",
)
updates_domain = requirement(
    "domains/updates-domain",
    "UpdateUserPoolDomain sets the branding version and certificate of a domain.",
    MUST,
    "UpdateUserPoolDomain",
    "DescribeUserPoolDomain",
    facts="domain-version-and-managed-login",
    evidence=(
        Evidence(
            "recorded",
            "hashicorp/terraform-provider-aws:internal/service/cognitoidp/user_pool_domain_test.go, managedLoginVersion",
            0.88,
        ),
    ),
)
custom_domain_stays_custom = requirement(
    "domains/custom-domain-stays-custom",
    "An update of a custom domain that leaves its certificate out is refused.",
    MUST,
    "UpdateUserPoolDomain",
    raises="InvalidParameterException",
    says="Cannot convert custom domain to prefix domain.",
    evidence=(
        Evidence("reported", "https://github.com/hashicorp/terraform-provider-aws/pull/43252", 0.92),
        Evidence("reported", "https://github.com/hashicorp/terraform-provider-aws/issues/43248", 0.9),
    ),
)
domain_of_pool_exists = requirement(
    "domains/domain-of-pool-exists",
    "Deleting a domain that the pool does not have is refused.",
    MUST,
    "DeleteUserPoolDomain",
    raises="InvalidParameterException ResourceNotFoundException",
    says="No such domain or user pool exists.",
    evidence=(
        Evidence("recorded", "aws-amplify/amplify-cli e2e tests of the hosted UI domain", 0.85),
        documented("API_DeleteUserPoolDomain: errors InvalidParameter, ResourceNotFound", 0.8),
    ),
)
updated_domain_exists = requirement(
    "domains/updated-domain-exists",
    "Updating a domain that the pool does not have is refused.",
    MUST,
    "UpdateUserPoolDomain",
    raises="ResourceNotFoundException InvalidParameterException",
    says=(
        "User pool domain was not found.",
        "User pool should have a custom domain associated, failed to update the certificate.",
    ),
    facts="domain-update-unknown domain-update-no-custom-domain",
    evidence=(documented("API_UpdateUserPoolDomain: errors InvalidParameter, ResourceNotFound", 0.8),),
)
updated_domain_is_of_pool = requirement(
    "domains/updated-domain-is-of-pool",
    "Updating a domain of another pool is refused.",
    MUST,
    "UpdateUserPoolDomain",
    raises="InvalidParameterException ResourceNotFoundException",
    says=("The domain is not configured for this user pool.", "User pool domain was not found."),
    facts="domain-update-other-pool",
)
prefix_domain_stays_prefix = requirement(
    "domains/prefix-domain-stays-prefix",
    "An update that gives a prefix domain a certificate is refused.",
    MUST,
    "UpdateUserPoolDomain",
    raises="InvalidParameterException",
    says="Cannot convert prefix domain to custom domain.",
    facts="domain-prefix-stays-prefix",
)
deletes_domain = requirement(
    "domains/deletes-domain",
    "After DeleteUserPoolDomain a domain is on its way out, and then its description is empty.",
    MUST,
    "DeleteUserPoolDomain",
    "DescribeUserPoolDomain",
    facts="domain-delete-async",
)
