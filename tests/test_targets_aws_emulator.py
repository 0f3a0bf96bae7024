"""AWS Emulator, by its parts: the reference server behind TLS with a private authority, keys from a file, signatures
required.
"""

import json
from pathlib import Path

import pytest

from cognito_conformance.targets import TargetError, open_target, resolve
from support.tls_proxy import tls_proxy

KEY = "AKIAEMULATOR"
SECRET = "qX7/not+a=secret%"


@pytest.fixture(scope="module")
def reference():
    """The URL of a reference server."""
    with open_target(resolve("reference")) as target:
        yield target.endpoint


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder with the folder that the emulator writes into."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".aws" / "emulator" / "9297"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def emulator(reference, home):
    """A stand-in for the emulator: its files in the home folder, and its port."""
    with tls_proxy(reference, home, access_key=KEY) as proxy:
        keys = f"aws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"
        (home / "emulator_credentials").write_text(f"[default]\n{keys}")
        yield proxy


def open_and_close(description):
    """Open a target that should not open."""
    with open_target(description):
        pass


def described(emulator, tmp_path):
    """Our description of AWS Emulator, but for the port."""
    text = Path(resolve.__globals__["_BUILT_IN"].joinpath("aws-emulator.toml")).read_text()
    path = tmp_path / "emulator-here.toml"
    path.write_text(text.replace("https://127.0.0.1:9297", emulator.url))
    return resolve(str(path))


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_trusted_and_signed(emulator, tmp_path, kind):
    """Its authority is trusted, its keys sign, and public operations go unsigned as an SDK sends them."""
    with open_target(described(emulator, tmp_path), client_kind=kind) as target, target.client() as client:
        created = client.send("CreateUserPool", {"PoolName": "over-tls"})
        assert created.status == 200
        pool = created.output["UserPool"]["Id"]
        assert client.send("InitiateAuth", {}).error == "InvalidParameterException"
        assert target.jwks(pool)["keys"]
    assert emulator.passed == ["ListUserPools", "CreateUserPool", "InitiateAuth"]
    assert emulator.refused == []


def test_signatures_are_required(emulator, tmp_path):
    """What is sent without a signature is refused."""
    with open_target(described(emulator, tmp_path)) as target, target.client() as client:
        refused = client.send("CreateUserPool", {"PoolName": "unsigned"}, signed=False)
    assert refused.error == "MissingAuthenticationTokenException"
    assert emulator.refused == ["CreateUserPool"]


def test_keys_of_an_earlier_run(emulator, tmp_path, home):
    """Keys that the emulator does not know are told before anything is judged, without showing them."""
    stale = "[default]\naws_access_key_id = AKIASTALE\naws_secret_access_key = stale-secret\n"
    (home / "emulator_credentials").write_text(stale)
    with pytest.raises(TargetError) as problem:
        open_and_close(described(emulator, tmp_path))
    assert "refuses our credentials (UnrecognizedClientException)" in str(problem.value)
    assert "stale" not in str(problem.value).lower()


def test_without_its_authority(emulator):
    """By its bare URL its certificate is not trusted; the message says how to name the authority."""
    with (
        pytest.raises(
            TargetError, match=r"TLS: unable to get local issuer.*name the authority .* as ca_bundle"
        ),
        open_target(resolve(emulator.url)),
    ):
        pass


def test_not_started(home):
    """Before its first start there are no files; the message says which, and what to do."""
    with pytest.raises(TargetError, match=r"aws-emulator: no credentials in .*start AWS Emulator first"):
        open_and_close(resolve("aws-emulator"))
    (home / "credentials").write_text(f"[default]\naws_access_key_id={KEY}\naws_secret_access_key={SECRET}\n")
    with pytest.raises(TargetError, match=r"aws-emulator: there is no .*/ca.pem; start AWS Emulator first"):
        open_and_close(resolve("aws-emulator"))


@pytest.mark.parametrize(
    "text", ["aws_secret_access_key = hunter2", "[default]\naws_secret hunter2", json.dumps({})]
)
def test_file_that_holds_no_keys(home, text):
    """A file that is no credentials file is told without a word of what is in it."""
    (home / "emulator_credentials").write_text(text)
    with pytest.raises(TargetError) as problem:
        open_and_close(resolve("aws-emulator"))
    assert str(problem.value).startswith("aws-emulator: cannot read ")
    assert "hunter2" not in str(problem.value)


def test_profile(emulator, tmp_path, home):
    """A description may name the profile whose keys are meant."""
    text = "[default]\naws_access_key_id=A\naws_secret_access_key=B\n[profile mine]\n"
    (home / "emulator_credentials").write_text(
        f"{text}aws_access_key_id={KEY}\naws_secret_access_key={SECRET}\n"
    )
    description = described(emulator, tmp_path)
    path = tmp_path / "emulator-here.toml"
    path.write_text(path.read_text().replace("[credentials]\n", '[credentials]\nprofile = "mine"\n'))
    with pytest.raises(TargetError, match="refuses our credentials"):
        open_and_close(description)
    with open_target(resolve(str(path))) as target:
        assert target.credentials.access_key == KEY
