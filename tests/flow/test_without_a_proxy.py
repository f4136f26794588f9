"""Where no proxy is in front, the front itself speaks HTTPS, with HTTP/2, and takes up a new certificate."""

from __future__ import annotations

import datetime as dt
import http.client
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.papers import Demo, demo
from tests.processes import eventually, free_ports, lines_until, refusal, running

__all__ = ["demo"]

NAME = "paper.example"


def certify(folder: Path) -> int:
    """A new certificate of our own making and its key in `folder`; its number."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name, number = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), x509.random_serial_number()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), number, now, now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(secret)
    return number


@pytest.fixture(scope="module")
def secure(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, subprocess.Popen[bytes]]]:
    """The demonstration's front over HTTPS: its folder, port and process."""
    folder = tmp_path_factory.mktemp("secure") / "paper"
    shutil.copytree(demo.folder, folder)
    certify(folder)
    port, _staff = free_ports()
    words = ("serve", "--paper", folder, "--only", "front", "--port", port)
    with running(*words, WARRAQ_FRONT__CERTIFICATE="cert.pem", WARRAQ_FRONT__CERTIFICATE_KEY="key.pem") as process:
        lines_until(process, lambda lines: any(f"https://127.0.0.1:{port}/" in line for line in lines))
        yield folder, port, process


def greet(
    folder: Path, port: int, *, protocols: list[str], least: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    context.maximum_version = context.minimum_version = least
    context.set_alpn_protocols(protocols)
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    return context.wrap_socket(line, server_hostname=NAME)


@pytest.mark.parametrize("least", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_page_comes_over_tls(secure, least: ssl.TLSVersion) -> None:
    folder, port, _process = secure
    with greet(folder, port, protocols=["http/1.1"], least=least) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: paper.example\r\nConnection: close\r\n\r\n")
        reply = http.client.HTTPResponse(line)
        reply.begin()
        assert (reply.status, reply.read()) == (200, (folder / "pressed/pages/index.html").read_bytes())


def test_whoever_can_speaks_http_2(secure) -> None:
    folder, port, _process = secure
    with greet(folder, port, protocols=["h2", "http/1.1"]) as line:
        assert line.selected_alpn_protocol() == "h2"
    if "HTTP2" not in subprocess.run(["curl", "--version"], capture_output=True, text=True, check=False).stdout:
        pytest.skip("no curl that speaks HTTP/2 is installed (Debian: apt-get install curl)")
    told = "%{http_version} %{http_code} %{num_connects}\n"
    words = ["curl", "--silent", "--http2", "--cacert", str(folder / "cert.pem"), "--compressed", "--write-out", told]
    words += ["--resolve", f"{NAME}:{port}:127.0.0.1", "--output", str(folder / "got"), f"https://{NAME}:{port}/"]
    words += ["--output", str(folder / "got404"), f"https://{NAME}:{port}/nowhere/"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["2 200 1", "2 404 0"]
    assert (folder / "got").read_bytes() == (folder / "pressed/pages/index.html").read_bytes()


def test_a_renewed_certificate_is_taken_up(secure) -> None:
    folder, port, process = secure
    number = certify(folder)
    process.send_signal(signal.SIGHUP)

    def is_shown() -> bool:
        try:
            with greet(folder, port, protocols=["http/1.1"]) as line:
                shown = line.getpeercert(binary_form=True)
        except OSError:
            return False  # the old one, which the new file does not vouch for
        return x509.load_der_x509_certificate(shown or b"").serial_number == number

    eventually(is_shown)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"WARRAQ_FRONT__CERTIFICATE": "cert.pem"}, "go together"),
        ({"WARRAQ_FRONT__CERTIFICATE": "none.pem", "WARRAQ_FRONT__CERTIFICATE_KEY": "none.pem"}, "cannot speak HTTPS"),
        ({"WARRAQ_FRONT__CERTIFICATE": "secret", "WARRAQ_FRONT__CERTIFICATE_KEY": "secret"}, "cannot speak HTTPS"),
    ],
)
def test_a_certificate_that_is_none_is_refused_before_anything_starts(
    demo: Demo, named: dict[str, str], why: str
) -> None:
    port, staff = free_ports()
    said = refusal("serve", "--paper", demo.folder, "--port", port, "--newsroom-port", staff, **named)
    assert re.search(why, said)
