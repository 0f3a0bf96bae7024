"""Devices that users sign in with."""

from cognito_model.requirement import MUST, documented, inferred, requirement

SIGN_IN = ("InitiateAuth", "AdminInitiateAuth", "RespondToAuthChallenge", "AdminRespondToAuthChallenge")

new_device_is_named = requirement(
    "devices/new-device-is-named",
    "Where devices are tracked, a sign-in without a device key gives a new one and its group key.",
    MUST,
    *SIGN_IN,
    facts="new-device-metadata-on-any-flow device-config-any-property-activates",
)
no_metadata_without_tracking = requirement(
    "devices/no-metadata-without-tracking",
    "Where devices are not tracked, a sign-in names no device.",
    MUST,
    *SIGN_IN,
    facts="no-new-device-metadata-when-tracking-off",
)
known_device_stays = requirement(
    "devices/known-device-stays",
    "A sign-in with the key of a confirmed device names no other.",
    MUST,
    *SIGN_IN,
    facts="device-key-stable-across-sign-ins",
)
forgotten_device_is_refused = requirement(
    "devices/forgotten-device-is-refused",
    "A sign-in with the key of a device that is not the user's is refused, at its last step before tokens.",
    MUST,
    *SIGN_IN,
    raises="ResourceNotFoundException",
    says="Device does not exist.",
    facts="device-forgotten-key-at-sign-in",
)
confirms_device = requirement(
    "devices/confirms-device",
    "ConfirmDevice confirms a device; it tells whether the user must say that it is to be remembered.",
    MUST,
    "ConfirmDevice",
    facts="confirm-device-always confirm-device-user-opt-in confirm-device-verifier-format "
    "confirm-device-token-of-other-session",
)
device_was_issued = requirement(
    "devices/device-was-issued",
    "Confirming a device whose key was not issued to the user is refused.",
    MUST,
    "ConfirmDevice",
    raises="InvalidParameterException ResourceNotFoundException",
    says="Invalid device key given.",
    facts="confirm-device-invalid-key",
)
verifier_is_given = requirement(
    "devices/verifier-is-given",
    "Confirming a device without its verifier may be refused.",
    MUST,
    "ConfirmDevice",
    raises="InvalidParameterException",
    evidence=(inferred("DeviceSecretVerifierConfig is optional in the API model", 0.5),),
)
verifier_has_form = requirement(
    "devices/verifier-has-form",
    "A device's verifier or salt that is no base64 is refused.",
    MUST,
    "ConfirmDevice",
    raises="InvalidParameterException",
    evidence=(
        inferred("the form is recorded (confirm-device-verifier-format), what another one gets is not", 0.5),
    ),
)
device_exists = requirement(
    "devices/device-exists",
    "An operation on a device that the user did not confirm is refused.",
    MUST,
    "GetDevice",
    "AdminGetDevice",
    "UpdateDeviceStatus",
    "AdminUpdateDeviceStatus",
    "ForgetDevice",
    "AdminForgetDevice",
    raises="ResourceNotFoundException InvalidParameterException",
    says="Device does not exist.",
    facts="update-device-before-confirm get-device-after-forget",
)
unremembered_device_may_be_hidden = requirement(
    "devices/unremembered-device-may-be-hidden",
    "A user's own GetDevice of a device that is confirmed and not remembered may be refused.",
    MUST,
    "GetDevice",
    raises="ResourceNotFoundException InvalidParameterException",
    facts="get-device-not-remembered",
)
shows_device = requirement(
    "devices/shows-device",
    "A confirmed device is shown with its attributes and dates.",
    MUST,
    "GetDevice",
    "AdminGetDevice",
    facts="list-devices-after-sign-in device-attributes device-dates-precision",
)
lists_devices = requirement(
    "devices/lists-devices",
    "The confirmed devices of a user are listed.",
    MUST,
    "ListDevices",
    "AdminListDevices",
    facts="list-devices-after-sign-in device-key-stable-across-sign-ins device-alias-users-keyed-by-username",
)
remembers_device = requirement(
    "devices/remembers-device",
    "The remembered status of a device is what it was last set to.",
    MUST,
    "UpdateDeviceStatus",
    "AdminUpdateDeviceStatus",
    facts="admin-update-device-status-by-srp-id device-not-remembered-keeps-mfa",
)
forgets_device = requirement(
    "devices/forgets-device",
    "A forgotten device is gone.",
    MUST,
    "ForgetDevice",
    "AdminForgetDevice",
    raises="ResourceNotFoundException InvalidParameterException",
    says="Device does not exist.",
    facts="get-device-after-forget list-devices-after-sign-in",
    says_facts="get-device-after-forget",
)
tracking_is_on = requirement(
    "devices/tracking-is-on",
    "An operation on devices, or a sign-in or refresh with the key of one, may be refused where none are tracked.",
    MUST,
    *SIGN_IN,
    "GetTokensFromRefreshToken",
    "ConfirmDevice",
    "GetDevice",
    "AdminGetDevice",
    "UpdateDeviceStatus",
    "AdminUpdateDeviceStatus",
    "ForgetDevice",
    "AdminForgetDevice",
    "ListDevices",
    "AdminListDevices",
    raises="InvalidUserPoolConfigurationException InvalidParameterException ResourceNotFoundException",
    evidence=(documented("API model: InvalidUserPoolConfigurationException", 0.6),),
)
