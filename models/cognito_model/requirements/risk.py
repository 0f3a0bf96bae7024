"""Threat protection: how a pool or a client answers risk."""

from cognito_model.requirement import MUST, documented, inferred, requirement

BOTH = ("SetRiskConfiguration", "DescribeRiskConfiguration")

ranges_are_blocks = requirement(
    "risk/ranges-are-blocks",
    "A range of IP addresses that is no CIDR block is refused.",
    MUST,
    "SetRiskConfiguration",
    raises="InvalidParameterException",
    says="Incorrect CIDR format{}",
    facts="deploy-risk-cidr",
)
sets_risk = requirement(
    "risk/sets-risk",
    "SetRiskConfiguration sets the sections that it was given, and answers with them.",
    MUST,
    *BOTH,
    facts="risk-exception-without-addon risk-compromised-without-addon risk-takeover-no-notify risk-without-date",
)
other_sections_go = requirement(
    "risk/other-sections-go",
    "A section that SetRiskConfiguration was not given is not set afterwards.",
    MUST,
    *BOTH,
    facts="risk-exception-without-addon risk-reset",
)
all_events_by_default = requirement(
    "risk/all-events-by-default",
    "Compromised credentials without EventFilter show an empty one, which means all events.",
    MUST,
    *BOTH,
    facts="risk-event-filter-empty",
)
describes_risk = requirement(
    "risk/describes-risk",
    "DescribeRiskConfiguration answers with a RiskConfiguration.",
    MUST,
    "DescribeRiskConfiguration",
    facts="risk-event-filter-empty risk-exception-without-addon risk-without-date",
)
addon_is_enabled = requirement(
    "risk/addon-is-enabled",
    "Risk configurations may be refused in a pool without threat protection.",
    MUST,
    *BOTH,
    raises="UserPoolAddOnNotEnabledException",
    evidence=(
        documented("API_SetRiskConfiguration: 'To activate this setting, … the Plus tier'", 0.7),
        documented("API_SetRiskConfiguration: UserPoolAddOnNotEnabledException", 0.8),
    ),
    disputed=True,  # recorded tests of 2024 are accepted without it
)
notification_has_sender = requirement(
    "risk/notification-has-sender",
    "An action that notifies without a NotifyConfiguration may be refused.",
    MUST,
    "SetRiskConfiguration",
    raises="InvalidParameterException",
    evidence=(inferred("API_SetRiskConfiguration: NotifyConfiguration is where messages come from", 0.6),),
)
sender_is_verified = requirement(
    "risk/sender-is-verified",
    "A NotifyConfiguration may be refused whose SES identity Cognito cannot use.",
    MUST,
    "SetRiskConfiguration",
    raises="InvalidEmailRoleAccessPolicyException CodeDeliveryFailureException InvalidParameterException",
    evidence=(documented("API_SetRiskConfiguration: errors", 0.8),),
)
notification_source_is_in_region = requirement(
    "risk/notification-source-is-in-region",
    "A NotifyConfiguration whose SourceArn is of a region that Cognito does not send e-mail from is refused.",
    MUST,
    "SetRiskConfiguration",
    raises="InvalidParameterException",
    says="Invalid NotifyConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions:{}",
    facts="deploy-risk-source-region",
)
