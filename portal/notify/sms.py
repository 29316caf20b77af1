"""SMS through an HTTP gateway that takes JSON. Which gateway is a setting."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import SSLSocket, create_default_context
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import PhoneNumberType

from portal.notify.channels import Envelope, RefusedError, TryAgainError
from portal.notify.deadline import cut_off_after

WAIT = 20.0  # Seconds for one answer.
LONGEST = 60.0  # Seconds for the whole conversation; a claim lasts longer.
MOST_ANSWER = 64 * 1024
# The gateway read it and says no: the same message will not be taken later.
REFUSES = (400, 422)
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
PLACE = re.compile(r"\{(to|text|id)\}")


@dataclass(frozen=True)
class SmsGateway:
    """Where an SMS is handed in. `template` is the JSON to post; its texts hold {to} and {text}.

    {id} may stand there too: it is the same on every try, for a gateway that knows repeats.
    `authorization` is the header of that name, as the gateway wants it.
    """

    url: str = field(repr=False)
    template: Any = field(repr=False)
    authorization: str = field(default="", repr=False)


@dataclass(frozen=True)
class SmsChannel:
    """Hands SMS to one gateway. It follows no redirect: a number goes to whom we know only."""

    gateway: SmsGateway
    wait: float = WAIT
    longest: float = LONGEST

    def send(self, envelope: Envelope) -> None:
        """Send it; raises `TryAgainError` or `RefusedError`.

        Taken is: a status of 2xx with a JSON object. A gateway that says anything else (a page of
        its host, an empty answer, half a number) has perhaps not understood.
        """
        status, answer = self._post(envelope)
        sense = _is_object(answer)
        if 200 <= status < 300 and sense:
            return
        if status in REFUSES and sense:
            raise RefusedError(f"http_{status}")
        raise TryAgainError("nonsense" if 200 <= status < 300 else f"http_{status}")

    def _post(self, envelope: Envelope) -> tuple[int, bytes]:
        address = urlsplit(self.gateway.url)
        path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
        kind = HTTPConnection if address.scheme == "http" else HTTPSConnection
        connection = kind(address.hostname or "", address.port, timeout=self.wait)
        try:
            # Without TLS as yet: a handshake that does not end must be cut off too.
            HTTPConnection.connect(connection)
            if address.scheme != "http":
                connection.sock = _tls(connection)
            # Kept apart: the connection lets go of its socket once the answer has begun.
            wire = connection.sock
            with cut_off_after(self.longest, lambda: wire):
                if isinstance(wire, SSLSocket):
                    wire.do_handshake()
                connection.request("POST", path, self._body(envelope), self._headers(envelope))
                response = connection.getresponse()
                return response.status, response.read(MOST_ANSWER)
        except TimeoutError as error:
            raise TryAgainError("timeout") from error
        except (HTTPException, OSError) as error:
            raise TryAgainError("unreachable") from error
        finally:
            connection.close()

    def _body(self, envelope: Envelope) -> bytes:
        values = {"to": envelope.recipient, "text": envelope.text, "id": str(envelope.id)}
        return json.dumps(_fill(self.gateway.template, values)).encode()

    def _headers(self, envelope: Envelope) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Idempotency-Key": str(envelope.id),
        }
        if self.gateway.authorization:
            headers["Authorization"] = self.gateway.authorization
        return headers


def _tls(connection: HTTPConnection) -> SSLSocket:
    """Return the socket for a conversation that nobody else reads; its handshake is to come."""
    return create_default_context().wrap_socket(
        connection.sock, server_hostname=connection.host, do_handshake_on_connect=False
    )


def is_mobile(number: str) -> bool:
    """Whether an SMS can arrive at an E.164 number; a landline or a desk such as 14020 cannot."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) in MOBILE


def _fill(template: Any, values: dict[str, str]) -> Any:
    """Put values in the texts of a JSON template; in one go, so that a value stays as it is."""
    if isinstance(template, dict):
        return {key: _fill(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_fill(value, values) for value in template]
    if isinstance(template, str):
        return PLACE.sub(lambda found: values[found[1]], template)
    return template


def _is_object(answer: bytes) -> bool:
    try:
        return isinstance(json.loads(answer), dict)
    except (ValueError, RecursionError):
        return False
