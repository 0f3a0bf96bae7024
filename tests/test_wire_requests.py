"""Both clients send what boto3 sends: the same bytes, the same headers, the same signature."""

import base64
import datetime as dt
import json

import boto3
import botocore.auth
import pytest
from botocore.config import Config

from cognito_conformance.wire import service, signing
from cognito_conformance.wire.client import connect
from cognito_conformance.wire.credentials import Credentials
from support.wire_servers import answering, http, server

OWN = {"User-Agent", "amz-sdk-invocation-id", "amz-sdk-request"}
"""Headers in which a client may differ: they say who it is and how often it tried."""
WITH_TOKEN = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI", "token/with+signs=")
BLOB = b"\x00\xffpng"
CASES = {
    "flat": ("ListUserPools", {"MaxResults": 60}),
    "text": ("SignUp", {"ClientId": "ü", "Username": '\U0001f600 "q" \\ / \u2028', "Password": "a b\tc"}),
    "maps": (
        "InitiateAuth",
        {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": "ü", "SRP_A": "1"}},
    ),
    "lists": (
        "CreateUserPool",
        {
            "PoolName": "p",
            "Policies": {"PasswordPolicy": {"MinimumLength": 8, "RequireSymbols": False}},
            "Schema": [{"Name": "a", "Mutable": True, "NumberAttributeConstraints": {"MinValue": "0"}}],
            "UserPoolTags": {},
            "AliasAttributes": [],
        },
    ),
    "order": ("SignUp", {"Password": "p", "ClientId": "c", "Username": "u"}),
    "null": ("AdminGetUser", {"UserPoolId": None, "Username": "u"}),
    "blob": ("SetUICustomization", {"UserPoolId": "p", "ImageFile": base64.b64encode(BLOB).decode()}),
    "document": ("CreateManagedLoginBranding", {"UserPoolId": "p", "Settings": {"a": [1, 2.5, None, True]}}),
}


@pytest.fixture
def recorder():
    """A server that answers every call with an empty object."""
    with server(answering(http(b"{}"))) as running:
        yield running


@pytest.fixture(autouse=True)
def _clock_stands_still(monkeypatch):
    """Two signatures of one request are equal where their times are."""
    now = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: now)
    monkeypatch.setattr(signing, "stamp", lambda: now.strftime("%Y%m%dT%H%M%SZ"))


def boto3_client(url):
    """boto3 as anybody would set it up."""
    return boto3.client(
        "cognito-idp",
        region_name="eu-west-1",
        endpoint_url=url,
        aws_access_key_id=WITH_TOKEN.access_key,
        aws_secret_access_key=WITH_TOKEN.secret_key,
        aws_session_token=WITH_TOKEN.token,
        config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    )


def plain_boto3(url, operation, params):
    """Call boto3 as anybody would, with bytes for a blob."""
    client = boto3_client(url)
    if "ImageFile" in params:
        params = params | {"ImageFile": BLOB}
    methods = {name: method for method, name in client.meta.method_to_api_mapping.items()}
    getattr(client, methods[operation])(**params)
    client.close()


def comparable(request):
    """What must be equal of two requests."""
    headers = {name: value for name, value in request.headers.items() if name not in OWN}
    return request.line, request.body, headers


def sent_by(kind, url, recorder, operation, params, **options):
    """The request that one of our clients makes."""
    with connect(kind, url, region="eu-west-1", credentials=WITH_TOKEN, timeout=5) as client:
        answer = client.send(operation, params, **options)
    assert answer.output == {}
    return recorder.requests[-1]


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize("case", CASES)
def test_same_request_as_boto3(recorder, kind, case):
    """Request line, headers, signature and body are those of boto3, to the byte."""
    operation, params = CASES[case]
    plain_boto3(recorder.url, operation, params)
    ours = sent_by(kind, recorder.url, recorder, operation, params)
    assert comparable(recorder.requests[-2]) == comparable(ours)


def test_same_request_for_every_operation(recorder):
    """For each of the 141 operations the lean client makes boto3's request, signed or not."""
    client = boto3_client(recorder.url)
    for method, operation in client.meta.method_to_api_mapping.items():
        getattr(client, method)()
        theirs = recorder.requests[-1]
        assert comparable(theirs) == comparable(sent_by("lean", recorder.url, recorder, operation, {}))
        assert ("Authorization" in theirs.headers) == (operation not in service.noauth_operations())
    client.close()


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize("path", ["/", "/base", "/base/", "/b%20c/x?k=v&a=1", "/a//b/../c"])
def test_base_paths(recorder, kind, path):
    """An endpoint's own path and query stand in the request line and in the signature as boto3 puts them
    there.
    """
    operation, params = CASES["flat"]
    plain_boto3(recorder.url + path, operation, params)
    ours = sent_by(kind, recorder.url + path, recorder, operation, params)
    assert f"POST {path} HTTP/1.1" == ours.line
    assert comparable(recorder.requests[-2]) == comparable(ours)


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize(("operation", "usual"), [("SignUp", False), ("ListUserPools", True)])
def test_signing_is_the_callers_choice(recorder, kind, operation, usual):
    """`signed` decides, and None leaves it to the service model."""
    for signed, expected in ((None, usual), (True, True), (False, False)):
        request = sent_by(kind, recorder.url, recorder, operation, {}, signed=signed)
        assert expected == ("Authorization" in request.headers)


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize(
    "params",
    [
        {"Unknown": 1},
        {"Limit": "no number", "UserPoolId": ["a"]},
        {"UserPoolId": {"a": {}}},
        {"UserPoolId": "\ud800"},
    ],
)
def test_nothing_is_validated_or_changed(recorder, kind, params):
    """Parameters that break the service model are sent as they are."""
    assert params == json.loads(sent_by(kind, recorder.url, recorder, "ListUsers", params).body)


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_unknown_operation_is_sent(recorder, kind):
    """An operation that nobody knows goes out, signed, under its name."""
    request = sent_by(kind, recorder.url, recorder, "BrewCoffee", {"Cups": 2})
    assert request.headers["X-Amz-Target"] == "AWSCognitoIdentityProviderService.BrewCoffee"
    assert request.body == b'{"Cups": 2}'
    assert "Authorization" in request.headers


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_headers_stand_in_for_the_usual_ones(recorder, kind):
    """A header of the caller replaces the usual one whatever its case, others are added, and all are
    signed.
    """
    given = {"content-type": "text/plain", "X-Extra": "1"}
    request = sent_by(kind, recorder.url, recorder, "ListUserPools", {}, headers=given)
    named = {name.lower(): value for name, value in request.headers.items()}
    assert (named["content-type"], named["x-extra"]) == ("text/plain", "1")
    assert "content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-extra" in named["authorization"]


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_what_cannot_be_written_down_raises(recorder, kind):
    """Parameters that are no JSON and headers with line breaks are the caller's mistake, and nothing is
    sent.
    """
    with connect(kind, recorder.url, timeout=5) as client:
        with pytest.raises(TypeError):
            client.send("SignUp", {"Username": object()})
        with pytest.raises(ValueError):
            client.send("SignUp", {}, headers={"X-A": "1\r\nX-B: 2"})
    assert recorder.requests == []


def test_raw_bodies(recorder):
    """The lean client sends any bytes under exactly the headers that it is given."""
    with connect("lean", recorder.url, timeout=5) as client:
        client.post(b"\xff{", {"X-Amz-Target": "T"})
    request = recorder.requests[-1]
    assert request.body == b"\xff{"
    assert {"Host", "Accept-Encoding", "User-Agent", "Content-Length", "X-Amz-Target"} == set(request.headers)


def test_kinds_of_client():
    """There are two kinds of client, and a third is refused in a sentence."""
    with pytest.raises(ValueError, match="lean or boto3, not 'curl'"):
        connect("curl", "http://127.0.0.1:1")


@pytest.mark.parametrize("kind", ["lean", "boto3"])
@pytest.mark.parametrize("url", ["127.0.0.1:80", "ftp://127.0.0.1", "http://"])
def test_endpoints_that_are_none(kind, url):
    """What is no URL of HTTP is refused at once."""
    with pytest.raises(ValueError):
        connect(kind, url)
