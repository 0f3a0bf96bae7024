"""Evidence leads to where it was seen."""

from __future__ import annotations

import pytest

from conformance_report.sources import pieces

MOTO = "https://github.com/getmoto/moto/blob/0af643a/tests/x.py"


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("getmoto/moto@0af643a:tests/x.py#L4459", [f"{MOTO}#L4459"]),
        ("getmoto/moto@0af643a:tests/x.py#L4459-4470", [f"{MOTO}#L4459-L4470"]),
        ("getmoto/moto@0af643a:tests/x.py", [MOTO]),
        ("getmoto/moto@0af643a", ["https://github.com/getmoto/moto/tree/0af643a"]),
        ("getmoto/moto#123", ["https://github.com/getmoto/moto/issues/123"]),
        ("https://github.com/a/b/issues/1", ["https://github.com/a/b/issues/1"]),
        ("https://a.example/x; https://b.example/y.", ["https://a.example/x", "https://b.example/y"]),
        ("['https://a.example/x', 'https://b.example/y']", ["https://a.example/x", "https://b.example/y"]),
        (
            "API_SignUp#Errors",
            ["https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html"],
        ),
        (
            "boto/botocore 1.44.5:data/cognito-idp/2016-04-18/service-2.json#GetUser",
            [
                "https://github.com/boto/botocore/blob/1.44.5/botocore/data/cognito-idp/2016-04-18/service-2.json"
            ],
        ),
        ("consistent with the cases above", []),
        ("someone@example.com and/or others", []),
    ],
)
def test_sources_become_links(source, links):
    """URLs, files at a commit, issues and pages of the API reference are links; the rest is text."""
    assert [piece.href for piece in pieces(source) if piece.href] == links


@pytest.mark.parametrize(
    "source",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "JAVASCRIPT:https", "//evil.example/x"],
)
def test_only_http_becomes_a_link(source):
    """No other scheme than http and https becomes a link."""
    hrefs = [piece.href for piece in pieces(source) if piece.href is not None]
    assert all(href.startswith(("http://", "https://")) for href in hrefs)


def test_the_text_of_a_source_is_kept():
    """A source reads as it was written, links or none."""
    source = "see getmoto/moto@0af643a:tests/x.py#L4459 (recorded), https://a.example/x?y=1&z=2."
    assert "".join(piece.text for piece in pieces(source)) == source
