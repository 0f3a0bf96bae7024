"""The built-in emulators themselves: installed on first use, started, read, and lacking what their descriptions say."""

import pytest

from cognito_conformance.targets import TargetError, open_target, resolve
from cognito_conformance.wire import service
from support.lives import NEXT, Life, minimal

pytestmark = pytest.mark.emulators
MOTO_LACKS = "action has not been implemented\n"


@pytest.fixture(scope="module", params=["moto", "ministack", "cognito-local"])
def target(request):
    """A started emulator."""
    with open_target(resolve(request.param)) as running:
        yield running


@pytest.fixture
def client(target):
    """A client of it."""
    with target.client() as client:
        yield client


def test_lacks(target, client):
    """Every operation that its description says it lacks is lacking, and no other."""
    for operation in service.operation_names():
        answer = client.send(operation, minimal(service.input_shape(operation)))
        lacking = operation in target.lacks
        assert target.lacks_operation(operation, answer) is lacking, (operation, answer)
        assert target.says_unsupported(operation, answer) or not lacking
    if target.name == "moto":
        # Its answers do not tell an operation that it has not got from another fault; what it prints does.
        output = target.process.output
        text, position = output.since(0)
        while text.count(MOTO_LACKS) < len(target.lacks) and output.wait(position, 2.0):
            text, position = output.since(0)
        assert text.count(MOTO_LACKS) == len(target.lacks)


def test_life(target, client):
    """The codes that it sends can be read, and its tokens checked by the keys that it shows."""
    life = Life(target, client)
    life.sign_up()
    life.recover()
    claims = life.sign_in()
    assert claims["iss"] == target.issuer(life.pool)


def test_invitation(target, client):
    """A temporary password can be read, except of moto, which shows it nowhere."""
    life = Life(target, client)
    password = life.invite()
    if target.name == "moto":
        assert password is None
        return
    app = {"UserPoolId": life.pool, "ClientName": "d", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
    life.app = life.call("CreateUserPoolClient", **app)["UserPoolClient"]["ClientId"]
    parameters = {"USERNAME": "bob", "PASSWORD": password}
    answer = life.call(
        "InitiateAuth", ClientId=life.app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
    )
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert password != NEXT


def test_another_purpose(target, client):
    """A code for an attribute can be read where there is an operation that sends one."""
    life = Life(target, client)
    life.sign_up()
    life.recover()
    if "GetUserAttributeVerificationCode" in target.lacks:
        assert target.name in ("moto", "ministack")
        return
    parameters = {"USERNAME": "ann", "PASSWORD": NEXT}
    answer = life.call(
        "InitiateAuth", ClientId=life.app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters
    )
    access = {"AccessToken": answer["AuthenticationResult"]["AccessToken"], "AttributeName": "email"}
    life.call("GetUserAttributeVerificationCode", **access)
    life.call("VerifyUserAttribute", **access, Code=life.code("verify:email"))


def test_reset(target, client):
    """A reset leaves no pool; cognito-local has none."""
    life = Life(target, client)
    if target.description.reset is None:
        assert target.name == "cognito-local"
        with pytest.raises(TargetError, match="names no path for reset"):
            target.reset()
        return
    target.reset()
    assert life.call("ListUserPools", MaxResults=60)["UserPools"] == []
