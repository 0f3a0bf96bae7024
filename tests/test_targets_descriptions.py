"""Target descriptions: the built-in ones say what is true of each other, and a user's own are read strictly."""

from pathlib import Path

import pytest

from cognito_conformance.server.functions import arn
from cognito_conformance.targets import TargetError, built_in, resolve
from cognito_conformance.targets.inbox import Place
from cognito_conformance.targets.mailbox import Mailbox
from cognito_conformance.wire import service
from cognito_model.functions import ROLES

START = '[start]\ncommand = ["emulator", "{port}"]\n'


def described(text, tmp_path):
    """The description in a file of the user's."""
    path = tmp_path / "own.toml"
    path.write_text(text)
    return resolve(str(path))


def test_built_in():
    """There are descriptions of these targets."""
    assert built_in() == ["aws", "aws-emulator", "cognito-local", "ministack", "moto", "reference"]


@pytest.mark.parametrize("name", built_in())
def test_built_in_description(name):
    """Each can be read, its inboxes exist, and what is installed is of the version that it names."""
    description = resolve(name)
    assert description.name == name
    Mailbox.of(description, Place("http://127.0.0.1:1"))
    if description.install is not None:
        assert description.version in description.install.requirements[0]
        assert description.operations.probed == description.version
    assert description.homepage is not None or name == "reference"


@pytest.mark.parametrize(
    ("name", "count"),
    [("moto", 62), ("ministack", 77), ("cognito-local", 50), ("reference", 141), ("aws", 141)],
)
def test_operations(name, count):
    """Each has as many operations as it was found to have."""
    assert len(set(service.operation_names()) - resolve(name).lacks) == count


def test_url():
    """A URL alone is a target of which nothing is known but where keys usually are."""
    description = resolve("http://127.0.0.1:9229/")
    assert description.endpoint == "http://127.0.0.1:9229"
    assert description.name == description.title == "http://127.0.0.1:9229"
    assert description.lacks == frozenset()
    assert description.inboxes == ({"kind": "none"},)
    assert description.jwks == "{endpoint}/{pool}/.well-known/jwks.json"


def test_kind_at_url():
    """A name and a URL are a target of that kind that runs already, in whatever version."""
    description = resolve("moto@http://127.0.0.1:5000")
    assert (description.name, description.endpoint) == ("moto", "http://127.0.0.1:5000")
    assert (description.start, description.install, description.version) == (None, None, None)
    assert description.inboxes == resolve("moto").inboxes


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("motto", "no target is called 'motto'; is it moto?"),
        (
            "x",
            "no target is called 'x'; say one of aws, aws-emulator, cognito-local, ministack, moto, reference, ",
        ),
        ("motto@http://127.0.0.1:1", "no target is called 'motto'; is it moto?"),
        ("http://", "an endpoint is a URL with http or https and a host, not 'http://'"),
        ("http://127.0.0.1:port", "Port could not be cast"),
        ("no/such.toml", "cannot read the target description no/such.toml: No such file or directory"),
    ],
)
def test_unknown_target(spec, message):
    """What names no target is answered with what does."""
    with pytest.raises(TargetError) as problem:
        resolve(spec)
    assert str(problem.value).startswith(message)


def test_functions(tmp_path):
    """A target may offer functions for Lambda triggers, by role; the reference has one for each."""
    text = START + '[functions]\ndeny = "arn:aws:lambda:eu-west-1:1:function:no"\n'
    assert described(text, tmp_path).functions == {"deny": "arn:aws:lambda:eu-west-1:1:function:no"}
    assert described(START, tmp_path).functions == {}
    assert resolve("reference").functions == {role: arn(role) for role in ROLES}


def test_own_description(tmp_path):
    """A user's own file may say all that ours say; its paths are its own folder's, "~" the user's."""
    description = described(
        """
        title = "Ours"
        region = "eu-west-1"
        endpoint = "https://127.0.0.1:8443/"
        ca_bundle = "ca.pem"
        capabilities = ["clock"]
        [credentials]
        files = ["keys", "~/keys"]
        profile = "local"
        [[inbox]]
        kind = "fixed"
        codes = { "sign-up" = "000000" }
        [operations]
        lacks = ["ListDevices"]
        answer = { status = 404 }
        """,
        tmp_path,
    )
    assert (description.name, description.title, description.region) == ("own", "Ours", "eu-west-1")
    assert description.endpoint == "https://127.0.0.1:8443"
    assert description.ca_bundle == tmp_path / "ca.pem"
    assert description.keys.files == (tmp_path / "keys", Path.home() / "keys")
    assert description.lacks == {"ListDevices"}
    assert description.operations.status == 404


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "own: the description is no TOML: Invalid value (at "),
        ("", "own: say how it starts ([start] command) or where it runs (endpoint), one of the two"),
        (
            'endpoint = "http://x"\n' + START,
            "own: say how it starts ([start] command) or where it runs (endpoint), one",
        ),
        ('endpoint = "x"', "own: an endpoint is a URL with http or https and a host, not 'x'"),
        ("title = 3\n" + START, "own: title must be a text, not 3"),
        ('title = ""\n' + START, "own: title is empty; leave it out"),
        ("titel = 'x'\n" + START, "own: there is no 'titel' here; is it title?"),
        ("[start]\n", "own: [start]: command is missing: a list of words"),
        ('[start]\ncommand = "x"\n', "own: [start]: command must be a list, not 'x'"),
        ('[start]\ncommand = ["x", 1]\n', "own: [start]: command is a list of texts"),
        (
            '[start]\ncommand = ["{prot}"]\n',
            "own: [start]: command: {prot} means nothing here; there are bin, dir, ",
        ),
        ('[start]\ncommand = ["{"]\n', "own: [start]: command: '{': "),
        (
            '[start]\ncommand = ["x"]\nready_path = "x"\n',
            "own: [start]: ready_path must be a path that begins with /",
        ),
        (
            '[start]\ncommand = ["x"]\nfiles = { "../x" = "" }\n',
            "own: [start]: files: '../x' must lie in the working",
        ),
        (START + '[install]\nkind = "cargo"\n', "own: [install]: kind must be one of pip, npm, not 'cargo'"),
        (START + '[install]\nkind = "pip"\n', "own: [install]: requirements is empty"),
        (
            START + "[credentials]\naccess_key = 'a'\n",
            "own: [credentials]: access_key and secret_key go together",
        ),
        (
            START + "[credentials]\n",
            "own: [credentials]: say one of access_key and secret_key, files, or chain",
        ),
        (START + "[operations]\n", "own: [operations]: say which operations it lacks or which it implements"),
        (
            START + '[operations]\nlacks = ["SignIn"]\n',
            "own: [operations]: there is no operation 'SignIn'; is it Sig",
        ),
        (
            START + '[operations]\nlacks = []\nanswer = { body = "(" }\n',
            "own: [operations]: [answer]: body is no patt",
        ),
        (START + "[inbox]\n", "own: [inbox] needs a kind"),
        (
            START + '[functions]\ndenny = "arn:x"\n',
            "own: [functions]: there is no role 'denny'; is it deny?",
        ),
        (
            START + '[functions]\ndeny = "no"\n',
            "own: [functions]: deny is the ARN of a function, not 'no'",
        ),
        (
            'capabilities = ["teleport"]\n' + START,
            "own: there is no capability 'teleport'; there are clock, email-se",
        ),
        (
            'jwks = "{host}/x"\n' + START,
            "own: jwks: {host} means nothing here; there are endpoint, pool, region",
        ),
    ],
)
def test_wrong_description(text, message, tmp_path):
    """What a description cannot mean is told in one line that begins with its name."""
    with pytest.raises(TargetError) as problem:
        described(text, tmp_path)
    assert str(problem.value).startswith(message)
    assert "\n" not in str(problem.value)
