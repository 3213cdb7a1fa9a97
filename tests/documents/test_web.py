"""A report from the web: of public addresses only, in whatever spelling, little and soon. No test asks the internet."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from mapping.documents.web import fetch, is_address, is_public
from mapping.errors import InvalidValue, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = b"Two drones attacked the base."


class Pages(BaseHTTPRequestHandler):
    """A server with every kind of answer."""

    def do_GET(self) -> None:
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{name}")(rest)

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _text(self, _: str) -> None:
        self._send(self.headers["Host"].encode() + b": " + TEXT, Content_Type="text/plain")

    def _again(self, times: str) -> None:
        self._send(b"", 302, Location=f"/again/{int(times) - 1}" if int(times) > 1 else "/text")

    def _to(self, target: str) -> None:
        self._send(b"", 301, Location=target)

    def _picture(self, _: str) -> None:
        self._send(b"\x89PNG", Content_Type="image/png")

    def _gone(self, _: str) -> None:
        self._send(b"", 404)

    def _much(self, _: str) -> None:
        self._send(b"a " * 3_000_000, Content_Type="text/plain")

    def _packed(self, times: str) -> None:
        self._send(gzip.compress(TEXT * int(times)), Content_Type="text/plain", Content_Encoding="gzip")

    def _slowly(self, _: str) -> None:
        self.send_response(200)
        for letter in b"X-Slow: " + b"a" * 100:
            self.wfile.write(bytes([letter]))
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.daemon_threads = server.block_on_close = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # it is hung up on
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as server:
        yield server.server_port


def here(address: str, port: int) -> bool:
    """Allow this machine, where the tests' server is."""
    return address == "127.0.0.1" and port > 1024


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::",
        "2001:0:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_no_address_within_is_public(address: str) -> None:
    assert not is_public(address, 443)


def test_what_is_public_is_asked_at_two_ports() -> None:
    for address in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"):
        assert [is_public(address, port) for port in (80, 443, 22, 8080)] == [True, True, False, False]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://LOCALHOST./", "http://127.1/", "http://2130706433/",
        "http://0x7f.1/", "http://0x7f000001/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/", "http://0/", "http://169.254.169.254/latest/meta-data/", "http://①②⑦.⓪.⓪.①/", "https://10.0.0.1./",
        "http://127.0.0.1:443/", "http://93.184.216.34:22/",
    ],
)  # fmt: skip
def test_no_spelling_leads_within(url: str) -> None:
    with pytest.raises(InvalidValue, match="not on the public web"):
        fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a", "file:///etc/passwd", "gopher://a", "http://", "http:///a", "http://user:word@example.org/",
        "http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/",
        "http://[fe80::1%25eth0]/", "http://[::1", "http://a\r\nHost: b/", "http://example.org/\u202egpj", "http://" + "a" * 70 + ".org/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidValue, match="no web address that is read here"):
        fetch(url)


def test_a_page_is_fetched_by_its_host_and_read(port: int) -> None:
    assert fetch(_at(port, "text"), allowed=here).text == f"127.0.0.1:{port}: {TEXT.decode()}"
    assert fetch(_at(port, "packed/2"), allowed=here).text == TEXT.decode() * 2


def test_five_redirects_are_followed_and_each_is_checked(port: int) -> None:
    assert fetch(_at(port, "again/5"), allowed=here).text.endswith(TEXT.decode())
    with pytest.raises(UnreadableFile, match="a redirect after 5 others"):
        fetch(_at(port, "again/6"), allowed=here)
    with pytest.raises(InvalidValue, match=r"http://127\.0\.0\.1/in is not on the public web"):
        fetch(_at(port, "to/http://127.0.0.1/in"), allowed=here)
    with pytest.raises(InvalidValue, match="no web address"):
        fetch(_at(port, "to/file:///etc/passwd"), allowed=here)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("picture", "of the type image/png"),
        ("gone", "answers 404 Not Found"),
        ("much", "larger than 5 MB"),
        ("packed/400000", "larger than 5 MB"),
        ("nothing-of-this-kind", "cannot be read"),
    ],
)
def test_what_is_no_report_is_refused(port: int, path: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        fetch(_at(port, path), allowed=here)


def test_a_server_that_sends_a_letter_now_and_then_is_given_up(port: int) -> None:
    with pytest.raises(UnreadableFile, match=r"did not answer within 0\.3 seconds"):
        fetch(_at(port, "slowly"), allowed=here, seconds=0.3)


@pytest.fixture
def secure_port(tmp_path: Path) -> Iterator[int]:
    """Serve by TLS as localhost, and hold that to be proved by a certificate that is trusted here alone."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("openssl makes the certificate, and is not here")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([openssl, *made.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with pytest.MonkeyPatch.context() as patch, serving() as server:
        patch.setenv("SSL_CERT_FILE", str(certificate))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield server.server_port


def test_a_host_proves_by_its_name_who_it_is(secure_port: int) -> None:
    url = f"https://{{}}:{secure_port}/text"
    assert fetch(url.format("localhost"), allowed=lambda *_: True).text.startswith("localhost:")
    with pytest.raises(UnreadableFile, match="does not prove that it is this host"):
        fetch(url.format("127.0.0.1"), allowed=lambda *_: True)


def test_an_address_is_told_from_a_file() -> None:
    assert [is_address(text) for text in ("HTTPS://example.org", "file:///a", "C:\\a.txt", "a/b.html")] == [
        True,
        True,
        False,
        False,
    ]


def _at(port: int, path: str) -> str:
    return f"http://127.0.0.1:{port}/{path}"
