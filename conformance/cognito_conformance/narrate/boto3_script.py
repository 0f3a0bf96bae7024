"""A trace as a Python program that needs nothing but boto3 (and this package where SRP is spoken)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from botocore import xform_name

from cognito_conformance.judge.bindings import junk
from cognito_conformance.judge.judge import Step
from cognito_conformance.narrate.paths import Places
from cognito_conformance.narrate.redact import PASSWORD_MEMBERS, Secrets, Shape
from cognito_model import terms
from cognito_model.terms import Fresh, Term

HEAD = '''\
"""{title}

Expected: {expected}
Got:      {observed}

Usage: python {file} [endpoint]     exit code 1: the divergence shows, 0: it does not
"""

import base64, hashlib, hmac, json, random, re, string, sys, time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1] if len(sys.argv) > 1 else {endpoint!r}
client = boto3.client(
    "cognito-idp", region_name={region!r}, endpoint_url=ENDPOINT,
    aws_access_key_id="testing", aws_secret_access_key="testing",
    config=Config(parameter_validation=False, retries={{"total_max_attempts": 1}}, read_timeout=30),
)


def call(operation, client=client, **params):
    """Make a call: the members of the answer, or its error."""
    try:
        return getattr(client, operation)(**params)
    except ClientError as error:
        return {{
            "Error": error.response["Error"]["Code"],
            "Message": error.response["Error"].get("Message"),
            "ResponseMetadata": error.response["ResponseMetadata"],
        }}
'''

HEADERS = frozenset({"Content-Type", "x-amzn-RequestId", "x-amzn-ErrorType"})
"""Paths that name a header of the answer."""

UNSIGNED_CLIENT = """
from botocore import UNSIGNED

unsigned = boto3.client(
    "cognito-idp", region_name=client.meta.region_name, endpoint_url=ENDPOINT,
    config=Config(parameter_validation=False, signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
)
"""

HELPERS = {
    "password": '''
def password(length, upper, lower, digit, symbol):
    """A random password of this make."""
    kinds = [k for k, on in ((string.ascii_uppercase, upper), (string.ascii_lowercase, lower), (string.digits, digit), ("!", symbol)) if on]
    made = [random.choice(kind) for kind in kinds]
    return "".join(made + random.choices(kinds[0], k=max(0, length - len(made))))[:length]
''',
    "secret_hash": '''
def secret_hash(username, client_id, secret):
    """SECRET_HASH: Base64(HMAC-SHA256(client secret, username + client id))."""
    return base64.b64encode(hmac.new(secret.encode(), (username + client_id).encode(), hashlib.sha256).digest()).decode()
''',
    "totp": '''
def totp(secret, offset=0):
    """The RFC 6238 code of a secret."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, (int(time.time() // 30) + offset).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
''',
    "wrong_code": '''
def wrong_code(code):
    """The code with its last digit changed."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)
''',
    "fits": '''
def fits(message, wanted):
    """Whether a message is one of the wanted texts, in which {} stands for anything."""
    texts = json.loads(wanted) if wanted.startswith("[") else [wanted]
    patterns = [".*".join(map(re.escape, text.rstrip(". \\n").split("{}"))) for text in texts]
    return any(re.fullmatch(pattern, (message or "").rstrip(". \\n"), re.DOTALL) for pattern in patterns)
''',
    "dig": '''
def dig(value, path):
    """The member at a dotted path; a JWT is opened on the way, an item of a {Name, Value} list is found by its name."""
    for part in path.split("."):
        if isinstance(value, str) and value.count(".") == 2:
            body = value.split(".")[1]
            value = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        if isinstance(value, str):
            value = json.loads(value)
        if isinstance(value, list):
            value = next((item for item in value if item.get("Name") == part), None)
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value
''',
}


class Boto3Script:
    """Writes the program. `code_source` is the body of a function that reads the code which a call sent."""

    def __init__(self, steps: Sequence[Step], *, endpoint: str, region: str, code_source: str) -> None:
        self.steps = steps
        self.endpoint = endpoint
        self.region = region
        self.code_source = code_source
        self.places = Places(steps)
        self.secrets = Secrets()
        self.secrets.collect([step.request for step in steps])
        self.helpers: dict[str, str] = {}

    def write(
        self, *, title: str, expected: str, observed: str, path: str | None, kind: str, file: str
    ) -> str:
        """The whole program as text."""
        calls = [self._call(step) for step in self.steps]
        end = self._end(path, kind, expected)
        passwords = [
            f"PASSWORD_{number} = password{_shape(secret)}"
            for secret, number in self.secrets.passwords.items()
        ]
        if passwords:
            self.helpers["password"] = HELPERS["password"]
        title, expected, observed = (
            text.replace("\\", "\\\\").replace('"""', "'''") for text in (title, expected, observed)
        )
        head = HEAD.format(
            title=title,
            expected=expected,
            observed=observed,
            endpoint=self.endpoint,
            region=self.region,
            file=file,
        )
        parts = [head, *self.helpers.values(), "\n", *(f"{line}\n" for line in passwords), *calls, *end]
        return "".join(parts)

    def _call(self, step: Step) -> str:
        request = step.request
        lines = [f"    {name}={self.expression(value, name)},\n" for name, value in request.params.items()]
        if request.signed is False:
            self.helpers["unsigned"] = UNSIGNED_CLIENT
            lines.insert(0, "    client=unsigned,\n")
        name = repr(xform_name(request.operation))
        inner = f"\n    {name},\n{''.join(lines)}" if lines else name
        return f"r{request.step} = call({inner})\n".replace("'", '"', 2)

    def _end(self, path: str | None, kind: str, expected: str) -> list[str]:
        last = f"r{self.steps[-1].request.step}"
        if kind == "accepted":
            shown, got = f'"Error" not in {last}', f'{last}.get("Error", "accepted")'
        elif kind.startswith("refused with "):
            error = kind.removeprefix("refused with ")
            shown, got = f'{last}.get("Error") == {error!r}', f'{last}.get("Error", "accepted")'
        elif kind == "server fault" or path is None:
            shown, got = f'"Error" in {last}', f'{last}.get("Error", "accepted")'
        elif path in HEADERS:
            got = f'{last}["ResponseMetadata"]["HTTPHeaders"].get({path.lower()!r}, "").split(";")[0].rstrip(":")'
            shown = f"{got} != {expected!r}"
        elif path == "message":
            self.helpers["fits"] = HELPERS["fits"]
            got = f'{last}.get("Message")'
            shown = f"not fits({got}, {expected!r})"
        else:
            self.helpers["dig"] = HELPERS["dig"]
            got = f"dig({last}, {path!r})"
            shown = f"{got} != {json.loads(expected)!r}" if _is_json(expected) else f'"Error" not in {last}'
        return [
            f"\nprint('expected:', {expected!r})\n",
            f"print('got:     ', {got})\n",
            f"sys.exit(1 if {shown} else 0)\n",
        ]

    # -- values

    def expression(self, value: Any, member: str | None = None) -> str:
        """A Python expression for a value of a request."""
        if isinstance(value, Term):
            return self._term(value)
        if isinstance(value, Mapping):
            return (
                "{" + ", ".join(f"{json.dumps(n)}: {self.expression(v, n)}" for n, v in value.items()) + "}"
            )
        if isinstance(value, list | tuple):
            return "[" + ", ".join(self.expression(item, member) for item in value) + "]"
        if member in PASSWORD_MEMBERS and value in self.secrets.passwords:
            return f"PASSWORD_{self.secrets.passwords[value]}"
        return repr(value)

    def _term(self, term: Term) -> str:
        match term:
            case Fresh():
                return self.places.expression(term)
            case terms.SecretHash(client=client, username=username):
                self.helpers["secret_hash"] = HELPERS["secret_hash"]
                secret = self.places.secret_of(client)
                return f"secret_hash({self.expression(username)}, {self.expression(client)}, {secret})"
            case terms.Code(message=message) | terms.TemporaryPassword(message=message):
                self.helpers["code"] = f"\n\ndef sent_code(answer):\n{self.code_source}\n"
                return f"sent_code(r{message.step})"
            case terms.TotpCode(secret=secret, offset=offset):
                self.helpers["totp"] = HELPERS["totp"]
                return f"totp({self.expression(secret)}, {offset})"
            case terms.Spoiled(of=of, how="digit"):
                self.helpers["wrong_code"] = HELPERS["wrong_code"]
                return f"wrong_code({self.expression(of)})"
            case terms.Text(parts=parts):
                return " + ".join(self.expression(part) for part in parts)
            case terms.Junk():
                return repr(junk(term))
            case _:
                return self._from_package(term)

    def _from_package(self, term: Term) -> str:
        """Values that take more than a few lines: the package computes them."""
        self.helpers["package"] = "\nfrom cognito_conformance.narrate import runtime\n"
        e = self.expression
        match term:
            case terms.SrpA(step=step):
                return f"runtime.srp_a({step})"
            case terms.ClaimTimestamp():
                return "runtime.TIMESTAMP"
            case terms.SrpProof(block=Fresh() as block, password=password, user=user, pool=pool):
                return f"runtime.srp_proof({self._exchange(block)}, {e(pool)}, {e(user)}, {e(password, 'Password')})"
            case terms.DeviceProof(block=Fresh() as block, group=group, device=device, password=password):
                return f"runtime.device_proof({self._exchange(block)}, {e(group)}, {e(device)}, {password!r})"
            case terms.DeviceVerifier(group=group, device=device, password=password):
                return f"runtime.device_verifier({e(group)}, {e(device)}, {password!r})"
            case terms.DeviceSalt(device=device):
                return f"runtime.device_salt({e(device)})"
            case _:
                return repr(f"<{type(term).__name__}: no program for this value>")

    def _exchange(self, block: Fresh) -> str:
        """The first arguments of a proof: the call that began the exchange, its salt, B and secret block."""
        values = (Fresh("Salt", block.step), Fresh("SrpB", block.step), block)
        return ", ".join([str(block.step), *(self.places.expression(value) for value in values)])


def _shape(password: str) -> str:
    shape = Shape.of(password)
    return f"({shape.length}, {shape.upper}, {shape.lower}, {shape.digit}, {shape.symbol})"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
