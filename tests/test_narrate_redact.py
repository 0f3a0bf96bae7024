"""What a target answered, as reports show it."""

from cognito_conformance.narrate.redact import scrubbed

TOKEN = ".".join(["eyJ" + "a" * 40, "b" * 40, "c" * 40])


def test_a_token_within_a_text():
    """A message that quotes a token shows its length alone, and the words about it."""
    told = scrubbed(f"NotAuthorizedException: {TOKEN} is not known")
    assert told == f"NotAuthorizedException: <secret of {len(TOKEN)} characters> is not known"
