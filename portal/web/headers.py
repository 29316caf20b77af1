"""Headers that every answer carries: nothing from elsewhere, nothing inline but by its hash."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def style_hash(text: str) -> str:
    """Return the CSP source that allows exactly this inline style block."""
    return "'sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode() + "'"


def init_headers(app: Flask, *, inline_styles: tuple[str, ...], secure: bool) -> None:
    """Put the headers on every answer; `inline_styles` are the blocks allowed by hash."""
    policy = POLICY.format(style="".join(f" {style_hash(text)}" for text in inline_styles))
    fixed = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]
    if secure:
        fixed.append(("Strict-Transport-Security", "max-age=31536000"))
    inside = app.wsgi_app

    def carry(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        # Here and not after the request: an application copies its headers one by one, twice.
        def listen(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            headers += fixed
            if all(name != "Cache-Control" for name, _ in headers):
                headers.append(("Cache-Control", "no-store"))
            return start(status, headers, *error)

        return inside(environ, listen)

    app.wsgi_app = carry  # type: ignore[method-assign,assignment]  # Flask's documented way to wrap
