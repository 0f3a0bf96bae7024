"""Sign-in events of threat protection."""

from cognito_model.requirement import MUST, documented, inferred, requirement

ALL = ("AdminListUserAuthEvents", "AdminUpdateAuthEventFeedback", "UpdateAuthEventFeedback")
FEEDBACK = ALL[1:]

protection_is_on = requirement(
    "auth-events/protection-is-on",
    "Sign-in events of a pool without threat protection can neither be asked for nor judged.",
    MUST,
    *ALL,
    raises="UserPoolAddOnNotEnabledException",
    says="This is an add on feature. Please update AdvancedSecurityMode for your user pool to access this API.",
    facts="auth-events-need-threat-protection events-add-on-text",
    says_facts="events-add-on-text",
)
lists_events = requirement(
    "auth-events/lists-events",
    "With threat protection the sign-in events of a user are listed.",
    MUST,
    "AdminListUserAuthEvents",
    facts="auth-events-need-threat-protection",
)
event_is_told = requirement(
    "auth-events/event-is-told",
    "An event that is listed has an id, a type, a date and an outcome.",
    MUST,
    "AdminListUserAuthEvents",
    facts="events-members",
)
page_token_is_genuine = requirement(
    "auth-events/page-token-is-genuine",
    "A page token that the listing did not give may be refused.",
    MUST,
    "AdminListUserAuthEvents",
    raises="InvalidParameterException",
    evidence=(inferred("as for other listings", 0.6),),
)
takes_feedback = requirement(
    "auth-events/takes-feedback",
    "Feedback on an event is taken.",
    MUST,
    *FEEDBACK,
    evidence=(documented("API_AdminUpdateAuthEventFeedback", 0.8),),
)
event_is_known = requirement(
    "auth-events/event-is-known",
    "Feedback on an event that the user does not have is refused.",
    MUST,
    "AdminUpdateAuthEventFeedback",
    raises="InvalidParameterException",
    says="EventId is invalid",
    facts="events-feedback-event",
)
feedback_names_user = requirement(
    "auth-events/feedback-names-user",
    "Feedback for a user whom the pool does not have is refused.",
    MUST,
    *FEEDBACK,
    raises="NotAuthorizedException UserNotFoundException",
    says=("Incorrect username or password.", "Invalid session provided", "User does not exist."),
    facts="events-feedback-user events-feedback-token",
    evidence=(documented("API_UpdateAuthEventFeedback: UserNotFoundException", 0.8),),
    says_disputed=True,
)
feedback_token_is_genuine = requirement(
    "auth-events/feedback-token-is-genuine",
    "Feedback with a token that no notification carried is refused.",
    MUST,
    "UpdateAuthEventFeedback",
    raises="NotAuthorizedException",
    says="Invalid session provided",
    facts="events-feedback-token",
    evidence=(documented("API_UpdateAuthEventFeedback: FeedbackToken is required", 0.85),),
)
