"""Users as administrators make, see, disable and delete them."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

creates_user = requirement(
    "admin-users/creates-user",
    "AdminCreateUser creates an enabled user whose status is FORCE_CHANGE_PASSWORD.",
    MUST,
    "AdminCreateUser",
    facts="acu-username-only acu-suppress-status acu-response-attributes acu-temp-password-in-tests-policy "
    "acu-email-alias-nonemail-username-ok acu-email-like-username-plain-pool acu-default-medium-sms",
)
passwordless_user_is_confirmed = requirement(
    "admin-users/passwordless-user-is-confirmed",
    "A user created without a password in a pool with one-time passwords as first factor is CONFIRMED.",
    MUST,
    "AdminCreateUser",
    facts="admin-create-passwordless-confirmed",
)
stores_attributes = requirement(
    "admin-users/stores-attributes",
    "The attributes that AdminCreateUser is given are the new user's.",
    MUST,
    "AdminCreateUser",
    facts="acu-custom-attr-roundtrip acu-response-attributes schema-immutable-at-creation acu-flag-is-kept-as-written",
)
username_becomes_attribute = requirement(
    "admin-users/username-becomes-attribute",
    "The e-mail address or phone number that stands for a username becomes the attribute.",
    MUST,
    "AdminCreateUser",
    facts="acu-username-attr-returns-uuid",
)
username_is_free = requirement(
    "admin-users/username-is-free",
    "Creating a user whose username the pool already has is refused.",
    MUST,
    "AdminCreateUser",
    raises="UsernameExistsException",
    says=("User account already exists", "An account with the given {} already exists."),
    facts="acu-duplicate-username",
)
alias_is_free = requirement(
    "admin-users/alias-is-free",
    "Creating a user with a verified alias that another user has is refused, unless it is forced.",
    MUST,
    "AdminCreateUser",
    raises="AliasExistsException UsernameExistsException",
    says=("An account with the {} already exists.", "An account with the given {} already exists."),
    facts="acu-alias-conflict proto-alias-exists-not-in-create",
    evidence=(documented("API_AdminCreateUser: ForceAliasCreation, AliasExistsException", 0.8),),
    says_disputed=True,
)
forced_alias_moves = requirement(
    "admin-users/forced-alias-moves",
    "With ForceAliasCreation a verified alias moves to the new user.",
    MUST,
    "AdminCreateUser",
    facts="acu-force-alias-moves acu-force-alias-needs-verified acu-alias-conflict-unverified-ok",
)
resend_needs_new_user = requirement(
    "admin-users/resend-needs-new-user",
    "Resending an invitation to a user who has set a password is refused.",
    MUST,
    "AdminCreateUser",
    raises="UnsupportedUserStateException",
    says="Resend not possible. {} status is not FORCE_CHANGE_PASSWORD",
    facts="acu-resend-confirmed",
)
resend_answers_user = requirement(
    "admin-users/resend-answers-user",
    "Resending an invitation answers the user as it is.",
    MUST,
    "AdminCreateUser",
    facts="acu-resend-fcp",
)
resend_renews_password = requirement(
    "admin-users/resend-renews-password",
    "Resending an invitation issues a new temporary password, and the old one signs nobody in.",
    MUST,
    "AdminCreateUser",
    raises="NotAuthorizedException",
    facts="acu-resend-new-temp-password",
    evidence=(Evidence("reported", "https://github.com/ustaxcourt/ef-cms/issues/454", 0.8),),
)
shows_user = requirement(
    "admin-users/shows-user",
    "AdminGetUser shows the user's name, attributes, status and whether it is enabled.",
    MUST,
    "AdminGetUser",
    facts="acu-response-member-names disable-flags getuser-no-mfa-keys admingetuser-by-sub "
    "adg-by-email-usernameattr st-enum",
)
user_shows_itself = requirement(
    "admin-users/user-shows-itself",
    "GetUser shows the name and readable attributes of the access token's user.",
    MUST,
    "GetUser",
    facts="getuser-email-verified-is-string acu-response-member-names getuser-no-mfa-keys",
)
unreadable_is_hidden = requirement(
    "admin-users/unreadable-is-hidden",
    "GetUser leaves out attributes that the app client may not read.",
    MUST,
    "GetUser",
    facts="getuser-readable-only",
)
disables = requirement(
    "admin-users/disables",
    "AdminDisableUser makes Enabled false and leaves the status as it is.",
    MUST,
    "AdminDisableUser",
    facts="disable-flags disable-idempotent st-enabled-orthogonal",
)
disabling_revokes = requirement(
    "admin-users/disabling-revokes",
    "AdminDisableUser revokes the user's tokens, for good.",
    MUST,
    "AdminDisableUser",
    raises="NotAuthorizedException",
    facts="refresh-disabled-user",
    evidence=(
        documented("API_AdminDisableUser: revokes all access tokens for the user", 0.85),
        documented(
            "Developer guide, managing user accounts: tokens 'remain non-valid after you enable the user account'",
            0.85,
        ),
    ),
)
enables = requirement(
    "admin-users/enables",
    "AdminEnableUser makes Enabled true.",
    MUST,
    "AdminEnableUser",
    facts="disable-group-kept",
    evidence=(documented("API_AdminEnableUser", 0.95),),
)
deletes = requirement(
    "admin-users/deletes",
    "A deleted user is gone at once; its name is free.",
    MUST,
    "AdminDeleteUser",
    "DeleteUser",
    raises="UserNotFoundException",
    says="User does not exist.",
    facts="delete-api-no-disable-needed delete-list-immediate delete-username-reusable delete-user-token-op "
    "delete-unknown delete-empty-body",
    says_facts="admingetuser-unknown",
)
medium_has_contact = requirement(
    "admin-users/medium-has-contact",
    "Creating a user who is to be invited by e-mail or text message without an address or number is refused.",
    MUST,
    "AdminCreateUser",
    raises="InvalidParameterException",
    says="No {} provided but desired delivery medium was {}",
    evidence=(
        Evidence("reported", "https://github.com/rahulpsd18/cognito-backup-restore/issues/25", 0.9),
        Evidence("reported", "https://github.com/awslabs/sagemaker-dashboards-for-ml/issues/2", 0.85),
        documented("API_AdminCreateUser: a value must be given for each of DesiredDeliveryMediums", 0.85),
    ),
)
delivery_may_fail = requirement(
    "admin-users/delivery-may-fail",
    "Sending an invitation again may be refused where it has nowhere to go.",
    MUST,
    "AdminCreateUser",
    raises="InvalidParameterException CodeDeliveryFailureException",
    evidence=(inferred("what holds of a new user may hold here; no fact tells of it", 0.5),),
)
