"""Where a pool's logs go."""

from cognito_model.requirement import MUST, documented, requirement

SET = "SetLogDeliveryConfiguration"
GET = "GetLogDeliveryConfiguration"

nothing_unless_set = requirement(
    "log-delivery/nothing-unless-set",
    "GetLogDeliveryConfiguration answers no LogConfigurations where none were set.",
    MUST,
    GET,
    facts="log-get-unset",
)
sets_logs = requirement(
    "log-delivery/sets-logs",
    "SetLogDeliveryConfiguration answers with the configurations that it was given.",
    MUST,
    SET,
    GET,
    facts="log-set-two",
)
replaces_all = requirement(
    "log-delivery/replaces-all",
    "A configuration that SetLogDeliveryConfiguration was not given is gone afterwards.",
    MUST,
    SET,
    GET,
    facts="log-replace",
)
null_is_dropped = requirement(
    "log-delivery/null-is-dropped",
    "A null among the configurations is dropped.",
    MUST,
    SET,
    facts="log-null-element-dropped",
)
destination_is_given = requirement(
    "log-delivery/destination-is-given",
    "A configuration without a destination is refused.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="{}Following event sources in request have no destination: [{}].{}",
    facts="log-destination-required log-destination-text",
)
notifications_go_to_cloudwatch = requirement(
    "log-delivery/notifications-go-to-cloudwatch",
    "Notification logs with a bucket as their destination are refused.",
    MUST,
    SET,
    raises="InvalidParameterException",
    facts="log-notification-s3-invalid",
)
user_events_need_plus = requirement(
    "log-delivery/user-events-need-plus",
    "Logs of user activity are refused in a pool that is not in the tier PLUS.",
    MUST,
    SET,
    raises="FeatureUnavailableInTierException",
    says="The following feature is not available for the {} pricing tier configured: Log Streaming",
    facts="deploy-log-tier",
    evidence=(documented("API_LogConfigurationType: userAuthEvents, 'the Plus tier'", 0.8),),
)
level_fits_source = requirement(
    "log-delivery/level-fits-source",
    "Notification logs of another level than ERROR, or user activity of another than INFO, may be refused.",
    MUST,
    SET,
    raises="InvalidParameterException",
    evidence=(documented("API_LogConfigurationType: LogLevel", 0.7),),
)
sources_differ = requirement(
    "log-delivery/sources-differ",
    "Two configurations for one event source are refused.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="{}Following event sources appear more then once in a request: [{}].{}",
    facts="deploy-log-sources-differ",
)
destination_is_reachable = requirement(
    "log-delivery/destination-is-reachable",
    "A destination that is not there, or that Cognito may not write to, may be refused.",
    MUST,
    SET,
    raises="InvalidParameterException NotAuthorizedException ResourceNotFoundException",
    evidence=(documented("API_SetLogDeliveryConfiguration: errors", 0.7),),
)
log_group_is_in_region = requirement(
    "log-delivery/log-group-is-in-region",
    "A log group of another region than the pool's is refused.",
    MUST,
    SET,
    raises="InvalidParameterException",
    says="Request validation Failed. [CloudWatch log group arn {} failed with the following validation errors:{}",
    facts="deploy-log-group-region",
)
