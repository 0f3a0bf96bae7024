"""The kinds of inboxes that the suite brings. Each is a function of the options and of the place to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cognito_conformance.targets.inboxes.answers import fixed_inbox, header_inbox, no_inbox
from cognito_conformance.targets.inboxes.files import file_inbox
from cognito_conformance.targets.inboxes.printed import stdout_inbox
from cognito_conformance.targets.inboxes.web import http_inbox, reference_inbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from cognito_conformance.targets.inbox import Inbox, Place
    from cognito_conformance.targets.table import Table

KINDS: dict[str, Callable[[Table, Place], Inbox]] = {
    "none": no_inbox,
    "fixed": fixed_inbox,
    "header": header_inbox,
    "stdout": stdout_inbox,
    "file": file_inbox,
    "http": http_inbox,
    "reference": reference_inbox,
}
"""By the word that a description uses."""
