"""Java's regular expressions in Python's."""

import re

import pytest
from botocore.loaders import Loader

from cognito_model.shapes import compiled

PATTERNS = sorted(
    {
        shape["pattern"]
        for shape in Loader().load_service_model("cognito-idp", "service-2")["shapes"].values()
        if "pattern" in shape
    }
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_published_pattern_is_understood(pattern):
    """Each pattern of the description compiles without a warning, for ASCII and for any other text."""
    for text in ("", "é", "\ue000"):
        compiled(pattern).fullmatch(text)


@pytest.mark.parametrize(
    ("category", "inside", "outside"),
    [
        ("L", "aé漢あ\U0001d518", "1 _"),
        ("M", "\u0301\u20e3", "a"),
        ("S", "€+∑\U0001f600", "a-"),
        ("N", "1²Ⅷ٣", "a"),
        ("P", "-_¿«", "+a"),
        ("Z", " \u00a0\u2003\u2028", "\t\n\u200b"),
    ],
)
def test_general_categories(category, inside, outside):
    r"""`\p{X}` means the characters of that general category, beyond the basic plane too."""
    matches = compiled(rf"[\p{{{category}}}]").fullmatch
    assert [c for c in inside if not matches(c)] == []
    assert [c for c in outside if matches(c)] == []


def test_what_is_no_category_is_an_error():
    """A general category that does not exist is not taken for an empty one."""
    with pytest.raises(KeyError):
        compiled(r"\p{Q}")


def test_a_category_outside_of_a_class_stands_for_itself():
    r"""`\p{L}+` without brackets is a class of its own."""
    assert compiled(r"\p{L}+").fullmatch("añb")


@pytest.mark.parametrize("pattern", [r"\w", r"[\w]", r"\d", r"[\w\s]"])
def test_shorthand_classes_are_ascii(pattern):
    r"""Java's `\w`, `\d` and `\s` know ASCII only."""
    assert not any(compiled(pattern).fullmatch(c) for c in "é٣\u00a0")


@pytest.mark.parametrize("line_end", ["\n", "\r", "\u0085", "\u2028", "\u2029"])
def test_a_dot_stops_at_every_line_terminator(line_end):
    """`.` crosses no line unless (?s) says so."""
    assert not compiled(".*").fullmatch(f"a{line_end}b")
    assert compiled("(?s).*").fullmatch(f"a{line_end}b")


def test_a_dot_inside_a_class_is_a_dot():
    """`[=,.@-]` has a literal dot."""
    assert compiled(r"[\w+=,.@-]+").fullmatch("a.b")
    assert not compiled(r"[.]").fullmatch("a")


def test_an_end_anchor_does_not_allow_a_line_end():
    """`^…$` over the whole value refuses a trailing newline."""
    assert not compiled("^[a-z0-9]+$").fullmatch("abc\n")


@pytest.mark.parametrize("text", ["ab", "a b", "a  b", "a\tb", "é…", "a" * 300])
def test_the_fast_form_of_the_password_pattern_accepts_what_the_slow_one_does(text):
    """Inner blanks pass."""
    assert re.fullmatch(r"[\S]+.*[\S]+", text, re.ASCII)
    assert compiled(r"^[\S]+.*[\S]+$").fullmatch(text)


@pytest.mark.parametrize("text", ["", "a", " ", " ab", "ab ", "a\nb", "a\rb", "\tab"])
def test_the_fast_form_of_the_password_pattern_refuses_what_the_slow_one_does(text):
    """Outer blanks, line ends and single characters do not pass."""
    assert not re.fullmatch(r"[\S]+[^\n\r]*[\S]+", text, re.ASCII)
    assert not compiled(r"^[\S]+.*[\S]+$").fullmatch(text)
