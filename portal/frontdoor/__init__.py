"""The tenant's door: questions, check, receipt, status."""

from flask import Blueprint

from portal.web.compress import compress_pages
from portal.web.origin import refuse_cross_site

bp = Blueprint("frontdoor", __name__)
refuse_cross_site(bp)
compress_pages(bp)

# The views hang themselves on the blueprint, so they are imported once it is there.
from portal.frontdoor import (  # noqa: E402
    answering,
    change,
    check,
    document,
    mine,
    near,
    receipt,
    send,
    status,
)

__all__ = [
    "answering",
    "bp",
    "change",
    "check",
    "document",
    "mine",
    "near",
    "receipt",
    "send",
    "status",
]
