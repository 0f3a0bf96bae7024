"""UpdateUserPoolClient: what it sets, what it takes back to the default, what it keeps."""

from cognito_model.requirement import MUST, Evidence, documented, requirement

UPDATE = ("UpdateUserPoolClient", "DescribeUserPoolClient")

updates_client = requirement(
    "client-updates/updates-client",
    "UpdateUserPoolClient answers with the client, which has the settings that the request named.",
    MUST,
    *UPDATE,
    facts="client-revocation-toggle",
    evidence=(documented("API_UpdateUserPoolClient: UserPoolClient", 0.95),),
)
resets_lists = requirement(
    "client-updates/resets-lists",
    "A list of attributes, flows, URLs, scopes or providers is empty after an update that does not name it.",
    MUST,
    *UPDATE,
    facts="client-update-resets",
    evidence=(
        Evidence("reported", "https://github.com/boto/boto3/issues/1607", 0.88),
        documented("API_UpdateUserPoolClient: an omitted attribute is set to its default", 0.85),
    ),
)
resets_analytics = requirement(
    "client-updates/resets-analytics",
    "After an update without AnalyticsConfiguration, the client has none.",
    MUST,
    *UPDATE,
    facts="client-update-drop-analytics",
)
resets_values = requirement(
    "client-updates/resets-values",
    "A client is not allowed OAuth, and has no default redirect URI, after an update that does not name them.",
    MUST,
    *UPDATE,
    facts="client-update-ends-oauth",
    evidence=(documented("API_UpdateUserPoolClient: an omitted attribute is set to its default", 0.85),),
    disputed=True,  # reported once, and of the values beside them those that were measured stay
)
unnamed_setting_is_known = requirement(
    "client-updates/unnamed-setting-is-known",
    "A validity, unit, rotation or switch that UpdateUserPoolClient does not name keeps its value, if the rules allow it "
    "beside what is named, or has its default.",
    MUST,
    *UPDATE,
    facts="client-update-omit-keeps client-update-omit-keeps-units client-update-omit-keeps-rotation",
    evidence=(documented("API_UpdateUserPoolClient: an omitted attribute is set to its default", 0.85),),
)
keeps_name = requirement(
    "client-updates/keeps-name",
    "An update without ClientName leaves the client its name.",
    MUST,
    *UPDATE,
    evidence=(
        documented("API_UpdateUserPoolClient: ClientName is optional, and no client is without one", 0.75),
    ),
)
