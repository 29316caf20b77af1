"""Scripts and styles under names that hold their hash, compressed once when the portal starts."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from portal.web.minify import minify

PREFIX = "static"
YEAR = 31_536_000


def build_assets(source: Path, target: Path) -> dict[str, str]:
    """Write every file of `source` to `target` under its hashed name; return `{name: hashed}`."""
    target.mkdir(parents=True, exist_ok=True)
    return {file.name: _build(file, target) for file in sorted(source.iterdir()) if file.is_file()}


def _build(file: Path, target: Path) -> str:
    body = minify(file.suffix, file.read_bytes())
    hashed = f"{file.stem}.{sha256(body).hexdigest()[:12]}{file.suffix}"
    if not (target / hashed).exists():
        if file.suffix in (".css", ".js", ".svg"):
            _write(target / f"{hashed}.br", brotli.compress(body, quality=11))
            _write(target / f"{hashed}.gz", gzip.compress(body, mtime=0))
        _write(target / hashed, body)
    return hashed


def _write(path: Path, body: bytes) -> None:
    # Another process may be starting too: it must never see half a file.
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(body)
    part.replace(path)


def init_assets(app: Flask, source: Path, target: Path) -> Mapping[str, str]:
    """Serve the files of `source`, and give templates `asset(name)` for their address."""
    names = build_assets(source, target)
    served = WhiteNoise(app.wsgi_app, max_age=YEAR, immutable_file_test=lambda _path, _url: True)
    for name in names.values():
        served.add_file_to_dictionary(f"/{PREFIX}/{name}", str(target / name))
    app.wsgi_app = served  # type: ignore[method-assign]  # Flask's documented way to wrap
    app.jinja_env.globals["asset"] = lambda name: f"/{PREFIX}/{names[name]}"
    return names
