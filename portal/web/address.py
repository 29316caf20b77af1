"""Addresses of the portal as people copy them from paper or from a photo."""

from __future__ import annotations

from urllib.parse import urlsplit

from portal.web.state import portal


def short_address(path: str) -> str:
    """Return host and path, such as "voordeur.example/nl/status": what somebody types."""
    return urlsplit(portal().settings.base_url).netloc + path
