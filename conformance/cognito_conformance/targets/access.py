"""What it takes to reach a target: region, credentials, authority, and the user's consent."""

from __future__ import annotations

import configparser
import os
from typing import TYPE_CHECKING

from cognito_conformance.targets.errors import TargetError
from cognito_conformance.wire.credentials import TESTING, Credentials

if TYPE_CHECKING:
    from pathlib import Path

    from cognito_conformance.targets.description import Keys, TargetDescription

AUTO = "auto"
"""The region of a description that takes the user's own."""


def check_consent(description: TargetDescription) -> None:
    """Raise TargetError where a description wants the user's word first and has not got it."""
    wanted = description.consent
    if wanted is not None and os.environ.get(wanted, "").lower() not in ("yes", "1", "true"):
        why = description.warning or "this target must be asked for twice"
        raise TargetError(f"{description.name}: {why}; set {wanted}=yes if you want that")


def region_of(description: TargetDescription) -> str:
    """The region that requests are signed for. Raises TargetError where the user has set none."""
    if description.region != AUTO:
        return description.region
    import botocore.session  # slow to import, and only this needs it

    region = botocore.session.get_session().get_config_variable("region")
    if not region:
        raise TargetError(f"{description.name}: no region is set; set AWS_REGION")
    return str(region)


def ca_bundle_of(description: TargetDescription) -> str | None:
    """The file of the only authorities to trust, None for the usual ones. Raises TargetError where it is not there."""
    bundle = description.ca_bundle
    if bundle is None:
        return None
    if not bundle.is_file():
        raise TargetError(f"{description.name}: there is no {bundle}; {_start_first(description)}")
    return str(bundle)


def credentials_of(description: TargetDescription) -> Credentials:
    """The credentials to sign with. Raises TargetError where there are none to be had."""
    keys = description.keys
    if keys is None:
        return TESTING
    if keys.access_key is not None and keys.secret_key is not None:
        return Credentials(keys.access_key, keys.secret_key)
    if keys.chain:
        return _from_chain(description)
    found = next(filter(None, (_from_file(description, keys, path) for path in keys.files)), None)
    if found is None:
        files = " or ".join(map(str, keys.files))
        profile = f" of profile {keys.profile}" if keys.profile else ""
        raise TargetError(
            f"{description.name}: no credentials{profile} in {files}; {_start_first(description)}"
        )
    return found


def _start_first(description: TargetDescription) -> str:
    return f"start {description.title} first, or name another file in a description of your own"


def _from_file(description: TargetDescription, keys: Keys, path: Path) -> Credentials | None:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, configparser.Error) as problem:
        # The message of a parser may quote the line, and the line may be a secret.
        reason = getattr(problem, "strerror", None) or "it is no credentials file"
        raise TargetError(f"{description.name}: cannot read {path}: {reason}") from None
    for name in parser.sections():
        section = parser[name]
        if keys.profile not in (None, name.removeprefix("profile ")):
            continue
        if "aws_access_key_id" in section and "aws_secret_access_key" in section:
            return Credentials(
                section["aws_access_key_id"],
                section["aws_secret_access_key"],
                section.get("aws_session_token"),
            )
    return None


def _from_chain(description: TargetDescription) -> Credentials:
    import botocore.session

    found = botocore.session.get_session().get_credentials()
    if found is None:
        raise TargetError(
            f"{description.name}: boto3 finds no credentials; set AWS_PROFILE or AWS_ACCESS_KEY_ID"
        )
    frozen = found.get_frozen_credentials()
    return Credentials(str(frozen.access_key), str(frozen.secret_key), frozen.token)
