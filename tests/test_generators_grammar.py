"""Texts of a wanted length that match a pattern."""

import pytest

from cognito_conformance.generators import service
from cognito_conformance.generators.draw import Draw
from cognito_conformance.generators.grammar import parsed
from cognito_conformance.generators.sites import sites
from cognito_conformance.generators.text import fits, text_of_size, too_long, unmatched, valid_text
from cognito_model.shapes import compiled

SENT = {site.shape for operation in service().operations for site in sites(operation)}
TEXTS = sorted(name for name in SENT if service().shapes[name]["type"] == "string")
PATTERNED = [name for name in TEXTS if "pattern" in service().shapes[name]]


@pytest.mark.parametrize("name", TEXTS)
def test_valid_texts_fit_their_shape(name):
    """Twenty texts of every string shape keep its lengths, pattern and enum."""
    shape = service().shapes[name]
    assert all(fits(valid_text(shape, Draw(seed)), shape) for seed in range(20))


@pytest.mark.parametrize("name", PATTERNED)
def test_texts_have_the_wanted_length(name):
    """A text of the greatest length has that length and matches, where the pattern has such texts."""
    shape = service().shapes[name]
    size = min(shape.get("max", 64), parsed(shape["pattern"]).high)
    text = text_of_size(shape, size, Draw(3))
    assert text is not None
    assert len(text) == size
    assert compiled(shape["pattern"]).fullmatch(text)


@pytest.mark.parametrize("name", PATTERNED)
def test_unmatched_texts_break_the_pattern_alone(name):
    """A text outside of the pattern has a good length; only `(?s).*` has none."""
    shape = service().shapes[name]
    text = unmatched(shape, Draw(0))
    if shape["pattern"] == "(?s).*":
        assert text is None
    else:
        assert not compiled(shape["pattern"]).fullmatch(text)
        assert shape.get("min", 0) <= len(text) <= shape.get("max", len(text))


def test_a_text_one_too_long_still_matches():
    """A user name of 129 characters breaks its length and not its pattern."""
    shape = service().shapes["UsernameType"]
    text = too_long(shape, Draw(1))
    assert len(text) == 129
    assert compiled(shape["pattern"]).fullmatch(text)


def test_an_unbalanced_pattern_is_refused():
    """A bracket too many is not passed over."""
    with pytest.raises(ValueError, match="unbalanced"):
        parsed("a)b")
