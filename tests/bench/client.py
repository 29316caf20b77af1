"""A visitor without a browser: keeps a connection, counts bytes, fills in forms."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urlencode, urlsplit

import brotli

PERSON = {
    "wish": ["paid_work"],
    "age16": ["yes"],
    "postcode": ["5611 AB"],
    "landlord": ["trudo"],
    "practical": ["nothing"],
    "shared_phone": ["no"],
    "times": ["morning"],
    "first_name": ["Samira"],
    "language": ["nl"],
}
# Everybody has a number of their own: one number is not registered over and over.
NUMBERS = count()


@dataclass
class Answer:
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire: int

    @property
    def text(self) -> str:
        """The page, unpacked."""
        packed = self.headers.get("content-encoding") == "br"
        return (brotli.decompress(self.body) if packed else self.body).decode()


@dataclass
class Visitor:
    """One connection that is kept open."""

    port: int
    requests: int = 0
    wire: int = 0
    _socket: socket.socket | None = field(default=None, repr=False)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._ask(f"GET {path} HTTP/1.1\r\n", b"")

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nOrigin: http://127.0.0.1:{self.port}\r\n"
        )
        return self._ask(head, body)

    def close(self) -> None:
        """Hang up."""
        if self._socket:
            self._socket.close()

    def _ask(self, head: str, body: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port))
        lines = f"{head}Host: 127.0.0.1:{self.port}\r\nAccept-Encoding: br\r\n\r\n"
        self._socket.sendall(lines.encode() + body)
        answer = _read(self._socket)
        self.requests += 1
        self.wire += answer.wire
        return answer


def _read(connection: socket.socket) -> Answer:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    length = int(headers.get("content-length", "0"))
    while len(body) < length:
        body += _more(connection)
    return Answer(int(first.split()[1]), headers, body, len(head) + 4 + len(body))


def _more(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise ConnectionError("the server hung up")
    return chunk


class _Hidden(HTMLParser):
    """Collects the hidden fields of the form that goes to `send`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._inside = (found.get("action") or "").endswith("/send")
        if tag == "input" and self._inside and found.get("type") == "hidden":
            self.fields.append((found.get("name") or "", found.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def register(visitor: Visitor, locale: str = "nl") -> Answer:
    """Go from the first document to the receipt, as a browser with a script does."""
    visitor.get(f"/{locale}/")
    visitor.get(f"/{locale}/near/5611")
    person = PERSON | {"phone": [f"06 1{next(NUMBERS):07}"]}
    fields = [(name, value) for name, values in person.items() for value in values]
    check = visitor.post(f"/{locale}/check", fields)
    hidden = _Hidden()
    hidden.feed(check.text)
    sent = visitor.post(f"/{locale}/send", [*hidden.fields, ("consent", "yes")])
    if sent.status != 303:
        return sent
    return visitor.get(urlsplit(sent.headers["location"]).path)


def insert(visitor: Visitor) -> Answer:
    """Fill in the bare form: page, insert, receipt."""
    visitor.get("/")
    sent = visitor.post("/", [("name", "Samira"), ("phone", "06 12345678")])
    return visitor.get(urlsplit(sent.headers["location"]).path)
