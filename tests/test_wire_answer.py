"""An answer is read without ever raising, and without being believed more than it deserves."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cognito_conformance.wire.answer import MOST, Answer, read_answer


def read(body, status=200, headers=None):
    """An answer with this body."""
    return read_answer(status, headers or {}, body, 0.25)


def test_success():
    """The object of a 2xx answer is its output, with names of headers in lower case."""
    got = read(b'{"UserSub": "\xc3\xbc", "n": 1.5}', headers={"X-Amzn-RequestId": "Q"})
    assert got.output == {"UserSub": "ü", "n": 1.5}
    assert (got.headers["x-amzn-requestid"], got.elapsed) == ("Q", 0.25)
    assert (got.error, got.message, got.trouble) == (None, None, None)


@pytest.mark.parametrize("body", [b"", b" \r\n", b"{}"])
def test_empty_success(body):
    """No body at all is as good as an empty object."""
    assert (read(body).output, read(body).trouble) == ({}, None)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"__type": "NotAuthorizedException"}, "NotAuthorizedException"),
        ({"__type": "com.amazonaws.cognito#CodeMismatchException"}, "CodeMismatchException"),
        ({"__type": "InvalidParameterException:http://internal.amazon.com/a#b"}, "InvalidParameterException"),
        ({"code": "BadRequest", "type": "client"}, "BadRequest"),
        ({"__type": 7, "code": ["x"]}, "HTTP 400"),
        ({"__type": "", "code": "ignored"}, "HTTP 400"),
        ({"__type": "a#"}, "HTTP 400"),
        ({}, "HTTP 400"),
    ],
)
def test_error_code(body, error):
    """The code is `__type`, without what clients cut off; an answer that names none is called by its
    status.
    """
    got = read(json.dumps(body).encode(), 400)
    assert (error, None, None) == (got.error, got.output, got.trouble)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"message": "a", "Message": "b"}, "a"),
        ({"message": None, "Message": "b"}, "b"),
        ({"message": ["a"]}, None),
        ({}, None),
    ],
)
def test_error_message(body, message):
    """The text is `message` or `Message`, if it is text."""
    assert message == read(json.dumps(body).encode(), 400).message


@pytest.mark.parametrize("status", [100, 301, 404, 500, 999, 0, -1])
def test_only_2xx_is_success(status):
    """Whatever is no 2xx is an error, with any body."""
    assert (None, f"HTTP {status}") == (read(b"{}", status).output, read(b"{}", status).error)


HOSTILE = {
    "HTML": b"<html>no</html>",
    "list": b"[{}]",
    "text": b'"SignUp"',
    "null": b"null",
    "cut": b'{"a": ',
    "two": b"{} {}",
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "infinite digits": b'{"a": 1e999}',
    "many digits": b'{"a": ' + b"1" * 5000 + b"}",
    "bad UTF-8": b'{"a": "\xff"}',
    "surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "UTF-16": '{"a": "b"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a": "b"}',
    "NUL": b"\x00" * 100,
    "control": b'{"a": "\x01"}',
    "open": b"[" * 100_000,
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("status", [200, 500])
def test_no_json_object(case, status):
    """What is no JSON object is trouble, and status and body stay for those who look."""
    got = read(HOSTILE[case], status)
    words = {
        "open": "nested too deep",
        "list": "no JSON object",
        "null": "no JSON object",
        "text": "no JSON object",
    }
    assert got.trouble == words.get(case, "not JSON")
    assert (status, HOSTILE[case], None, None) == (got.status, got.body, got.output, got.error)


@pytest.mark.parametrize("depth", [99, 100, 500, 900])
def test_depth_is_bounded(depth):
    """More than a hundred levels are trouble, so that who walks an answer keeps his stack."""
    body = b'{"a":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"
    assert ("nested too deep" if depth > 100 else None) == read(body).trouble


def test_many_brackets_are_not_depth():
    """A long list of small objects is fine."""
    assert len(read(json.dumps({"Users": [{"A": []}] * 500}).encode()).output["Users"]) == 500


def test_too_large():
    """An answer over the limit is not read, and only its beginning is kept."""
    got = read(b'{"a": "' + b"x" * MOST + b'"}')
    assert (got.trouble, got.output) == ("too large", None)
    assert len(got.body) < 100_000


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"\ud83d\ude00", "\U0001f600"),
        (r"\ud800", "\ufffd"),
        (r"\udc00x", "\ufffdx"),
        (r"\ud800\ud83d\ude00", "\ufffd\U0001f600"),
        (r"\\ud800", r"\ud800"),
        (r"\\\ud800", "\\\ufffd"),
        (r"\uD800\n", "\ufffd\n"),
    ],
)
def test_lone_surrogates(escaped, text):
    """Half a surrogate pair becomes U+FFFD wherever it stands, since nobody could print or send it."""
    got = read(b'{"%s": ["%s"]}' % (escaped.encode(), escaped.encode()))
    assert {text: [text]} == got.output
    assert text == read(b'{"message": "%s"}' % escaped.encode(), 400).message


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text(alphabet='{}[]",:\\ude0189 nulNaI-+.', max_size=40).map(str.encode)
    | st.builds(
        lambda a, b: b'{"a": "%s", "__type": %s}' % (a, b), st.binary(max_size=20), st.binary(max_size=9)
    ),
    st.integers(),
)
def test_never_raises(body, status):
    """No bytes and no status make the reader raise, and what it gives can be written down."""
    got = read(body, status)
    json.dumps(got.output, ensure_ascii=False, allow_nan=False).encode()
    f"{got.error} {got.message} {got.trouble}".encode()


def test_repr_has_no_body():
    """Bodies carry tokens and passwords, so an answer's repr leaves them out."""
    assert "eyJra" not in repr(read(b'{"AccessToken": "eyJra"}'))
    assert Answer.lost("timeout", 1.0).trouble == "timeout"
