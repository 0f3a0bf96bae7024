"""GetCSVHeader, GetSigningCertificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cognito_model.call import Call, operation
from cognito_model.expect import Bag, Because, Both, Including
from cognito_model.operations.common import need_pool
from cognito_model.requirements import pool_extras as R
from cognito_model.terms import Fresh

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome

COLUMNS = (
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
    "cognito:mfa_enabled",
    "cognito:username",
)
"""The header of a pool without custom attributes (fact import-csv-header)."""


@operation("GetCSVHeader")
def get_csv_header(call: Call) -> Outcome:
    """Name the columns of a file of users for this pool."""
    pool = need_pool(call)
    names = [attribute["Name"] for attribute in pool.settings["SchemaAttributes"]]
    custom = [name for name in names if name.startswith("custom:")]
    header: Any = Because(Including((*COLUMNS[:-2], *custom, *COLUMNS[-2:])), R.csv_header_names_attributes)
    if not custom:
        exact = Because(Bag(COLUMNS), R.csv_header_names_attributes)
        header = Both.of(exact, Because(COLUMNS, R.csv_header_is_ordered))
    return call.reply(R.csv_header_names_attributes, UserPoolId=pool.id, CSVHeader=header)


@operation("GetSigningCertificate")
def get_signing_certificate(call: Call) -> Outcome:
    """Show the certificate that SAML requests of the pool are signed with."""
    pool = need_pool(call)
    return call.reply(
        R.has_signing_certificate, Certificate=Fresh("Certificate", pool.id.step, pool.id.index)
    )
