"""What else a pool can be asked: the header of an import file, its certificate, its session settings."""

from cognito_model.requirement import MUST, SHOULD, Evidence, documented, requirement

csv_header_names_attributes = requirement(
    "pool-extras/csv-header-names-attributes",
    "GetCSVHeader names the columns of an import file: standard and custom attributes, MFA and username.",
    MUST,
    "GetCSVHeader",
    facts="import-csv-header",
)
csv_header_is_ordered = requirement(
    "pool-extras/csv-header-is-ordered",
    "GetCSVHeader of a pool without custom attributes has its columns in Cognito's order.",
    SHOULD,
    "GetCSVHeader",
    facts="import-csv-header",
)
has_signing_certificate = requirement(
    "pool-extras/has-signing-certificate",
    "GetSigningCertificate answers with the pool's certificate.",
    MUST,
    "GetSigningCertificate",
    facts="signing-cert",
    evidence=(
        Evidence(
            "recorded",
            "hashicorp/terraform-provider-aws@31891320:internal/service/cognitoidp/"
            "user_pool_signing_certificate_data_source_test.go",
            0.88,
        ),
    ),
)
sessions_are_not_tracked = requirement(
    "pool-extras/sessions-are-not-tracked",
    "A pool whose session configuration nobody set shows tracking DISABLED and at most 20 sessions per user.",
    MUST,
    "GetUserPoolSessionConfiguration",
    facts="session-config-defaults session-tracking-defaults",
)
sets_session_configuration = requirement(
    "pool-extras/sets-session-configuration",
    "SetUserPoolSessionConfiguration replaces the pool's session configuration and answers with it.",
    MUST,
    "SetUserPoolSessionConfiguration",
    "GetUserPoolSessionConfiguration",
    evidence=(documented("API_SetUserPoolSessionConfiguration: 'a full replacement'", 0.9),),
)
session_configuration_needs_essentials = requirement(
    "pool-extras/session-configuration-needs-essentials",
    "Session configurations are refused in a pool of the tier LITE.",
    MUST,
    "SetUserPoolSessionConfiguration",
    "SetUserPoolClientSessionConfiguration",
    raises="FeatureUnavailableInTierException",
    facts="session-config-set-tier",
)
client_session_counts_an_hour = requirement(
    "pool-extras/client-session-counts-an-hour",
    "An app client whose session configuration nobody set shows MaxValidityMinutes 60.",
    MUST,
    "GetUserPoolClientSessionConfiguration",
    facts="client-session-defaults",
)
sets_client_session_configuration = requirement(
    "pool-extras/sets-client-session-configuration",
    "SetUserPoolClientSessionConfiguration replaces the client's session configuration and answers with it.",
    MUST,
    "SetUserPoolClientSessionConfiguration",
    "GetUserPoolClientSessionConfiguration",
    evidence=(documented("API_SetUserPoolClientSessionConfiguration: 'a full replacement'", 0.9),),
)
client_session_needs_tracking = requirement(
    "pool-extras/client-session-needs-tracking",
    "The session configuration of a client is refused in a pool that does not track sessions.",
    MUST,
    "SetUserPoolClientSessionConfiguration",
    raises="InvalidParameterException OperationNotEnabledException",
    facts="client-session-needs-tracking",
)
