"""Tenant pages have no session, so no session token: the browser's own word keeps others out."""

from __future__ import annotations

from flask import Blueprint, abort, request

from portal.web.state import portal


def refuse_cross_site(bp: Blueprint) -> None:
    """Refuse a POST to `bp` that another site's page sends in a visitor's name."""

    @bp.before_request
    def check() -> None:
        if request.method == "POST" and not is_same_site():
            abort(403)


def is_same_site() -> bool:
    """Whether this request comes from our own pages, as far as the browser tells."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    # Behind a proxy the host may be rewritten; then the configured address is what counts.
    return origin in (None, f"{request.scheme}://{request.host}", portal().settings.base_url)
