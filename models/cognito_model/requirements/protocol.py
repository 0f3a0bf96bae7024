"""What holds for every operation: the shape of answers and errors, validation, credentials, identity."""

from cognito_model.requirement import MUST, SHOULD, documented, requirement

ANY = "*"

request_is_well_typed = requirement(
    "protocol/request-is-well-typed",
    "A request body that is no JSON object, or whose members have the wrong JSON type, is refused.",
    MUST,
    ANY,
    raises="SerializationException",
    facts="ser-body-not-object ser-object-for-string ser-number-for-string "
    "ser-string-for-integer ser-malformed-json ser-boolean-forms",
)
request_keeps_constraints = requirement(
    "protocol/request-keeps-constraints",
    "A request that breaks a length, range, pattern or enumeration of the API is refused before anything else.",
    MUST,
    ANY,
    raises="InvalidParameterException",
    facts="val-pattern val-class-is-invalidparameter val-max-value val-before-existence proto-validation-format "
    "rs-list-maxresults-zero",
)
required_member_is_present = requirement(
    "protocol/required-member-is-present",
    "A request without a member that the API requires is refused.",
    MUST,
    ANY,
    raises="InvalidParameterException",
    facts="getuser-missing-token val-class-is-invalidparameter proto-validation-format",
)
constraint_text = requirement(
    "protocol/constraint-text",
    "The refusal of an ill-formed request names each value, where it stands and the constraint that it breaks.",
    SHOULD,
    ANY,
    facts="proto-validation-format val-member-name-camel val-sensitive-omits-value",
)
iam_operation_is_signed = requirement(
    "protocol/iam-operation-is-signed",
    "An operation that needs IAM credentials refuses a request that is not signed.",
    MUST,
    ANY,
    raises="MissingAuthenticationTokenException",
    says="Missing Authentication Token",
    facts="auth-unsigned-iam-op auth-unsigned-listusers proto-admin-ops-signed",
)
public_operation_needs_no_signature = requirement(
    "protocol/public-operation-needs-no-signature",
    "A public operation accepts a request that is not signed.",
    MUST,
    ANY,
    facts="proto-unauth-ops auth-unsigned-initiateauth auth-noauth-list",
)
error_is_declared = requirement(
    "protocol/error-is-declared",
    "An error is one that the operation declares, or one that every operation may give.",
    MUST,
    ANY,
    facts="wire-error-body-shape",
    evidence=(documented("API model: errors of each operation", 0.85),),
    disputed=True,  # the model's lists are incomplete in both directions: a hint, not a verdict
)
client_error_is_400 = requirement(
    "protocol/client-error-is-400",
    "A refusal of the client's request has HTTP status 400.",
    MUST,
    ANY,
    facts="wire-client-fault-400",
)
no_server_fault = requirement(
    "protocol/no-server-fault",
    "A request is answered or refused; it does not make the service fail with a 5xx status.",
    MUST,
    ANY,
    facts="wire-client-fault-400",
    evidence=(documented("API model: only InternalErrorException and its kin are server faults", 0.9),),
)
answer_has_shape = requirement(
    "protocol/answer-has-shape",
    "Every member of an answer has the JSON type that the API model gives it.",
    MUST,
    ANY,
    facts="wire-timestamps",
    evidence=(documented("API model: output shapes", 0.95),),
)
answer_is_json = requirement(
    "protocol/answer-is-json",
    "An answer is a JSON object, or empty where the operation has no output.",
    MUST,
    ANY,
    facts="wire-error-body-shape wire-empty-output",
)
content_type_is_json = requirement(
    "protocol/content-type-is-amz-json",
    "Every answer has the content type application/x-amz-json-1.1.",
    SHOULD,
    ANY,
    facts="wire-response-content-type",
)
request_id_is_given = requirement(
    "protocol/request-id-is-given",
    "Every answer carries a request id in the header x-amzn-RequestId.",
    SHOULD,
    ANY,
    facts="wire-request-id-header",
)
error_type_header = requirement(
    "protocol/error-type-header",
    "An error answer names its error in the header x-amzn-ErrorType too.",
    SHOULD,
    ANY,
    facts="wire-error-type-header confirm-error-headers",
    disputed=True,  # captures are 2016-2020; whether it is still sent is an open question
)
error_message_header = requirement(
    "protocol/error-message-header",
    "An error answer repeats its message in the header x-amzn-ErrorMessage.",
    SHOULD,
    ANY,
    facts="wire-error-message-header",
    disputed=True,  # captured beside x-amzn-ErrorType, and as old
)
fresh_values_are_new = requirement(
    "protocol/fresh-values-are-new",
    "Identifiers, tokens and sessions that the service makes up differ from every one that it made before.",
    MUST,
    ANY,
    facts="origin-jti-new-per-sign-in delete-username-reusable session-rotates-each-step",
)
value_keeps_format = requirement(
    "protocol/value-keeps-format",
    "Identifiers have Cognito's formats: a pool id is region_characters, 55 at the most, a sub is a UUID, "
    "a client id lower-case letters and digits.",
    MUST,
    ANY,
    facts="val-pattern signup-username-attr-username-is-sub client-id-format",
    evidence=(documented("UserPoolIdType, ClientIdType, StringType of UserSub in API model", 0.85),),
)
refresh_is_opaque = requirement(
    "protocol/refresh-token-is-opaque",
    "A refresh token has no claims that a client can read.",
    MUST,
    ANY,
    evidence=(
        documented(
            "Developer guide, Understanding user pool JSON web tokens: 'Amazon Cognito refresh tokens are encrypted, "
            "opaque to user pools users and administrators, and can only be read by your user pool'",
            0.92,
        ),
    ),
)
