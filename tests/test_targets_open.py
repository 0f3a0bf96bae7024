"""Opening a target: one that runs already, the reference server, and what cannot be opened."""

import socket
import textwrap
from pathlib import Path

import pytest

from cognito_conformance.targets import TargetError, open_target, resolve
from cognito_conformance.targets.plain_http import fetch, fetch_json
from support.wire_servers import answering, http, once, server

FAKE = Path(__file__).parent / "support" / "fake_emulator.py"
POOLS = http(b'{"UserPools": []}')


@pytest.fixture(scope="module")
def reference():
    """A started reference server."""
    with open_target(resolve("reference")) as target:
        yield target


def open_and_close(description):
    """Open a target that should not open."""
    with open_target(description):
        pass


def unused_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_reference(reference):
    """The reference server is started by its name, and shows its keys, its issuer and its output."""
    with reference.client() as client:
        pool = client.send("CreateUserPool", {"PoolName": "p"}).output["UserPool"]["Id"]
    assert len(reference.jwks(pool)["keys"]) == 2
    assert reference.jwks("us-east-1_nobodys") == {}
    assert reference.issuer(pool) == f"https://cognito-idp.us-east-1.amazonaws.com/{pool}"
    assert reference.endpoint in reference.output_tail()
    assert reference.lacks == frozenset()


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_client_kinds(reference, kind):
    """A client may be of either kind."""
    with reference.client(kind=kind) as client:
        assert client.send("ListUserPools", {"MaxResults": 1}).status == 200


def test_reset(reference):
    """A reset leaves no pool."""
    with reference.client() as client:
        client.send("CreateUserPool", {"PoolName": "p"})
        reference.reset()
        assert client.send("ListUserPools", {"MaxResults": 60}).output["UserPools"] == []


def test_clock(reference):
    """The clock is moved."""
    with reference.client() as client:
        before = client.send("CreateUserPool", {"PoolName": "p"}).output["UserPool"]["CreationDate"]
        reference.advance(3600)
        after = client.send("CreateUserPool", {"PoolName": "q"}).output["UserPool"]["CreationDate"]
    assert 3590 < after - before < 3700


def test_running_target(reference):
    """A target that runs already is reached by its kind and its URL, with the inbox of its kind."""
    with open_target(resolve(f"reference@{reference.endpoint}")) as target, target.client() as client:
        assert target.process is None
        assert target.output_tail() == ""
        pool = client.send("CreateUserPool", {"PoolName": "p", "AutoVerifiedAttributes": ["email"]}).output[
            "UserPool"
        ]
        app = client.send("CreateUserPoolClient", {"UserPoolId": pool["Id"], "ClientName": "c"}).output[
            "UserPoolClient"
        ]
        attributes = [{"Name": "email", "Value": "ann@example.com"}]
        sign_up = {"ClientId": app["ClientId"], "Username": "ann", "Password": "Passw0rd!"}
        client.send("SignUp", {**sign_up, "UserAttributes": attributes})
        sent = fetch_json(f"{target.endpoint}/_reference/messages")["messages"][-1]
        assert sent["username"] == "ann"
        assert sent["code"]


def test_bare_url():
    """Whatever answers at a URL is a target: judging it is the run's business."""
    with (
        server(answering(http(b"<html>"))) as odd,
        open_target(resolve(odd.url)) as target,
        target.client() as client,
    ):
        assert client.send("ListUserPools", {}).trouble == "not JSON"
        with pytest.raises(TargetError, match="its description names no path for reset"):
            target.reset()
        assert target.jwks("us-east-1_A") == {}
        assert target.issuer("us-east-1_A") is None


def test_redirections():
    """A target that points elsewhere is not followed."""
    elsewhere = http(b"", status="302 Found", headers="Location: http://127.0.0.1:1/\r\n")
    with server(answering(elsewhere)) as odd:
        assert fetch(odd.url) == (302, b"")
        with pytest.raises(ConnectionError, match="answered 302"):
            fetch_json(odd.url)


def test_nothing_listens():
    """A URL where nothing listens is one clear line."""
    url = f"http://127.0.0.1:{unused_port()}"
    with pytest.raises(TargetError) as problem:
        open_and_close(resolve(url))
    expected = (
        f"nothing usable answers at {url} (connection refused); is it running, and is the address right?"
    )
    assert str(problem.value) == expected


def test_no_http():
    """A URL where something listens that speaks no HTTP is one clear line."""
    with (
        server(once(b"220 mail.example.com ESMTP\r\n")) as mail,
        pytest.raises(TargetError, match=r"\(not HTTP\)"),
    ):
        open_and_close(resolve(mail.url))


def test_no_answer(monkeypatch):
    """A URL that never answers is given up."""
    monkeypatch.setattr("cognito_conformance.targets.opening.PATIENCE", 0.2)
    with (
        server(lambda peer: [peer.read() for _ in range(2)]) as mute,
        pytest.raises(TargetError, match=r"\(timeout\); it had 0.2 s"),
    ):
        open_and_close(resolve(mute.url))


@pytest.mark.parametrize("code", ["UnrecognizedClientException", "InvalidSignatureException"])
def test_refused_credentials(code):
    """A target that knows none of our credentials would answer nothing else: that is told at once."""
    refusal = http(f'{{"__type": "{code}"}}'.encode(), status="400 Bad Request")
    with (
        server(answering(refusal)) as strict,
        pytest.raises(TargetError, match=rf"refuses our credentials \({code}\)"),
    ):
        open_and_close(resolve(strict.url))


def test_own_target(tmp_path):
    """A user's own emulator starts by its description, signs as it says, and is reset as it says."""
    path = tmp_path / "ours.toml"
    path.write_text(
        textwrap.dedent(f"""
            title = "Ours"
            region = "eu-west-1"
            reset = "/reset"
            [start]
            command = ["{{python}}", "{FAKE}", "{{port}}"]
            ready_path = "/health"
            ready_status = 200
            [credentials]
            access_key = "a"
            secret_key = "b"
        """)
    )
    with open_target(resolve(str(path))) as target, target.client() as client:
        assert (target.title, target.region, target.credentials.access_key) == ("Ours", "eu-west-1", "a")
        assert client.send("ListUserPools", {}).output == {"UserPools": []}
        target.reset()
        with pytest.raises(TargetError, match="its description names no path for clock"):
            target.advance(1)


def test_real_aws_wants_consent(monkeypatch):
    """Real AWS is not touched unless the user says so twice, and then a region and credentials are needed."""
    for name in (
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "AWS_ACCESS_KEY_ID",
        "COGNITO_CONFORMANCE_AWS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/no/such/file")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/no/such/file")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with (
        pytest.raises(
            TargetError, match=r"your AWS account.*; set COGNITO_CONFORMANCE_AWS=yes if you want that"
        ),
        open_target(resolve("aws")),
    ):
        pass
    monkeypatch.setenv("COGNITO_CONFORMANCE_AWS", "yes")
    with pytest.raises(TargetError, match="aws: no region is set; set AWS_REGION"):
        open_and_close(resolve("aws"))
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with pytest.raises(TargetError, match="aws: boto3 finds no credentials"):
        open_and_close(resolve("aws"))
