"""Tokens without a sign-in: of a client for itself, and derived from another token."""

from cognito_model.requirement import MAY, MUST, documented, inferred, requirement

CLIENT = "GetClientToken"
DERIVED = "GetDerivedToken"

client_gets_token = requirement(
    "machine-tokens/client-gets-token",
    "A client with a secret that allows ALLOW_CLIENT_TOKEN_AUTH gets an access token for itself.",
    MUST,
    CLIENT,
    facts="client-token-flow",
)
client_token_flow_is_on = requirement(
    "machine-tokens/client-token-flow-is-on",
    "A client that does not allow ALLOW_CLIENT_TOKEN_AUTH gets no token for itself.",
    MUST,
    CLIENT,
    raises="InvalidParameterException NotAuthorizedException OperationNotEnabledException",
    facts="client-token-flow",
)
client_secret_is_right = requirement(
    "machine-tokens/client-secret-is-right",
    "A wrong client secret gets no token.",
    MUST,
    CLIENT,
    DERIVED,
    raises="NotAuthorizedException InvalidParameterException",
    evidence=(documented("API_GetClientToken: Secret, an active secret for the app client", 0.85),),
)
scopes_are_known = requirement(
    "machine-tokens/scopes-are-known",
    "Scopes that no resource server has, or none at all, may be refused.",
    MUST,
    CLIENT,
    raises="InvalidParameterException NotAuthorizedException ResourceNotFoundException",
    evidence=(documented("API_GetClientToken: each scope must belong to a resource server", 0.65),),
)
exchanges_token = requirement(
    "machine-tokens/exchanges-token",
    "A token is exchanged for one that is made for another service.",
    MAY,
    DERIVED,
    facts="derived-token-flow",
)
exchange_is_on = requirement(
    "machine-tokens/exchange-is-on",
    "A client that does not allow the exchange of tokens is refused.",
    MUST,
    DERIVED,
    raises="InvalidParameterException NotAuthorizedException OperationNotEnabledException",
    facts="derived-token-flow",
)
subject_token_is_genuine = requirement(
    "machine-tokens/subject-token-is-genuine",
    "A subject token that nothing issued is not exchanged.",
    MUST,
    DERIVED,
    raises="NotAuthorizedException InvalidParameterException UserNotFoundException",
    evidence=(documented("API_GetDerivedToken: SubjectToken", 0.8),),
)
one_kind_of_target = requirement(
    "machine-tokens/one-kind-of-target",
    "Audiences and Resources in one exchange are refused.",
    MUST,
    DERIVED,
    raises="InvalidParameterException",
    facts="derived-token-flow",
)
actor_has_type = requirement(
    "machine-tokens/actor-has-type",
    "An actor token without its type is refused.",
    MUST,
    DERIVED,
    raises="InvalidParameterException",
    evidence=(documented("API_GetDerivedToken: ActorTokenType is required with ActorToken", 0.85),),
)
exchange_may_be_refused = requirement(
    "machine-tokens/exchange-may-be-refused",
    "An exchange may be refused for what no fact tells of.",
    MUST,
    DERIVED,
    raises="InvalidParameterException NotAuthorizedException OperationNotEnabledException ResourceNotFoundException",
    evidence=(inferred("the operation is new; prose alone", 0.5),),
)
