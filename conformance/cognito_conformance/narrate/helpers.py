"""The functions that reproduction scripts are given, each where it is called."""

from __future__ import annotations

import re

HEAD = '''\
"""{title}

Expected: {expected}
Got:      {observed}

Usage: python {file} [endpoint]
Exit code 1: the divergence shows; 0: it does not; 2: it cannot be told, since something else went otherwise.
"""

import base64, hashlib, hmac, json, os, random, re, string, sys, time, traceback

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def cannot_tell(*problem):
    """End without a verdict."""
    traceback.print_exception(*problem)
    sys.stderr.flush()
    os._exit(2)


sys.excepthook = cannot_tell
raw = {{}}


def keep(response_dict, **_):
    """Keep an answer as it came: boto3 leaves out what it does not know."""
    raw.update(response_dict)


ENDPOINT = sys.argv[1] if len(sys.argv) > 1 else {endpoint!r}
client = boto3.client(
    "cognito-idp", region_name={region!r}, endpoint_url=ENDPOINT,
    aws_access_key_id="testing", aws_secret_access_key="testing",
    config=Config(parameter_validation=False, retries={{"total_max_attempts": 1}}, read_timeout=30),
)
client.meta.events.register("before-parse.cognito-identity-provider", keep)


def send(operation, client=client, **params):
    """Make a call: the members of the answer as they came, or its error."""
    raw.clear()
    try:
        answer = getattr(client, operation)(**params)
        return json.loads(raw["body"] or "{{}}") | {{"ResponseMetadata": answer["ResponseMetadata"]}}
    except ClientError as error:
        return {{
            "Error": error.response["Error"]["Code"],
            "Message": error.response["Error"].get("Message"),
            "ResponseMetadata": error.response["ResponseMetadata"],
        }}
    except Exception:
        if not raw:
            raise
        # Something came, and boto3 cannot read it.
        metadata = {{"HTTPStatusCode": raw["status_code"], "HTTPHeaders": raw["headers"]}}
        return {{"Error": "nothing that can be read", "ResponseMetadata": metadata}}


def call(operation, error=None, **params):
    """Make a call that went like this in the run: accepted, or refused with `error`."""
    answer = send(operation, **params)
    if (answer.get("Error") or None) != error and not ("Error" in answer and error == "any"):
        print(f"{{operation}}: expected {{error or 'an answer'}}, got", answer.get("Error", "an answer"), answer.get("Message", ""))
        sys.exit(2)
    return answer
'''

UNSIGNED = """
from botocore import UNSIGNED

unsigned = boto3.client(
    "cognito-idp", region_name=client.meta.region_name, endpoint_url=ENDPOINT,
    config=Config(parameter_validation=False, signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
)
unsigned.meta.events.register("before-parse.cognito-identity-provider", keep)
"""

PACKAGE = "\nfrom cognito_conformance.narrate import runtime\n"

FUNCTIONS = {
    "password": '''
def password(length, upper, lower, digit, symbol):
    """A random password of this make."""
    kinds = [k for k, on in ((string.ascii_uppercase, upper), (string.ascii_lowercase, lower), (string.digits, digit), ("!", symbol)) if on]
    kinds = kinds or [string.ascii_lowercase]
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
    "advance": '''
def advance(seconds, path):
    """Let time go by: move the target's clock, and ours with it."""
    import urllib.request

    urllib.request.urlopen(ENDPOINT.rstrip("/") + path, data=json.dumps({"advance": seconds}).encode()).close()
    before = time.time
    time.time = lambda: before() + seconds
''',
    "wrong_code": '''
def wrong_code(code):
    """The code with its last digit changed."""
    return code[:-1] + str((int(code[-1]) + 1) % 10) if code[-1:].isdigit() else code + "0"
''',
    "fits": '''
def fits(message, texts):
    """Whether a message is one of the texts, in which {} stands for anything."""
    patterns = [".*".join(map(re.escape, text.rstrip(". \\n").split("{}"))) for text in texts]
    return any(re.fullmatch(pattern, (message or "").rstrip(". \\n"), re.DOTALL) for pattern in patterns)
''',
    "dig": '''
def dig(value, *route):
    """What is at the end of a route of members, positions and {name: value} of a list's item; None for nothing.

    A JWT counts as its claims, and a text as the JSON in it.
    """
    for part in route:
        if isinstance(value, str) and value.count(".") == 2 and value.startswith("ey"):
            head, claims = (json.loads(base64.urlsafe_b64decode(p + "=" * (-len(p) % 4))) for p in value.split(".")[:2])
            value = claims | {"(alg)": head.get("alg"), "(kid)": head.get("kid"), "(header)": sorted(head)}
            value["(lifetime)"] = claims["exp"] - claims["iat"] if "exp" in claims and "iat" in claims else None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return None
        if isinstance(part, dict) and isinstance(value, list):
            value = next((item for item in value if isinstance(item, dict) and part.items() <= item.items()), None)
        elif isinstance(part, int) and isinstance(value, list):
            value = value[part] if part < len(value) else None
        elif isinstance(part, str) and isinstance(value, dict):
            value = value.get(part)
        elif part is not ...:
            return None
    return value
''',
}
"""By name. In a route `...` stands for a text that is to be opened, where that is not plain from what follows."""


def called(text: str) -> list[str]:
    """The functions that a program calls, as text."""
    return [source for name, source in FUNCTIONS.items() if re.search(rf"\b{name}\(", text)]
