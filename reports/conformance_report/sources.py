"""Where evidence was seen, as text with links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

API_REFERENCE = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/"

_LINKED = re.compile(
    r"""(?P<url>https?://[^\s;,'"<>()\[\]{}\\^`|]+)
      | (?<![\w/.@-])(?P<repo>[A-Za-z0-9][\w.-]*/[A-Za-z0-9_][\w.-]*)
        (?: @(?P<commit>[0-9a-f]{7,40})\b
            (?: :(?P<path>[\w./@+-]+) (?:\#L(?P<first>\d+)(?:-L?(?P<last>\d+))?)? )?
          | \#(?P<issue>\d+)\b )
      | (?:\bboto/)?\bbotocore[ ](?P<botocore>\d+\.\d+\.\d+)[: ](?P<data>data/[\w./-]+\.json)
      | \b(?P<api>API_[A-Z]\w+)""",
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source; `href`, always http or https, where it is a link."""

    text: str
    href: str | None = None


def pieces(source: str) -> Iterator[Piece]:
    """A source cut at its links, which the text holds as they are or in the catalogue's short forms.

    `owner/name@commit:path#L1-9` leads to that file at that commit, `owner/name#12` to that issue, `botocore
    1.2.3:data/…` to that release's service model, `API_SignUp` to the API reference.
    """
    end = 0
    for found in _LINKED.finditer(source):
        text = found[0].rstrip(".:?!*_~") if found["url"] else found[0].rstrip(".")
        if found.start() > end:
            yield Piece(source[end : found.start()])
        yield Piece(text, _href(found, text))
        end = found.start() + len(text)
    if end < len(source):
        yield Piece(source[end:])


def _href(found: re.Match[str], text: str) -> str:
    if found["url"]:
        return text
    if found["api"]:
        return f"{API_REFERENCE}{found['api']}.html"
    if found["botocore"]:
        return f"https://github.com/boto/botocore/blob/{found['botocore']}/botocore/{found['data']}"
    home = f"https://github.com/{found['repo']}"
    if found["issue"]:
        return f"{home}/issues/{found['issue']}"
    if not found["path"]:
        return f"{home}/tree/{found['commit']}"
    lines = f"#L{found['first']}" if found["first"] else ""
    lines += f"-L{found['last']}" if found["last"] else ""
    return f"{home}/blob/{found['commit']}/{quote(found['path'].rstrip('.'))}{lines}"
