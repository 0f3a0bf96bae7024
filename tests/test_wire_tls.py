"""TLS: certificates are checked against the authorities that a target names, and against no others."""

import datetime as dt
import ipaddress
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cognito_conformance.wire.client import connect
from support.wire_servers import OK, answering, server

NOW = dt.datetime.now(dt.UTC)


def name(text):
    """A distinguished name."""
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, *extensions):
    """A certificate that is good for an hour."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - dt.timedelta(hours=1))
        .not_valid_after(NOW + dt.timedelta(hours=1))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A private authority: the file of its certificate, and the context of a server at 127.0.0.1 that it
    vouches for.
    """
    folder = tmp_path_factory.mktemp("tls")
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = certificate("Private CA", root, "Private CA", root, x509.BasicConstraints(ca=True, path_length=None))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    served = certificate("emulator", leaf, "Private CA", root, address)
    pem = serialization.Encoding.PEM
    key = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "ca.pem").write_bytes(ca.public_bytes(pem))
    (folder / "server.pem").write_bytes(key + served.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return str(folder / "ca.pem"), context


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_private_authority(authority, kind):
    """A server whose certificate the named authority signed is trusted, and its connection kept."""
    bundle, context = authority
    with (
        server(answering(OK), tls=context) as secure,
        connect(kind, f"https://127.0.0.1:{secure.port}", ca_bundle=bundle, timeout=5) as client,
    ):
        assert [client.send("SignUp", {}).output for _ in range(2)] == [{}, {}]
    assert [request.connection for request in secure.requests] == [1, 1]


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_unknown_authority(authority, kind):
    """Without that authority the certificate is refused, and nothing is sent."""
    _, context = authority
    with (
        server(answering(OK), tls=context) as secure,
        connect(kind, f"https://127.0.0.1:{secure.port}", timeout=5) as client,
    ):
        answer = client.send("SignUp", {})
    assert answer.trouble.startswith("TLS: unable to get local issuer certificate")
    assert secure.requests == []


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_another_name(authority, kind):
    """A certificate for another name is refused."""
    bundle, context = authority
    with (
        server(answering(OK), tls=context) as secure,
        connect(kind, f"https://localhost:{secure.port}", ca_bundle=bundle, timeout=5) as client,
    ):
        answer = client.send("SignUp", {})
    assert answer.trouble.lower().startswith("tls: hostname")


@pytest.mark.parametrize("kind", ["lean", "boto3"])
def test_server_without_tls(kind):
    """HTTPS to a server that speaks none is trouble of TLS."""

    def refuse(peer):
        peer.socket.recv(10)
        peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with server(refuse) as plain, connect(kind, f"https://127.0.0.1:{plain.port}", timeout=5) as client:
        assert client.send("SignUp", {}).trouble.startswith("TLS: ")


def test_bundle_that_is_not_there():
    """A bundle that cannot be read is the caller's mistake, told at once."""
    with pytest.raises(OSError):
        connect("lean", "https://127.0.0.1:1", ca_bundle="/no/such/bundle.pem")
