"""Take out what only people need: comments and indentation. Nothing cleverer, so nothing breaks."""

from __future__ import annotations

import re

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
BLANKS = re.compile(r"\n\s*")


def minify(suffix: str, body: bytes) -> bytes:
    """Return a stylesheet or script without comments and indentation, anything else as it is.

    Only comments at the start of a line are taken out of scripts: strings stay untouched.
    """
    if suffix not in (".css", ".js"):
        return body
    text = COMMENT.sub("", body.decode()) if suffix == ".css" else body.decode()
    return BLANKS.sub("\n", LINE_COMMENT.sub("", text)).strip().encode()
