"""What records say of a target, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from cognito_conformance.engine import results
from cognito_conformance.targets import resolve
from cognito_conformance.targets.inbox import Place
from cognito_conformance.targets.mailbox import Mailbox


def reference_setting() -> results.Setting:
    """A target whose codes are read as the reference server shows them."""
    code_source = Mailbox.of(resolve("reference"), Place("http://127.0.0.1:1")).code_source
    return results.Setting(
        "t",
        "t",
        "http://127.0.0.1:1",
        None,
        "us-east-1",
        (),
        code_source,
        1,
        {},
        datetime.now(UTC),
        "/_reference/clock",
        resolve("reference").functions,
    )
