"""Sign-in events of threat protection."""

from cognito_model.requirement import MUST, requirement

protection_is_on = requirement(
    "auth-events/protection-is-on",
    "Sign-in events of a pool without threat protection cannot be asked for.",
    MUST,
    "AdminListUserAuthEvents",
    "AdminUpdateAuthEventFeedback",
    raises="UserPoolAddOnNotEnabledException",
    facts="auth-events-need-threat-protection",
)
lists_events = requirement(
    "auth-events/lists-events",
    "With threat protection the sign-in events of a user are listed.",
    MUST,
    "AdminListUserAuthEvents",
    facts="auth-events-need-threat-protection",
)
