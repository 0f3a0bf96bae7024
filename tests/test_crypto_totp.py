"""TOTP codes against the published vectors of RFC 6238, and the window in which they are taken."""

import base64

import pytest

from cognito_conformance.crypto import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_6238 = {
    59: "94287082",
    1_111_111_109: "07081804",
    1_111_111_111: "14050471",
    1_234_567_890: "89005924",
    2_000_000_000: "69279037",
    20_000_000_000: "65353130",
}


@pytest.mark.parametrize("at", RFC_6238)
def test_codes_of_the_rfc(at):
    """A code is the last six of the RFC's eight digits."""
    assert RFC_6238[at][-6:] == totp.code(SECRET, at)


def test_offset_counts_steps():
    """A step offset of one is thirty seconds later, of minus one thirty seconds earlier."""
    assert totp.code(SECRET, 1_000_030) == totp.code(SECRET, 1_000_000.9, 1)
    assert totp.code(SECRET, 999_970) == totp.code(SECRET, 1_000_000, -1)


@pytest.mark.parametrize("offset", [-3, -2, -1, 0, 1, 2, 3])
@pytest.mark.parametrize("window", [0, 1, 2])
def test_window(offset, window):
    """A code is found by its step within the window, and beyond it is no code."""
    at = 1_234_567_890
    expected = totp.step_of(at) + offset if abs(offset) <= window else None
    assert expected == totp.matching_step(SECRET, totp.code(SECRET, at, offset), at, window)


def test_window_ends_at_the_epoch():
    """Near the epoch there is no step before the first."""
    assert totp.matching_step(SECRET, totp.code(SECRET, 0), 0) == 0
    assert totp.matching_step(SECRET, "000000", 0) is None


@pytest.mark.parametrize("given", ["", "12345", "1234567", "abcdef", "\u0660" * 6, "\ud800"])
def test_what_is_no_code_matches_nothing(given):
    """A text of another form, lone surrogates too, matches no step."""
    assert totp.matching_step(SECRET, given, 59) is None


def test_a_secret_must_be_base32():
    """A secret that is not base32 is a ValueError."""
    with pytest.raises(ValueError):
        totp.code("not base32!", 59)


def test_short_secrets_work_as_in_an_app():
    """A secret of 60 bits in lower case without padding, as an emulator hands out, has codes."""
    assert totp.code("asdfasdfasdf", 59) == totp.code("ASDFASDFASDF====", 59)
