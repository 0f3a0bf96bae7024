"""Proofs: of a password by SRP, of a device, of a passkey."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

START = ("InitiateAuth", "AdminInitiateAuth")
ANSWER = ("RespondToAuthChallenge", "AdminRespondToAuthChallenge")

proof_is_right = requirement(
    "challenges/proof-is-right",
    "A password signature that the password does not give is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    says="Incorrect username or password.",
    facts="wrong-password-srp-at-verifier srp-signature srp-hkdf srp-k srp-x-uses-pool-suffix-and-user-id "
    "srp-prehashed-password-only-with-username-pool",
)
proof_signs_in = requirement(
    "challenges/proof-signs-in",
    "A password signature that is right goes on as any right password does, without a Session too.",
    MUST,
    *ANSWER,
    facts="srp-password-verifier-session-optional admin-srp-flow srp-signature default-client-allows-srp "
    "secret-hash-must-match-username-of-same-request",
)
proof_is_prompt = requirement(
    "challenges/proof-is-prompt",
    "A password signature that comes later than a few seconds may be refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    facts="srp-verifier-time-window",
)
proof_may_come_again = requirement(
    "challenges/proof-may-come-again",
    "A second answer to the same secret block may be refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException",
    evidence=(inferred("the state travels in the secret block; no fact shows a replay", 0.5),),
)
timestamp_has_format = requirement(
    "challenges/timestamp-has-format",
    "A TIMESTAMP that is no date in Cognito's format is refused.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException",
    says="TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
    facts="srp-timestamp-lenient",
    evidence=(
        Evidence(
            "reported", "https://github.com/amazon-archives/amazon-cognito-identity-js/issues/683", 0.85
        ),
    ),
)
timestamp_may_be_odd = requirement(
    "challenges/timestamp-may-be-odd",
    "A TIMESTAMP that is a date, but not as Cognito writes it, may be refused, or read as if it were.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException NotAuthorizedException",
    facts="srp-timestamp-lenient",
    evidence=(
        Evidence("recorded", "https://github.com/ministackorg/ministack/pull/1758", 0.75, None, "`Sep 05`"),
    ),
)
signature_is_base64 = requirement(
    "challenges/signature-is-base64",
    "A password signature that is no base64 is refused as such.",
    MUST,
    *ANSWER,
    raises="InvalidParameterException",
    says="Invalid PASSWORD_CLAIM_SIGNATURE format. Must be a Base64 string.",
    facts="srp-signature-base64",
)
block_is_genuine = requirement(
    "challenges/block-is-genuine",
    "A secret block that nothing issued is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException InvalidParameterException",
    evidence=(
        documented("API_RespondToAuthChallenge: PASSWORD_CLAIM_SECRET_BLOCK", 0.8),
        Evidence("recorded", "https://github.com/ministackorg/ministack/pull/1758", 0.8),
    ),
)
device_is_asked = requirement(
    "challenges/device-is-asked",
    "A remembered device is asked to prove itself in place of the second factor.",
    MUST,
    *START,
    *ANSWER,
    facts="device-srp-flow device-remembered-bypasses-sms-mfa device-srp-flow-admin "
    "device-challenge-required-only-affects-mfa",
)
device_is_challenged = requirement(
    "challenges/device-is-challenged",
    "DEVICE_SRP_AUTH answered with SRP_A gets salt, B and secret block of the device.",
    MUST,
    *ANSWER,
    facts="device-password-verifier-params device-srp-flow",
)
device_proves_itself = requirement(
    "challenges/device-proves-itself",
    "A device that proves its password signs in.",
    MUST,
    *ANSWER,
    facts="device-srp-flow device-signature-inputs",
)
passkey_signs_in = requirement(
    "challenges/passkey-signs-in",
    "A credential that a registered passkey made for the challenge signs in.",
    MUST,
    *ANSWER,
    facts="select-challenge-answer-webauthn",
)
passkey_is_right = requirement(
    "challenges/passkey-is-right",
    "A credential that no passkey of the user made for the challenge is refused.",
    MUST,
    *ANSWER,
    raises="NotAuthorizedException InvalidParameterException",
    evidence=(documented("API_RespondToAuthChallenge: WEB_AUTHN, CREDENTIAL", 0.8),),
)
