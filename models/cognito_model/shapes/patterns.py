r"""Java's regular expressions in Python's.

Cognito matches a whole value, as `java.util.regex.Matcher.matches` does. Three things differ from Python's
`re`: `\w`, `\s`, `\d` and `\b` are ASCII, `.` stops at every Unicode line terminator, and `\p{L}` names a
general category.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

# Everything assigned lies in planes 0 to 3 and at the start of plane 14; the rest is unassigned or private.
_ASSIGNED = (range(0x40000), range(0xE0000, 0xE0200))
_NOT_A_LINE_END = r"[^\n\r\u0085\u2028\u2029]"
_TOKEN = re.compile(r"\\p\{(\w+)\}|\\.|.", re.DOTALL)

# Three repeats over the same characters take cubic time in a backtracking engine, for ever on a hostile
# megabyte. This says the same in linear time (but for U+0085, U+2028 and U+2029 between two spaces, which it
# allows).
_LINEAR = {r"^[\S]+.*[\S]+$": r"(?=\S)[^\n\r]{2,}(?<=\S)"}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A Python pattern whose `fullmatch` accepts what Java's `matches` accepts for `pattern`.

    Raises `re.error` on syntax that Python lacks, and KeyError on a general category that does not exist.
    """
    return re.compile(_translated(_LINEAR.get(pattern, pattern)), re.ASCII)


def _translated(pattern: str) -> str:
    dot = "." if pattern.startswith("(?s)") else _NOT_A_LINE_END
    out: list[str] = []
    in_class = False
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if token[1]:
            members = _categories()[token[1]]
            out.append(members if in_class else f"[{members}]")
            continue
        if text in "[]":
            in_class = text == "["
        out.append(dot if text == "." and not in_class else text)
    return "".join(out)


@cache
def _categories() -> dict[str, str]:
    """Each major general category (`L`, `M`, …) as the inside of a Python character class."""
    found: dict[str, list[str]] = {}
    for plane in _ASSIGNED:
        for major, codes in groupby(plane, lambda code: unicodedata.category(chr(code))[0]):
            run = list(codes)
            found.setdefault(major, []).append(f"\\U{run[0]:08x}-\\U{run[-1]:08x}")
    return {major: "".join(ranges) for major, ranges in found.items()}
