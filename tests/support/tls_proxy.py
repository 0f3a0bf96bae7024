"""A proxy that ends TLS with a certificate of its own authority, and may insist on signed requests, before a target
that speaks plain HTTP.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import http.server
import ipaddress
import json
import re
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PEM = serialization.Encoding.PEM
PUBLIC = frozenset({"InitiateAuth", "RespondToAuthChallenge", "SignUp", "ConfirmSignUp", "ForgotPassword"})
"""Operations that SDKs do not sign, as far as the tests use them."""


@dataclass
class Proxy:
    """Where it listens, the certificate of its authority, and the operations that it let through or turned away."""

    url: str
    ca: Path
    passed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@contextlib.contextmanager
def tls_proxy(target, folder, *, access_key=None):
    """A proxy before the URL `target`, its files in `folder`; with an access key, what is not signed by it is refused."""
    ca, served = authority(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.target, server.access_key = urlsplit(target).netloc, access_key
    server.proxy = Proxy(f"https://127.0.0.1:{server.server_address[1]}", ca)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    serving.start()
    try:
        yield server.proxy
    finally:
        server.shutdown()
        server.server_close()
        serving.join(5)


class Handler(http.server.BaseHTTPRequestHandler):
    """Passes a request on, or turns it away as AWS does."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    disable_nagle_algorithm = True

    def do_GET(self):
        """Keys and other pages beside the API need no signature."""
        self.forward()

    def do_POST(self):
        operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        problem = None if operation in PUBLIC else self.stranger()
        if problem is None:
            self.server.proxy.passed.append(operation)
            self.forward()
        else:
            self.server.proxy.refused.append(operation)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(400, {}, json.dumps({"__type": problem}).encode())

    def stranger(self):
        """What is wrong with the signature's form, nothing where it is as it should be."""
        wanted, given = self.server.access_key, self.headers.get("Authorization")
        if wanted is None:
            return None
        if given is None:
            return "MissingAuthenticationTokenException"
        form = r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/[a-z0-9-]+/cognito-idp/aws4_request, "
        found = re.match(form + r"SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$", given)
        if found is None:
            return "IncompleteSignatureException"
        return None if found[1] == wanted else "UnrecognizedClientException"

    def forward(self):
        """Ask the target the same."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        upstream = http.client.HTTPConnection(self.server.target, timeout=10)
        with contextlib.closing(upstream):
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            upstream.request(self.command, self.path, body, headers)
            answer = upstream.getresponse()
            self.answer(answer.status, dict(answer.getheaders()), answer.read())

    def answer(self, status, headers, body):
        """Write an answer whose body has been read whole."""
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Print nothing."""


def authority(folder):
    """An authority of its own and a certificate for 127.0.0.1 that it vouches for: the files of the authority's
    certificate, and of the server's key and certificate.
    """
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = certificate("Emulator CA", root, root, x509.BasicConstraints(ca=True, path_length=None))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    served = certificate("emulator", leaf, root, address)
    key = leaf.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths = folder / "ca.pem", folder / "server.pem"
    paths[0].write_bytes(ca.public_bytes(PEM))
    paths[1].write_bytes(key + served.public_bytes(PEM))
    return paths


def certificate(subject, key, issuer_key, extension):
    """A certificate, good for an hour, that the authority signed."""
    now = dt.datetime.now(dt.UTC)
    named = [
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in (subject, "Emulator CA")
    ]
    return (
        x509.CertificateBuilder(*reversed(named), key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(extension, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
