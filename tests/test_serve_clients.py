"""`cognito-conformance serve` under the clients that people have: boto3, pycognito, the AWS CLI, the JavaScript SDK."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import boto3
import pytest
from pycognito import AWSSRP, Cognito
from pycognito.aws_srp import generate_hash_device
from pycognito.exceptions import SoftwareTokenMFAChallengeException
from pyotp import TOTP

PASSWORD = "Aa1!Secret0"
NEW = "Bb2!Another0"
without_npm = pytest.mark.skipif(
    not (shutil.which("npm") and shutil.which("node")), reason="npm and node are not installed"
)
SDK = "@aws-sdk/client-cognito-identity-provider"


@pytest.fixture(scope="module")
def url():
    """A server in a process of its own; its first line is its URL."""
    words = [sys.executable, "-m", "cognito_conformance", "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def cognito(url):
    """boto3 as anybody would set it up, checks of parameters and all."""
    with_keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    client = boto3.client("cognito-idp", endpoint_url=url, region_name="us-east-1", **with_keys)
    yield client
    client.close()


@pytest.fixture
def pool(cognito):
    made = cognito.create_user_pool(PoolName="clients", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    yield made
    cognito.delete_user_pool(UserPoolId=made)


@pytest.fixture
def app(cognito, pool):
    flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)
    return made["UserPoolClient"]["ClientId"]


@pytest.fixture
def mfa_pool(cognito):
    """A pool in which software tokens are possible, and remembered devices stand in for them."""
    devices = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
    made = cognito.create_user_pool(PoolName="mfa", DeviceConfiguration=devices)["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=made, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
    )
    yield made
    cognito.delete_user_pool(UserPoolId=made)


@pytest.fixture
def mfa_app(cognito, mfa_pool):
    flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = cognito.create_user_pool_client(UserPoolId=mfa_pool, ClientName="app", ExplicitAuthFlows=flows)
    return made["UserPoolClient"]["ClientId"]


def next_code(url, token):
    """A code of the software token, which is good once: the server's clock goes on to the next."""
    move = urllib.request.Request(f"{url}/_reference/clock", json.dumps({"advance": 30}).encode())
    with urllib.request.urlopen(move) as moved:
        return token.at(int(json.load(moved)["now"]))


def node(folder, script, packages, *words):
    """What a JavaScript client of tests/support prints."""
    shutil.copy(Path(__file__).parent / "support" / script, folder)
    (folder / "package.json").write_text('{"private": true}')
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", *packages]
    installed = subprocess.run(install, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    if installed.returncode != 0:
        pytest.skip(f"npm cannot install {packages}: {installed.stderr.splitlines()[-1:]}")
    done = subprocess.run(
        ["node", script, *words], cwd=folder, check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def add_user(cognito, pool, name):
    cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)


def person(url, pool, app, name):
    """pycognito for a user, as the user's own program would have it: without AWS credentials.

    The issuer in tokens is AWS's, as it must be, so that pycognito must be given the keys of the pool.
    """
    made = Cognito(
        pool, app, user_pool_region="us-east-1", username=name, boto3_client_kwargs={"endpoint_url": url}
    )
    made.pool_domain_url = None
    with urllib.request.urlopen(f"{url}/{pool}/.well-known/jwks.json") as keys:
        made.pool_jwk = json.load(keys)
    return made


def test_boto3_parses_what_it_gets(cognito, pool):
    """Times are datetimes and lists are paged through, by botocore's own parser and paginator."""
    for name in ("alice", "bob", "carol"):
        add_user(cognito, pool, name)
    assert cognito.describe_user_pool(UserPoolId=pool)["UserPool"]["CreationDate"].tzinfo is not None
    pages = cognito.get_paginator("list_users").paginate(UserPoolId=pool, PaginationConfig={"PageSize": 2})
    pages_of_names = [[user["Username"] for user in page["Users"]] for page in pages]
    assert [len(names) for names in pages_of_names] == [2, 1]
    assert sorted(name for names in pages_of_names for name in names) == ["alice", "bob", "carol"]


def test_boto3_raises_the_modelled_error(cognito, pool):
    """An error is the exception class of the service model, with Cognito's words."""
    with pytest.raises(cognito.exceptions.UserNotFoundException, match="User does not exist"):
        cognito.admin_get_user(UserPoolId=pool, Username="nobody")


def function(role):
    """The ARN of a function that the server has for Lambda triggers (docs/triggers.md)."""
    return f"arn:aws:lambda:us-east-1:123456789012:function:cognito-conformance-{role}"


@pytest.fixture
def triggered(cognito):
    """A pool whose triggers confirm and verify everybody and ask custom challenges, and an app client of it."""
    custom = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    config = {"PreSignUp": function("auto-verify"), **dict.fromkeys(custom, function("custom-challenge"))}
    pool = cognito.create_user_pool(PoolName="triggers", LambdaConfig=config)["UserPool"]
    assert pool["LambdaConfig"] == config
    flows = ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = cognito.create_user_pool_client(UserPoolId=pool["Id"], ClientName="app", ExplicitAuthFlows=flows)
    yield pool["Id"], made["UserPoolClient"]["ClientId"]
    cognito.delete_user_pool(UserPoolId=pool["Id"])


def signed_up(cognito, app, **values):
    given = [{"Name": name, "Value": value} for name, value in values.items()]
    return cognito.sign_up(ClientId=app, Username="ann", Password=PASSWORD, UserAttributes=given)


def test_boto3_meets_triggers(cognito, triggered):
    """A sign-up is confirmed at once and its address verified; without an address it is refused."""
    pool, app = triggered
    with pytest.raises(cognito.exceptions.InvalidParameterException):
        signed_up(cognito, app)
    assert signed_up(cognito, app, email="ann@example.com")["UserConfirmed"] is True
    user = cognito.admin_get_user(UserPoolId=pool, Username="ann")
    assert user["UserStatus"] == "CONFIRMED"
    assert {"Name": "email_verified", "Value": "true"} in user["UserAttributes"]


def test_boto3_answers_custom_challenges(cognito, triggered):
    """CUSTOM_AUTH asks until the word is right, by SRP after the password, and ends with the third wrong word."""
    pool, app = triggered
    signed_up(cognito, app, email="ann@example.com")

    def answer(asked, word):
        return cognito.respond_to_auth_challenge(
            ClientId=app,
            ChallengeName=asked["ChallengeName"],
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": "ann", "ANSWER": word},
        )

    asked = cognito.initiate_auth(ClientId=app, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "ann"})
    assert (asked["ChallengeName"], asked["ChallengeParameters"]) == (
        "CUSTOM_CHALLENGE",
        {"question": "Which word?"},
    )
    again = answer(asked, "another")
    assert again["Session"] != asked["Session"]
    assert answer(again, "cognito")["AuthenticationResult"]["TokenType"] == "Bearer"

    srp = AWSSRP("ann", PASSWORD, pool, app, client=cognito)
    first = {**srp.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
    asked = cognito.initiate_auth(ClientId=app, AuthFlow="CUSTOM_AUTH", AuthParameters=first)
    asked = cognito.respond_to_auth_challenge(
        ClientId=app,
        ChallengeName="PASSWORD_VERIFIER",
        Session=asked["Session"],
        ChallengeResponses=srp.process_challenge(asked["ChallengeParameters"], first),
    )
    for _ in range(2):
        asked = answer(asked, "another")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Incorrect username or password"):
        answer(asked, "another")
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Invalid session"):
        answer(asked, "cognito")


def test_boto3_is_denied(cognito):
    """A function that throws is told of by the name of its trigger and its message."""
    denied = {"PreSignUp": function("deny"), "PreAuthentication": function("deny")}
    pool = cognito.create_user_pool(PoolName="denied", LambdaConfig=denied)["UserPool"]["Id"]
    lambda_error = cognito.exceptions.UserLambdaValidationException
    with pytest.raises(lambda_error, match="PreSignUp failed with error denied"):
        cognito.admin_create_user(UserPoolId=pool, Username="ann", MessageAction="SUPPRESS")
    cognito.update_user_pool(UserPoolId=pool, LambdaConfig={"PreAuthentication": function("deny")})
    add_user(cognito, pool, "ann")
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)
    with pytest.raises(lambda_error, match="PreAuthentication failed with error denied"):
        cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=made["UserPoolClient"]["ClientId"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "ann", "PASSWORD": "wrong"},
        )
    cognito.delete_user_pool(UserPoolId=pool)


def test_boto3_signs_a_person_up(url, cognito, pool, app):
    """Sign-up, the code from the server's messages, confirmation, and sign-in."""
    email = [{"Name": "email", "Value": "dora@example.com"}]
    cognito.sign_up(ClientId=app, Username="dora", Password=PASSWORD, UserAttributes=email)
    with urllib.request.urlopen(f"{url}/_reference/messages") as inbox:
        code = json.load(inbox)["messages"][-1]["code"]
    cognito.confirm_sign_up(ClientId=app, Username="dora", ConfirmationCode=code)
    parameters = {"USERNAME": "dora", "PASSWORD": PASSWORD}
    done = cognito.initiate_auth(ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    user = cognito.get_user(AccessToken=done["AuthenticationResult"]["AccessToken"])
    assert {"Name": "email_verified", "Value": "true"} in user["UserAttributes"]


def test_pycognito_signs_in_with_srp(url, cognito, pool, app):
    """pycognito proves the password of a user that boto3 made, and its tokens are good for the next calls."""
    add_user(cognito, pool, "alice")
    alice = person(url, pool, app, "alice")
    alice.authenticate(PASSWORD)
    assert alice.token_type == "Bearer"
    assert alice.access_claims["username"] == alice.id_claims["cognito:username"] == "alice"
    alice.change_password(PASSWORD, NEW)
    alice.authenticate(NEW)
    alice.renew_access_token()
    alice.client.close()


def test_pycognito_is_refused_with_a_wrong_password(url, cognito, pool, app):
    """A wrong password is no proof."""
    add_user(cognito, pool, "alice")
    alice = person(url, pool, app, "alice")
    with pytest.raises(
        alice.client.exceptions.NotAuthorizedException, match="Incorrect username or password"
    ):
        alice.authenticate("Wrong1!Secret0")
    alice.client.close()


@pytest.mark.clients
@pytest.mark.skipif(shutil.which("aws") is None, reason="the AWS CLI is not installed")
def test_the_aws_cli_works(url, cognito, pool):
    """The AWS CLI makes a user, lists it, and ends with an error where Cognito refuses."""

    def aws(*words):
        keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_PAGER": ""}
        words = (
            "aws",
            "--endpoint-url",
            url,
            "--region",
            "us-east-1",
            "--output",
            "json",
            "cognito-idp",
            *words,
        )
        return subprocess.run(
            words, check=False, capture_output=True, text=True, timeout=60, env=os.environ | keys
        )

    who = ("--user-pool-id", pool, "--username", "alice")
    made = aws("admin-create-user", *who, "--message-action", "SUPPRESS")
    assert json.loads(made.stdout)["User"]["UserStatus"] == "FORCE_CHANGE_PASSWORD", made.stderr
    listed = aws("list-users", "--user-pool-id", pool)
    assert [user["Username"] for user in json.loads(listed.stdout)["Users"]] == ["alice"]
    refused = aws("admin-create-user", *who)
    assert refused.returncode != 0
    assert "(UsernameExistsException)" in refused.stderr


def test_pycognito_signs_in_with_a_software_token(url, cognito, mfa_pool, mfa_app):
    """pycognito registers a software token, and its next sign-in asks for a code of it."""
    add_user(cognito, mfa_pool, "alice")
    alice = person(url, mfa_pool, mfa_app, "alice")
    alice.authenticate(PASSWORD)
    token = TOTP(alice.associate_software_token())
    assert alice.verify_software_token(next_code(url, token), "phone")
    alice.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
    with pytest.raises(SoftwareTokenMFAChallengeException):
        alice.authenticate(PASSWORD)
    alice.respond_to_software_token_mfa_challenge(next_code(url, token))
    assert alice.access_claims["username"] == "alice"
    alice.client.close()


def test_pycognito_signs_in_from_a_remembered_device(url, cognito, mfa_pool, mfa_app):
    """pycognito's device proves itself by DEVICE_SRP_AUTH, and no code of the software token is asked for."""
    add_user(cognito, mfa_pool, "alice")
    alice = person(url, mfa_pool, mfa_app, "alice")
    alice.authenticate(PASSWORD)
    token = TOTP(alice.associate_software_token())
    alice.verify_software_token(next_code(url, token), "phone")
    alice.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
    who = {"username": "alice", "password": PASSWORD, "pool_id": mfa_pool, "client_id": mfa_app}
    here = AWSSRP(**who, client=alice.client)
    with pytest.raises(SoftwareTokenMFAChallengeException) as asked:
        here.authenticate_user()
    done = alice.client.respond_to_auth_challenge(
        ClientId=mfa_app,
        ChallengeName="SOFTWARE_TOKEN_MFA",
        Session=asked.value.get_tokens()["Session"],
        ChallengeResponses={"USERNAME": "alice", "SOFTWARE_TOKEN_MFA_CODE": next_code(url, token)},
    )
    tokens = done["AuthenticationResult"]
    new = tokens["NewDeviceMetadata"]
    # pycognito's own confirm_device goes to AWS whatever the endpoint is.
    secret, verifier = generate_hash_device(new["DeviceGroupKey"], new["DeviceKey"])
    mine = {"AccessToken": tokens["AccessToken"], "DeviceKey": new["DeviceKey"]}
    alice.client.confirm_device(**mine, DeviceName="laptop", DeviceSecretVerifierConfig=verifier)
    alice.client.update_device_status(**mine, DeviceRememberedStatus="remembered")
    device = {"device_key": new["DeviceKey"], "device_group_key": new["DeviceGroupKey"]}
    again = AWSSRP(**who, **device, device_password=secret, client=alice.client).authenticate_user()
    user = alice.client.get_user(AccessToken=again["AuthenticationResult"]["AccessToken"])
    assert user["Username"] == "alice"
    with pytest.raises(SoftwareTokenMFAChallengeException):
        AWSSRP(**who, client=alice.client).authenticate_user()
    alice.client.close()


@pytest.mark.clients
@without_npm
def test_the_javascript_sdk_works(url, tmp_path):
    """The AWS SDK for JavaScript v3 makes users, pages through them, signs one in, and knows a refusal by its name."""
    assert node(tmp_path, "js_client.mjs", [f"{SDK}@^3"], url) == {
        "names": ["alice", "bob", "carol"],
        "created": True,
        "user": "alice",
        "refusal": "NotAuthorizedException",
        "message": "Incorrect username or password.",
    }


@pytest.mark.clients
@without_npm
def test_a_javascript_app_remembers_its_device(url, cognito, mfa_pool, mfa_app, tmp_path):
    """amazon-cognito-identity-js signs in with SRP, sets a software token up, and is asked for no code on a remembered device."""
    cognito.set_user_pool_mfa_config(
        UserPoolId=mfa_pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="ON"
    )
    add_user(cognito, mfa_pool, "alice")
    packages = ["amazon-cognito-identity-js@^6", "otpauth@^9"]
    told = node(tmp_path, "js_device.mjs", packages, url, mfa_pool, mfa_app, "alice", PASSWORD)
    assert told == {
        "setUp": ["setup"],
        "first": ["totp"],
        "devices": 1,
        "remembered": [],
        "forgotten": ["totp"],
    }
