"""One line of JSON a request. The address is logged as its rule, so no token and no code is."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from time import perf_counter

from flask import Flask, Response, g, request

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
FIELDS = ("method", "rule", "status", "ms", "cause", "place", "kind", "way", "count")


class JsonLine(logging.Formatter):
    """Writes only fields that are known to be free of people; never arguments or tracebacks.

    Of a mistake it says the kind and the place.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {"at": moment.isoformat(timespec="milliseconds")}
        line |= {"level": record.levelname.lower(), "name": record.name, "what": str(record.msg)}
        facts = vars(record)
        line |= {key: facts[key] for key in FIELDS if key in facts}
        if record.exc_info and (error := record.exc_info[1]):
            line |= cause_and_place(error)
        return json.dumps(line)


def cause_and_place(error: BaseException) -> dict[str, str]:
    """Return what kind of error it is and where it was raised; its words may hold a person."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "?"
    return {"cause": type(error).__name__, "place": place}


def init_logs(app: Flask) -> None:
    """Log every request by rule, method, status and duration."""
    log = logging.getLogger("portal.access")

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def line(response: Response) -> Response:
        log.info("request", extra=_facts(response))
        return response


def _facts(response: Response) -> dict[str, object]:
    rule = request.url_rule.rule if request.url_rule else "unknown"
    ms = round((perf_counter() - g.get("started", perf_counter())) * 1000, 1)
    return {
        "method": method_logged(request.method),
        "rule": rule,
        "status": response.status_code,
        "ms": ms,
    }


def method_logged(method: str) -> str:
    """Return a method that exists; a visitor may invent one, with any words in it."""
    return method if method in METHODS else "other"


def write_json_lines(level: int = logging.INFO) -> None:
    """Send the portal's own log to standard output as JSON lines."""
    # Records need not know what is never written.
    logging._srcfile = None  # noqa: SLF001  # its own manual says so: nobody asks for the line
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("portal").setLevel(level)
