"""Passkeys of a user: registered, listed, deleted."""

from cognito_model.requirement import MUST, documented, inferred, requirement

REGISTER = ("StartWebAuthnRegistration", "CompleteWebAuthnRegistration")
ALL = (*REGISTER, "ListWebAuthnCredentials", "DeleteWebAuthnCredential")

options_have_shape = requirement(
    "passkeys/options-have-shape",
    "Registering a passkey begins with creation options: relying party, user, challenge, algorithms, selection.",
    MUST,
    "StartWebAuthnRegistration",
    facts="webauthn-start-shape",
)
relying_party_is_configured = requirement(
    "passkeys/relying-party-is-configured",
    "The relying party of the options is the one that the pool configures.",
    MUST,
    "StartWebAuthnRegistration",
    evidence=(documented("API_WebAuthnConfigurationType: RelyingPartyId", 0.85),),
)
known_passkeys_are_excluded = requirement(
    "passkeys/known-passkeys-are-excluded",
    "The options exclude the passkeys that the user has.",
    MUST,
    "StartWebAuthnRegistration",
    facts="webauthn-start-shape",
)
pool_allows_passkeys = requirement(
    "passkeys/pool-allows-passkeys",
    "Registering a passkey in a pool that does not allow them as first factor is refused.",
    MUST,
    *REGISTER,
    raises="WebAuthnNotEnabledException WebAuthnConfigurationMissingException",
    facts="webauthn-not-enabled",
    evidence=(documented("API_StartWebAuthnRegistration: WebAuthnNotEnabledException", 0.8),),
)
relying_party_is_known = requirement(
    "passkeys/relying-party-is-known",
    "Registering a passkey in a pool without a relying party and without a domain may be refused.",
    MUST,
    "StartWebAuthnRegistration",
    raises="WebAuthnConfigurationMissingException WebAuthnNotEnabledException",
    evidence=(documented("API_StartWebAuthnRegistration: WebAuthnConfigurationMissingException", 0.65),),
)
registers_passkey = requirement(
    "passkeys/registers-passkey",
    "A credential that answers the challenge of the options becomes a passkey of the user.",
    MUST,
    "CompleteWebAuthnRegistration",
    evidence=(documented("API_CompleteWebAuthnRegistration", 0.9),),
)
challenge_was_asked = requirement(
    "passkeys/challenge-was-asked",
    "Completing a registration that was not started is refused.",
    MUST,
    "CompleteWebAuthnRegistration",
    raises="WebAuthnChallengeNotFoundException InvalidParameterException",
    evidence=(documented("API_CompleteWebAuthnRegistration: WebAuthnChallengeNotFoundException", 0.85),),
)
credential_is_valid = requirement(
    "passkeys/credential-is-valid",
    "A credential that lacks members or does not answer the challenge is refused.",
    MUST,
    "CompleteWebAuthnRegistration",
    raises="InvalidParameterException WebAuthnChallengeNotFoundException WebAuthnClientMismatchException "
    "WebAuthnCredentialNotSupportedException WebAuthnOriginNotAllowedException "
    "WebAuthnRelyingPartyMismatchException NotAuthorizedException",
    says="Credential data is not valid",
    facts="webauthn-complete-invalid-credential",
    says_disputed=True,
)
lists_passkeys = requirement(
    "passkeys/lists-passkeys",
    "The passkeys of a user are listed; the list of one who has none is empty.",
    MUST,
    "ListWebAuthnCredentials",
    facts="webauthn-list-empty webauthn-list-without-transports",
)
deletes_passkey = requirement(
    "passkeys/deletes-passkey",
    "A deleted passkey is gone.",
    MUST,
    "DeleteWebAuthnCredential",
    evidence=(documented("API_DeleteWebAuthnCredential", 0.9),),
)
passkey_exists = requirement(
    "passkeys/passkey-exists",
    "Deleting a passkey that the user does not have is refused.",
    MUST,
    "DeleteWebAuthnCredential",
    raises="ResourceNotFoundException",
    evidence=(documented("API_DeleteWebAuthnCredential: ResourceNotFoundException", 0.85),),
)
passkeys_are_in_use = requirement(
    "passkeys/passkeys-are-in-use",
    "Listing or deleting passkeys in a pool that does not allow them may be refused.",
    MUST,
    *ALL[2:],
    raises="NotAuthorizedException InvalidParameterException ResourceNotFoundException OperationNotEnabledException",
    evidence=(inferred("WebAuthnNotEnabledException is not declared for these operations", 0.5),),
)
