r"""Java's regular expressions in Python's.

Cognito matches a whole value, as `java.util.regex.Matcher.matches` does. Three things differ from Python's
`re`: `\w`, `\s`, `\d` and `\b` are ASCII, `.` stops at every Unicode line terminator, and `\p{L}` names a
general category. Python has no classes of these, and one that lists their characters takes 12 ms to compile. So a
class lists what there is of a category in ASCII, and in the text that is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain, groupby

_ASCII = "".join(map(chr, range(128)))
_CATEGORIES = frozenset("CLMNPSZ")
_NOT_A_LINE_END = r"[^\n\r\u0085\u2028\u2029]"
_TOKEN = re.compile(r"\\p\{(\w+)\}|\\.|.", re.DOTALL)

# Three repeats over the same characters take cubic time in a backtracking engine, for ever on a hostile
# megabyte. This says the same in linear time (but for U+0085, U+2028 and U+2029 between two spaces, which it
# allows). And Python has flags only at the start.
_SAME = {
    r"^[\S]+.*[\S]+$": r"(?=\S)[^\n\r]{2,}(?<=\S)",
    r"(?s).*\{####\}(?s).*": r"(?s).*\{####\}.*",
}


class Pattern:
    """A pattern of Java's. Raises `re.error` on syntax that Python lacks, KeyError on a category that does not exist."""

    def __init__(self, pattern: str) -> None:
        self._pattern = _SAME.get(pattern, pattern)
        self._of_ascii = _compiled(self._pattern, "")

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match where Java's `matches` accepts the text."""
        return (self._of_ascii if text.isascii() else self.among(text)).fullmatch(text)

    def among(self, characters: str) -> re.Pattern[str]:
        """The same in Python's words, for texts with no characters but ASCII and these."""
        return _compiled(self._pattern, "".join(sorted(set(characters).difference(_ASCII))))


compiled = cache(Pattern)
"""The pattern, made once."""


@lru_cache(maxsize=1024)
def _compiled(pattern: str, others: str) -> re.Pattern[str]:
    """The pattern for texts with no characters but ASCII and `others`."""
    return re.compile(_translated(pattern, others), re.ASCII)


def _translated(pattern: str, others: str) -> str:
    dot = "." if pattern.startswith("(?s)") else _NOT_A_LINE_END
    out: list[str] = []
    in_class = False
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if token[1]:
            members = _members(token[1], others)
            out.append(members if in_class else f"[{members}]")
            continue
        if text in "[]":
            in_class = text == "["
        out.append(dot if text == "." and not in_class else text)
    return "".join(out)


def _members(category: str, others: str) -> str:
    """The characters of a major general category (`L`, `M`, …) as the inside of a class, which cannot be empty."""
    if category not in _CATEGORIES:
        raise KeyError(category)
    found = [ord(char) for char in chain(_ASCII, others) if unicodedata.category(char)[0] == category]
    if not found:
        found = [next(code for code in range(0xE000, 0x110000) if chr(code) not in others)]
    runs = (list(run) for _, run in groupby(enumerate(found), lambda place: place[1] - place[0]))
    return "".join(f"\\U{run[0][1]:08x}-\\U{run[-1][1]:08x}" for run in runs)
