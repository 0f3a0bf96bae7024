"""The secrets of an app client, two at most, so that one can be replaced while it is in use."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

ACK = Evidence(
    "recorded",
    "aws-controllers-k8s/cognitoidentityprovider-controller@7d882e2f:test/e2e/tests/test_userpoolclientsecret.py",
    0.88,
)

ADD = "AddUserPoolClientSecret"
LIST = "ListUserPoolClientSecrets"
DELETE = "DeleteUserPoolClientSecret"

adds_secret = requirement(
    "client-secrets/adds-secret",
    "AddUserPoolClientSecret answers with the id, the date and, this once, the value of a new secret.",
    MUST,
    ADD,
    facts="secret-add-returns-once",
    evidence=(ACK,),
)
id_has_form = requirement(
    "client-secrets/id-has-form",
    "A secret's id is the client id, two hyphens and the second of its making.",
    MUST,
    ADD,
    LIST,
    facts="secret-add-returns-once",
)
chosen_secret_is_hidden = requirement(
    "client-secrets/chosen-secret-is-hidden",
    "A secret that the customer chose is not answered.",
    MUST,
    ADD,
    facts="secret-add-custom-not-returned",
)
client_is_confidential = requirement(
    "client-secrets/client-is-confidential",
    "A client that was created without a secret is given none.",
    MUST,
    ADD,
    raises="InvalidParameterException",
    facts="client-secret-immutable",
    evidence=(
        inferred("API_AddUserPoolClientSecret speaks of confidential app clients; no error is shown", 0.6),
    ),
    disputed=True,  # whether a public client is refused is nowhere shown
)
two_at_most = requirement(
    "client-secrets/two-at-most",
    "A third secret is refused.",
    MUST,
    ADD,
    raises="LimitExceededException InvalidParameterException",
    facts="secret-max-two",
    evidence=(ACK,),  # which error the third gets is not told there
)
lists_secrets = requirement(
    "client-secrets/lists-secrets",
    "ListUserPoolClientSecrets lists the client's secrets by id and date, without a page token.",
    MUST,
    LIST,
    facts="secret-list-never-reveals",
    evidence=(ACK,),
)
values_stay_hidden = requirement(
    "client-secrets/values-stay-hidden",
    "ListUserPoolClientSecrets never shows the value of a secret.",
    MUST,
    LIST,
    facts="secret-list-never-reveals",
)
deletes_secret = requirement(
    "client-secrets/deletes-secret",
    "DeleteUserPoolClientSecret takes one of two secrets away.",
    MUST,
    DELETE,
    LIST,
    evidence=(documented("API_DeleteUserPoolClientSecret: 'Deletes a specific client secret'", 0.9), ACK),
)
secrets_are_both_good = requirement(
    "client-secrets/secrets-are-both-good",
    "A secret hash may be made with either of a client's two secrets.",
    MUST,
    "SignUp",
    "InitiateAuth",
    "AdminInitiateAuth",
    facts="client-secrets-are-both-good",
    evidence=(ACK,),
)
last_secret_stays = requirement(
    "client-secrets/last-secret-stays",
    "The last secret of a client is not deleted.",
    MUST,
    DELETE,
    raises="InvalidParameterException LimitExceededException",
    facts="secret-delete-last",
    evidence=(
        documented("API_DeleteUserPoolClientSecret: 'You cannot delete the last remaining secret'", 0.85),
    ),
)
secret_exists = requirement(
    "client-secrets/secret-exists",
    "Deleting a secret that the client does not have is refused.",
    MUST,
    DELETE,
    raises="ResourceNotFoundException InvalidParameterException",
    evidence=(documented("API_DeleteUserPoolClientSecret: errors", 0.8),),
)
