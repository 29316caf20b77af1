"""Headers that every answer carries: nothing from elsewhere, nothing inline but by its hash."""

from __future__ import annotations

import base64
from hashlib import sha256

from flask import Flask, Response

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
    fixed = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if secure:
        fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(fixed)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
