"""Attributes written, deleted and verified after the user was made."""

from cognito_model.requirement import MUST, Evidence, documented, inferred, requirement

BOTH = ("UpdateUserAttributes", "AdminUpdateUserAttributes")
DELETERS = ("DeleteUserAttributes", "AdminDeleteUserAttributes")

writes = requirement(
    "user-attributes/writes",
    "An update sets each attribute to its new value, visible at once.",
    MUST,
    *BOTH,
    facts="uua-custom-roundtrip uua-email-visible-immediately auua-phone-lenient acu-custom-attr-roundtrip",
)
blank_deletes = requirement(
    "user-attributes/blank-deletes",
    "An update with an empty value deletes the attribute.",
    MUST,
    *BOTH,
    facts="auua-blank-deletes-standard auua-blank-deletes-min-length auua-blank-deletes-phone "
    "uua-blank-deletes",
)
value_is_given = requirement(
    "user-attributes/value-is-given",
    "An update with a null value is refused.",
    MUST,
    *BOTH,
    raises="InvalidParameterException",
    says="Attribute value for {} must not be null",
    facts="auua-null-value auua-null-before-immutable",
)
immutable_stays = requirement(
    "user-attributes/immutable-stays",
    "Updating an attribute that the schema makes immutable is refused.",
    MUST,
    *BOTH,
    raises="InvalidParameterException",
    says=("user.{}: Attribute cannot be updated.", "{}Attribute cannot be updated.{}"),
    facts="auua-immutable-blank uua-immutable-message",
)
verified_flag_is_not_the_users = requirement(
    "user-attributes/verified-flag-is-not-the-users",
    "A user may not set email_verified or phone_number_verified.",
    MUST,
    "UpdateUserAttributes",
    raises="NotAuthorizedException InvalidParameterException",
    says="A client attempted to write unauthorized attribute",
    facts="uua-email-verified-not-writable",
    says_disputed=True,
)
flag_needs_contact = requirement(
    "user-attributes/flag-needs-contact",
    "Saying that an e-mail address is verified is refused where a new user has none; of others and of phone numbers "
    "it may be.",
    MUST,
    "AdminUpdateUserAttributes",
    "AdminCreateUser",
    raises="InvalidParameterException",
    says="No {} provided but {}_verified was true",
    facts="acu-verified-without-email",
    evidence=(documented("API_AdminCreateUser: a value must be given to set the flag to true", 0.8),),
)
name_is_free = requirement(
    "user-attributes/name-is-free",
    "Where users sign in with an attribute, taking another user's value of it is refused.",
    MUST,
    *BOTH,
    raises="AliasExistsException",
    says="An account with the given {} already exists.",
    facts="auua-username-attr-dup-email auua-username-attr-dup-case",
    says_facts="auua-username-attr-dup-email",
)
alias_may_be_taken = requirement(
    "user-attributes/alias-may-be-taken",
    "Taking another user's preferred_username may be refused where that is an alias.",
    MUST,
    *BOTH,
    raises="AliasExistsException",
    evidence=(documented("API model: AliasExistsException of both operations", 0.7),),
)
alias_moves = requirement(
    "user-attributes/alias-moves",
    "An administrator who gives a user another's alias as verified moves the alias.",
    MUST,
    "AdminUpdateUserAttributes",
    facts="auua-alias-steal",
)
new_contact_is_unverified = requirement(
    "user-attributes/new-contact-is-unverified",
    "A changed or a first e-mail address or phone number is not verified.",
    MUST,
    *BOTH,
    facts="auua-email-resets-verified uua-email-unverified-after uua-alias-limbo auua-first-contact-shows-unverified",
)
verified_together = requirement(
    "user-attributes/verified-together",
    "An administrator may set a contact and its verified flag together.",
    MUST,
    "AdminUpdateUserAttributes",
    facts="auua-email-with-verified",
)
code_goes_to_new_value = requirement(
    "user-attributes/code-goes-to-new-value",
    "Changing an automatically verified contact sends a code to the new value.",
    MUST,
    "UpdateUserAttributes",
    facts="uua-email-code-to-new uua-email-code-to-new-keep-original",
)
old_value_stays = requirement(
    "user-attributes/old-value-stays",
    "Where an update waits for verification, the old value stays until the new one is verified.",
    MUST,
    *BOTH,
    facts="uua-keep-original-old-visible",
)
update_moves_date = requirement(
    "user-attributes/update-moves-date",
    "An update of attributes, or a password in place of a temporary one, moves UserLastModifiedDate; the creation date stays.",
    MUST,
    *BOTH,
    "RespondToAuthChallenge",
    "AdminRespondToAuthChallenge",
    facts="last-modified-moves new-password-moves-date",
    evidence=(Evidence("reported", "https://github.com/getmoto/moto/pull/7464", 0.7),),
)
deletes = requirement(
    "user-attributes/deletes",
    "A deleted attribute is gone.",
    MUST,
    *DELETERS,
    facts="adua-custom adua-tokens-unaffected",
)
required_stays = requirement(
    "user-attributes/required-stays",
    "Deleting an attribute that the schema requires is refused.",
    MUST,
    "DeleteUserAttributes",
    raises="InvalidParameterException",
    says=(
        "Invalid user attributes: {}: Required attribute cannot be deleted.",
        "user.{}: Required attribute cannot be deleted.",
    ),
    facts="dua-required",
)
deletion_may_be_refused = requirement(
    "user-attributes/deletion-may-be-refused",
    "Deleting an attribute that is unknown, unset, immutable, required or the service's own may be refused, by an "
    "empty value too.",
    MUST,
    *DELETERS,
    *BOTH,
    raises="InvalidParameterException NotAuthorizedException",
    facts="adua-idempotent",
    evidence=(
        inferred("no fact says which deletions are refused beside a user's of a required attribute", 0.5),
    ),
)
verification_code_is_sent = requirement(
    "user-attributes/verification-code-is-sent",
    "A verification code goes to the attribute that was named.",
    MUST,
    "GetUserAttributeVerificationCode",
    facts="guavc-happy-mask guavc-works-without-autoverify-pending guavc-already-verified "
    "guavc-keep-original-target",
)
contact_has_value = requirement(
    "user-attributes/contact-has-value",
    "Asking for a code for a contact that the user does not have is refused.",
    MUST,
    "GetUserAttributeVerificationCode",
    raises="InvalidParameterException",
    says=(
        "User does not have a valid registered email address",
        "User does not have a valid registered phone number",
    ),
    facts="guavc-no-email guavc-no-phone",
)
contact_can_be_verified = requirement(
    "user-attributes/contact-can-be-verified",
    "Asking for a code for an attribute other than email and phone_number, or verifying one, is refused.",
    MUST,
    "GetUserAttributeVerificationCode",
    "VerifyUserAttribute",
    raises="InvalidParameterException",
    says="Invalid attribute name. Only phone_number and email can be verified.",
    facts="guavc-only-contacts",
    evidence=(documented("Developer guide: codes verify an email or phone_number attribute", 0.8),),
)
right_code_verifies = requirement(
    "user-attributes/right-code-verifies",
    "The right code makes the attribute verified.",
    MUST,
    "VerifyUserAttribute",
    "GetUserAttributeVerificationCode",
    "UpdateUserAttributes",
    facts="vua-happy guavc-already-verified",
)
pending_value_comes_in = requirement(
    "user-attributes/pending-value-comes-in",
    "Where an update waits for verification, the right code brings the new value in.",
    MUST,
    "VerifyUserAttribute",
    *BOTH,
    facts="vua-activates-pending auua-flag-alone-while-pending",
)
code_matches = requirement(
    "user-attributes/code-matches",
    "A verification code that the user was not sent is refused.",
    MUST,
    "VerifyUserAttribute",
    raises="CodeMismatchException",
    says="Invalid verification code provided, please try again.",
    facts="vua-wrong-code",
)
code_was_sent = requirement(
    "user-attributes/code-was-sent",
    "Where no code waits, since none was asked for or it was used, any code is refused as wrong or expired.",
    MUST,
    "VerifyUserAttribute",
    raises="ExpiredCodeException CodeMismatchException",
    facts="vua-garbage-code",
)
used_code_is_expired = requirement(
    "user-attributes/used-code-is-expired",
    "The code that has verified a contact is refused as expired when it comes again.",
    MUST,
    "VerifyUserAttribute",
    raises="ExpiredCodeException",
    says="Invalid code provided, please request a code again.",
    facts="vua-used-code",
)
code_is_fresh = requirement(
    "user-attributes/code-is-fresh",
    "A verification code older than 24 hours is refused.",
    MUST,
    "VerifyUserAttribute",
    raises="ExpiredCodeException",
    facts="vua-code-24h",
)
older_code_may_be_dead = requirement(
    "user-attributes/older-code-may-be-dead",
    "A code that a newer one followed may be refused.",
    MUST,
    "VerifyUserAttribute",
    raises="CodeMismatchException ExpiredCodeException",
    facts="resend-invalidates-previous",
)
value_is_there = requirement(
    "user-attributes/value-is-there",
    "Verifying an attribute that has no value is refused.",
    MUST,
    "VerifyUserAttribute",
    raises="InvalidParameterException",
    says="Unable to verify attribute: {} no value set to verify",
    facts="vua-no-value",
)
alias_is_free = requirement(
    "user-attributes/alias-is-free",
    "Verifying a value that is another user's alias is refused, or moves the alias.",
    MUST,
    "VerifyUserAttribute",
    raises="AliasExistsException",
    says=("An account with the {} already exists.", "An account with the given {} already exists."),
    facts="vua-alias-conflict uua-alias-dup-update-ok vua-alias-moves",
    evidence=(documented("API_VerifyUserAttribute: AliasExistsException", 0.9),),
    says_facts="confirm-alias-exists",
    disputed=True,  # documented as refused, and accepted where it was tried in 2026
)
verified_alias_moves = requirement(
    "user-attributes/verified-alias-moves",
    "A value that another user verifies with a code is no alias of the user who had it before.",
    MUST,
    "VerifyUserAttribute",
    "AdminGetUser",
    facts="vua-alias-moves",
)
