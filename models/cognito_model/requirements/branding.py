"""Managed login branding: one style for each app client."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

TERRAFORM = Evidence(
    "recorded",
    "hashicorp/terraform-provider-aws:internal/service/cognitoidp/managed_login_branding_test.go, disappears",
    0.85,
    note="DescribeManagedLoginBranding of a style that was deleted",
)

CREATE = "CreateManagedLoginBranding"
UPDATE = "UpdateManagedLoginBranding"
SHOW = ("DescribeManagedLoginBranding", "DescribeManagedLoginBrandingByClient")

creates_style = requirement(
    "branding/creates-style",
    "CreateManagedLoginBranding makes a style for an app client; its assets are always answered.",
    MUST,
    CREATE,
    *SHOW,
    facts="branding-create-defaults branding-true-with-assets",
)
default_style_has_no_settings = requirement(
    "branding/default-style-has-no-settings",
    "A style with UseCognitoProvidedValues true answers no Settings.",
    MUST,
    CREATE,
    *SHOW,
    UPDATE,
    facts="branding-create-defaults",
)
settings_or_defaults = requirement(
    "branding/settings-or-defaults",
    "A style, or an update of one, with neither UseCognitoProvidedValues nor Settings is refused.",
    MUST,
    CREATE,
    UPDATE,
    raises="InvalidParameterException",
    says="useCognitoProvidedValues or settings should be specified (but not both)",
    facts="branding-neither branding-source-exactly-one",
)
settings_beside_defaults = requirement(
    "branding/settings-beside-defaults",
    "A style with both UseCognitoProvidedValues and Settings is refused.",
    MUST,
    CREATE,
    UPDATE,
    raises="InvalidParameterException",
    says="useCognitoProvidedValues or settings should be specified (but not both)",
    facts="deploy-branding-of-one-kind",
    evidence=(documented("API_CreateManagedLoginBranding: 'you must also omit values for Settings'", 0.8),),
)
client_has_one_style = requirement(
    "branding/client-has-one-style",
    "A second style for an app client is refused.",
    MUST,
    CREATE,
    raises="ManagedLoginBrandingExistsException",
    says="A ManagedLoginBranding already exists for client {}",
    facts="branding-second branding-second-text",
    evidence=(
        Evidence(
            "reported",
            "public file, repository not identified (Terraform of a live pool: import of a style)",
            0.85,
        ),
    ),
)
settings_are_known = requirement(
    "branding/settings-are-known",
    "Settings that the branding editor does not know, and assets that are no clean images, may be refused.",
    MUST,
    CREATE,
    UPDATE,
    raises="InvalidParameterException",
    facts="branding-svg-sanitised branding-settings-of-another-type",
    evidence=(documented("API_CreateManagedLoginBranding: Settings", 0.7),),
)
icon_is_favicon = requirement(
    "branding/icon-is-favicon",
    "An asset of extension ICO that is no favicon is refused.",
    MUST,
    CREATE,
    UPDATE,
    raises="InvalidParameterException",
    says="Invalid assets provided. Validation errors:{}",
    facts="deploy-branding-icon",
)
style_exists = requirement(
    "branding/style-exists",
    "An operation on a style that the pool does not have is refused.",
    MUST,
    "DescribeManagedLoginBranding",
    UPDATE,
    "DeleteManagedLoginBranding",
    raises="ResourceNotFoundException",
    evidence=(
        documented("API_DescribeManagedLoginBranding: ResourceNotFoundException", 0.85),
        TERRAFORM,
    ),
)
client_has_style = requirement(
    "branding/client-has-style",
    "DescribeManagedLoginBrandingByClient of a client without a style is refused.",
    MUST,
    "DescribeManagedLoginBrandingByClient",
    raises="ResourceNotFoundException",
    says="ManagedLoginBranding for client {} does not exist.",
    facts="branding-by-client-none branding-by-client-none-text",
)
shows_style = requirement(
    "branding/shows-style",
    "A style is shown by its id and by its app client.",
    MUST,
    *SHOW,
    evidence=(documented("API_DescribeManagedLoginBranding: ManagedLoginBranding", 0.9),),
)
updates_style = requirement(
    "branding/updates-style",
    "UpdateManagedLoginBranding sets what it names.",
    MUST,
    UPDATE,
    *SHOW,
    evidence=(documented("API_UpdateManagedLoginBranding: ManagedLoginBranding", 0.9),),
)
adds_assets = requirement(
    "branding/adds-assets",
    "UpdateManagedLoginBranding adds its assets to the style's, in place of one of the same category and colour mode.",
    MUST,
    UPDATE,
    *SHOW,
    facts="branding-update-adds-assets",
    evidence=(
        documented(
            "API_UpdateManagedLoginBranding: preserves existing style settings that are not given", 0.8
        ),
    ),
)
own_settings_end_default = requirement(
    "branding/own-settings-end-default",
    "A style of Cognito's own values that is given settings shows them and is the default no more, or stays it.",
    MUST,
    UPDATE,
    *SHOW,
    evidence=(
        documented("API_UpdateManagedLoginBranding: UseCognitoProvidedValues, 'applies the default'", 0.7),
        inferred("Terraform's provider gives a default style settings and no UseCognitoProvidedValues", 0.7),
    ),
)
default_may_end_assets = requirement(
    "branding/default-may-end-assets",
    "A style that goes back to Cognito's own values keeps its assets, or has none.",
    MUST,
    UPDATE,
    *SHOW,
    evidence=(
        documented(
            "API_UpdateManagedLoginBranding: UseCognitoProvidedValues, 'reverts to default style'", 0.5
        ),
    ),
)
deletes_style = requirement(
    "branding/deletes-style",
    "DeleteManagedLoginBranding deletes the style.",
    MUST,
    "DeleteManagedLoginBranding",
    raises="ResourceNotFoundException",
    evidence=(
        documented("API_DeleteManagedLoginBranding: 'Deletes a managed login branding style.'", 0.9),
        TERRAFORM,
        documented("API_DescribeManagedLoginBranding: ResourceNotFoundException", 0.85),
    ),
)
