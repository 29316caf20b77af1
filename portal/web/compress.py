"""Tenants' own pages are compressed: on a slow phone a third of the bytes is a third of the wait.

Compression can betray a secret to somebody who makes a browser ask again and again while varying
what is echoed next to it (BREACH). Here nobody can: a POST from another site is refused, the token
on "check" is new in every answer, and the other pages can only be asked for by who holds the
token in their address. Pages of signed-in people echo what is typed and stay uncompressed.
"""

from __future__ import annotations

from functools import lru_cache

import brotli
from flask import Blueprint, Response, request

# Each page is packed anew for one person. Trying harder saves 400 bytes on "check" and takes three
# times as long.
QUALITY = 1
WORTH_IT = 1000


@lru_cache(maxsize=64)
def best_coding(accepted: str) -> str:
    """Return the smallest form that a browser accepts, of "br", "gzip" and "identity"."""
    parts = [part.partition(";") for part in accepted.lower().replace(" ", "").split(",")]
    offered = {name for name, _, weight in parts if weight not in ("q=0", "q=0.0")}
    return next((coding for coding in ("br", "gzip") if coding in offered), "identity")


def compress_pages(bp: Blueprint) -> None:
    """Compress what the views of `bp` write, when the browser can read it."""

    @bp.after_request
    def pack(response: Response) -> Response:
        # A public page is kept in every coding already, and has a tag.
        done = "Content-Encoding" in response.headers or "ETag" in response.headers
        if done or response.mimetype != "text/html":
            return response
        body = response.get_data()
        if len(body) <= WORTH_IT:
            return response
        response.headers.add("Vary", "Accept-Encoding")
        if best_coding(request.headers.get("Accept-Encoding", "")) == "br":
            response.set_data(brotli.compress(body, quality=QUALITY))
            response.headers["Content-Encoding"] = "br"
        return response
