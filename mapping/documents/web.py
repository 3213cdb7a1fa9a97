"""A report from the web, asked for by the user alone: from public addresses, little, soon, and nothing of a network within."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import zlib
from contextlib import closing, suppress
from ipaddress import ip_address, ip_network
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from mapping.documents.reading import read_document
from mapping.errors import InvalidValue, MappingError, UnreadableFile
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapping.documents.document import Document

    Allowed = Callable[[str, int], bool]

__all__ = ["fetch", "is_address", "is_offered", "is_public"]

_SECONDS = 20.0
_MOST_BYTES = 5_000_000
_MOST_REDIRECTS = 5
_PORTS = (80, 443)
_REDIRECTS = (301, 302, 303, 307, 308)
_TYPES = re.compile(
    r"text/|application/(?:xhtml\+xml|xml|pdf|octet-stream|vnd\.openxmlformats-officedocument\.wordprocessingml)|$"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_IN_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"{}|^`\u2000-\u200f\u2028-\u202f\u2066-\u2069\ufeff]")

_IN_PATHS = "%/:=&?~+!$,;'@()*[]"
_HEADERS = {"User-Agent": f"incident-atlas/{VERSION}", "Accept-Encoding": "identity"}

# All that is given out of IPv6 (https://www.iana.org/assignments/ipv6-address-space), and what in it leads elsewhere.
_GIVEN_OUT = ip_network("2000::/3")
_TUNNELS = (ip_network("2001::/23"), ip_network("2002::/16"))


class _Answer(NamedTuple):
    """What a server sent: an address to go on to, or a body."""

    redirect: str
    body: bytes


def is_offered() -> bool:
    """Tell whether this server lets its users ask for web addresses: INCIDENT_ATLAS_WEB=1.

    Examples
    --------
    >>> is_offered()
    False
    """
    return os.environ.get("INCIDENT_ATLAS_WEB") == "1"


def is_address(text: str) -> bool:
    """Tell an address from the name of a file.

    Examples
    --------
    >>> is_address("https://example.org/a"), is_address("reports/a.html")
    (True, False)
    """
    return bool(_ADDRESS.match(text))


def is_public(address: str, port: int) -> bool:
    """Tell whether an address is one of the public internet, and not of this machine, its network or a way into them.

    Examples
    --------
    >>> [is_public(one, 80) for one in ("93.184.216.34", "127.0.0.1", "10.0.0.1", "100.64.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False]
    """
    ip = ip_address(address)
    if port not in _PORTS or not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return ip.version == 4 or (ip in _GIVEN_OUT and not any(ip in tunnel for tunnel in _TUNNELS))


def fetch(url: str, *, allowed: Allowed = is_public, seconds: float = _SECONDS) -> Document:
    """Fetch a report from a web address and read it.

    A host is looked up once, every address of it must be public, and the connection goes to one of these; so with
    each redirect, of which there may be five. There may be five megabytes, twenty seconds, and no more.

    Parameters
    ----------
    url
        http or https.
    allowed
        Which addresses and ports may be asked; no user can choose it.
    seconds
        For all of it, looking up and redirects included.

    Raises
    ------
    InvalidValue
        It is no address that may be asked.
    UnreadableFile
        Nothing that can be read came of it.

    Examples
    --------
    >>> fetch("http://2130706433/")
    Traceback (most recent call last):
    mapping.errors.InvalidValue: http://2130706433/ is not on the public web, ...
    """
    visit = _Visit(allowed, seconds)
    answers: Queue[bytes | Exception] = Queue()
    Thread(target=visit.run, args=(url, answers), daemon=True).start()
    try:
        got = answers.get(timeout=seconds)
    except Empty:
        visit.hang_up()
        raise UnreadableFile(
            f"{url} did not answer within {seconds:g} seconds. Save the page and open the file."
        ) from None
    if isinstance(got, Exception):
        raise got
    return read_document(got, name=url)


class _Visit:
    """One visit, in a thread of its own: a server that sends a letter a second would hold up any other way of reading."""

    def __init__(self, allowed: Allowed, seconds: float) -> None:
        self._allowed, self._end = allowed, monotonic() + seconds
        self._line: socket.socket | None = None

    def run(self, url: str, answers: Queue[bytes | Exception]) -> None:
        """Put what comes of it into the queue."""
        try:
            answers.put(self._follow(url))
        except Exception as error:
            answers.put(error)

    def hang_up(self) -> None:
        """End what is under way, so that its thread ends."""
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def _follow(self, url: str) -> bytes:
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                answer = self._ask(url, *_parted(url))
            except MappingError:
                raise
            except (OSError, http.client.HTTPException, zlib.error) as error:
                raise UnreadableFile(
                    f"{url} cannot be read: {_why(error)}. Save the page and open the file."
                ) from error
            if not answer.redirect:
                return answer.body
            url = urljoin(url, answer.redirect)
        raise UnreadableFile(f"{url} is a redirect after {_MOST_REDIRECTS} others, and no more are followed.")

    def _ask(self, url: str, scheme: str, host: str, port: int, target: str) -> _Answer:
        self._line = self._connected(url, host, port)
        if scheme == "https":
            self._line = ssl.create_default_context().wrap_socket(self._line, server_hostname=host)
        with closing(http.client.HTTPConnection(host, port)) as connection:
            connection.sock = self._line
            connection.request("GET", target, headers=_HEADERS)
            with connection.getresponse() as response:
                return _answer(response, url)

    def _connected(self, url: str, host: str, port: int) -> socket.socket:
        """Look a host up and connect to what was found; one address that is not public makes all suspect."""
        addresses = dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        if not all(self._allowed(address, port) for address in addresses):
            raise InvalidValue(f"{url} is not on the public web, and nothing else is asked. Give the file itself.")
        trouble = OSError("no address")
        for address in addresses:
            try:
                return socket.create_connection((address, port), timeout=max(self._end - monotonic(), 0.01))
            except OSError as error:
                trouble = error
        raise trouble


def _parted(url: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and what to ask for, or refuse an address that is none or hides what it is."""
    try:
        if _IN_NO_ADDRESS.search(url):
            raise ValueError("it holds blanks, or signs that no address has")
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or "%" in host:
            raise ValueError("only http:// or https://, a host and a path are taken")
    except ValueError as error:
        raise InvalidValue(f"{url[:200]} is no web address that is read here: {error}.") from error
    target = quote(parts.path or "/", safe=_IN_PATHS) + (
        f"?{quote(parts.query, safe=_IN_PATHS)}" if parts.query else ""
    )
    return parts.scheme, host, port, target


def _answer(response: http.client.HTTPResponse, url: str) -> _Answer:
    """Return what a server sent, of a kind that is read and no more of it than is read."""
    if response.status in _REDIRECTS and (target := response.headers.get("Location")):
        return _Answer(target, b"")
    if response.status != 200:
        raise UnreadableFile(f"{url} answers {response.status} {response.reason}: there is no report.")
    kind = response.headers.get("Content-Type", "").lower()
    if not _TYPES.match(kind):
        raise UnreadableFile(f"{url} is of the type {kind}, in which there is no text to read.")
    body = response.read(_MOST_BYTES + 1)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        body = zlib.decompressobj(wbits=47).decompress(body, _MOST_BYTES + 1)  # 47: gzip or zlib, whichever it is
    if len(body) > _MOST_BYTES:
        raise UnreadableFile(f"{url} is larger than {_MOST_BYTES // 1_000_000} MB, which is the most that is fetched.")
    return _Answer("", body)


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"it does not prove that it is this host ({error.verify_message})"
    if isinstance(error, socket.gaierror):
        return "there is no such host"
    return "it took too long" if isinstance(error, TimeoutError) else f"it broke off ({error})"
