"""Inboxes: each kind reads the code that a call has caused, and no other; what it cannot read is None."""

import contextlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.inbox import Delivery, Place, inbox_of, script_of
from cognito_conformance.wire.answer import Answer

NOWHERE = Place("http://127.0.0.1:1")
LETTER = r"To: (?P<destination>\S+)\nUser: (?P<username>\S+)\nCode: (?P<code>\d+)\n"


def to(purpose="sign-up", username="ann", destination="ann@example.com", answer=None):
    """A delivery to a user."""
    return Delivery(purpose, username, "us-east-1_A", "EMAIL", "email", destination, answer)


class Printed:
    """An output that says what it is told, when somebody waits for it."""

    def __init__(self, *parts):
        self.parts, self.text = list(parts), ""

    def since(self, position):
        return self.text[position:], len(self.text)

    def wait(self, position, timeout):
        if self.parts:
            self.text += self.parts.pop(0)
        return len(self.text) > position


def stdout(*parts):
    """A stdout inbox of an output that comes in parts."""
    return inbox_of(
        "t", {"kind": "stdout", "pattern": LETTER, "patience": 0}, Place("http://x", output=Printed(*parts))
    )


def letter(user, code):
    """A letter as a target prints it."""
    return f"[info] To: {user}@example.com\nUser: {user}\nCode: {code}\n--\n"


@contextlib.contextmanager
def showing(documents):
    """A server that shows these JSON documents in turn, and the last one for ever."""
    waiting = list(documents)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(waiting.pop(0) if len(waiting) > 1 else waiting[0]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield Place(f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()


def test_none():
    """Nothing can be read."""
    assert inbox_of("t", {"kind": "none"}, NOWHERE).code(to()) is None


def test_fixed():
    """A fixed code is that of the purpose, of the part of it before the colon, or of any purpose but an invitation."""
    codes = {"verify:email": "1", "verify": "2", "sign-up": "3", "*": "4"}
    inbox = inbox_of("t", {"kind": "fixed", "codes": codes}, NOWHERE)
    wanted = {"verify:email": "1", "verify:phone_number": "2", "sign-up": "3", "mfa": "4", "invitation": None}
    assert {purpose: inbox.code(to(purpose)) for purpose in wanted} == wanted


def test_header():
    """A code in a header is read from the answer to the call that caused it."""
    inbox = inbox_of("t", {"kind": "header", "names": {"forgot-password": "X-Code"}}, NOWHERE)
    answer = Answer(200, {"x-code": "moto-confirmation-code:123"}, b"{}", 0.0, output={})
    assert inbox.code(to("forgot-password", answer=answer)) == "moto-confirmation-code:123"
    assert inbox.code(to("sign-up", answer=answer)) is None
    assert inbox.code(to("forgot-password")) is None


def test_printed():
    """A printed code is that of the letter to the user, also when it comes late and in parts."""
    whole = letter("bob", "111111") + letter("ann", "222222")
    assert stdout(whole).code(to()) == "222222"
    assert stdout(whole[:60], whole[60:80], whole[80:]).code(to()) == "222222"


def test_printed_letters_are_read_once():
    """Of several unread letters to a user the newest counts, and what was read is not read again."""
    inbox = stdout(letter("ann", "1") + letter("bob", "2") + letter("ann", "3"), letter("ann", "4"))
    assert inbox.code(to()) == "3"
    assert inbox.code(to(username="bob", destination="bob@example.com")) == "2"
    assert inbox.code(to()) == "4"
    assert inbox.code(to()) is None


def test_printed_without_output():
    """Of a target that we did not start nothing printed can be read."""
    assert inbox_of("t", {"kind": "stdout", "pattern": LETTER}, NOWHERE).code(to()) is None


def users_file(tmp_path, users):
    """A file inbox over these users."""
    (tmp_path / "us-east-1_A.json").write_text(json.dumps({"Users": users}))
    fields = {"sign-up": "Code", "verify": "Verify"}
    options = {"kind": "file", "path": "{pool}.json", "fields": fields, "patience": 0}
    return inbox_of("t", options, Place("http://x", folder=tmp_path))


def test_file(tmp_path):
    """A code in a file is in the field for the purpose of the user's record."""
    inbox = users_file(tmp_path, {"ann": {"Code": "1", "Verify": "2"}, "bob": {"Code": "3"}})
    assert inbox.code(to()) == "1"
    assert inbox.code(to("verify:email")) == "2"
    assert inbox.code(to("mfa")) is None
    assert inbox.code(to("verify:email", username="bob")) is None


def test_file_by_destination(tmp_path):
    """A user whom the file knows by another name is the only one with the destination, or nobody."""
    ann = {"Code": "1", "Attributes": [{"Name": "email", "Value": "ann@example.com"}]}
    assert users_file(tmp_path, {"sub-1": ann}).code(to()) == "1"
    assert users_file(tmp_path, {"sub-1": ann, "sub-2": ann}).code(to()) is None


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"Users": []}', '{"Users": {"ann": 3}}', '{"Users": {"ann": {"Code": 3}}}']
)
def test_torn_file(tmp_path, text):
    """A file that is not as it should be gives no code and no error."""
    inbox = users_file(tmp_path, {})
    (tmp_path / "us-east-1_A.json").write_text(text)
    assert inbox.code(to()) is None


def test_pool_id_is_no_path(tmp_path):
    """A pool id that a target made up does not lead out of its folder."""
    (tmp_path / "secret.json").write_text('{"Users": {"ann": {"Code": "1"}}}')
    (tmp_path / "db").mkdir()
    inbox = users_file(tmp_path / "db", {})
    assert inbox.code(Delivery("sign-up", "ann", "../secret", "EMAIL", "email", None)) is None


@pytest.mark.parametrize(
    "document",
    [
        {"messages": {"0000": [{"To": ["ann@example.com"], "BodyText": "Your code is 77."}]}},
        {
            "messages": [
                {
                    "Destination": {"ToAddresses": ["ann@example.com"]},
                    "Body": {"text_part": "Your code is 77."},
                }
            ]
        },
        [
            {"To": ["bob@example.com"], "Body": "Your code is 1."},
            {"To": "ann@example.com", "Body": "Your code is 77."},
        ],
    ],
)
def test_http(document):
    """A code in a list of letters is found whatever the list looks like."""
    with showing([document]) as place:
        inbox = inbox_of("t", {"kind": "http", "path": "/x", "pattern": r"code is (\d+)"}, place)
        assert inbox.code(to()) == "77"
        assert inbox.code(to()) is None, "each letter is read once"
        assert inbox.code(to(destination=None)) is None


def test_http_waits():
    """A letter may come later."""
    letters = [{"To": "ann@example.com", "Body": "code is 5"}]
    with showing([[], [], letters, letters * 2]) as place:
        options = {
            "kind": "http",
            "path": "/x",
            "pattern": r"code is (\d+)",
            "patience": 5,
            "purposes": ["otp"],
        }
        inbox = inbox_of("t", options, place)
        assert [inbox.code(to("otp")), inbox.code(to("otp")), inbox.code(to("sign-up"))] == ["5", "5", None]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"kind": "letterbox"},
            "t: no inbox is called 'letterbox'; there are none, fixed, header, stdout, file, http",
        ),
        ({"kind": "fixd"}, "t: no inbox is called 'fixd'; is it fixed?"),
        ({"kind": "fixed"}, "t: [inbox]: codes is missing: a table of texts by purpose"),
        (
            {"kind": "fixed", "codes": {"signup": "1"}},
            "t: [inbox]: there is no purpose 'signup'; there are forgot-pass",
        ),
        ({"kind": "fixed", "codes": {"*": 1}}, "t: [inbox]: codes is a table of texts"),
        ({"kind": "none", "codes": {}}, "t: [inbox]: there is no 'codes' here"),
        ({"kind": "stdout", "pattern": "("}, "t: [inbox]: pattern is no regular expression: missing )"),
        ({"kind": "stdout", "pattern": "x"}, "t: [inbox]: pattern needs a group (?P<code>…)"),
        ({"kind": "file"}, "t: [inbox]: path and fields are missing"),
        (
            {"kind": "http", "path": "x", "pattern": "(x)"},
            "t: [inbox]: path (which begins with /) and pattern are nee",
        ),
        ({"kind": "http", "path": "/x", "pattern": "x"}, "t: [inbox]: pattern needs a group for the code"),
    ],
)
def test_wrong_options(options, message):
    """Options that cannot be meant are told in one line."""
    with pytest.raises(TargetError, match=f"^{re.escape(message)}"):
        inbox_of("t", options, NOWHERE)


def test_script():
    """An inbox may say how a script of its own reads the code."""
    inbox = inbox_of("t", {"kind": "fixed", "codes": {"*": "1", "forgot-password": "2"}}, NOWHERE)
    namespace = {}
    exec(f"def sent_code(answer, purpose, username, pool):\n{script_of(inbox)}", namespace)  # noqa: S102 - our own text
    purposes = ("sign-up", "verify:email", "forgot-password", "invitation")
    codes = [namespace["sent_code"]({}, purpose, "ann", "p") for purpose in purposes]
    assert codes == [inbox.code(to(purpose)) for purpose in purposes] == ["1", "1", "2", None]
    assert script_of(inbox_of("t", {"kind": "none"}, NOWHERE)) is None
