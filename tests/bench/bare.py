"""What we compare with: the smallest Flask page, and the smallest form that really stores."""

from __future__ import annotations

import os
import sqlite3

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

FORM = (
    "<!doctype html><html lang=en><title>Form</title><h1>Form</h1>"
    "<form method=post><label>Name <input name=name></label>"
    "<label>Phone <input name=phone></label><button>Send</button></form></html>"
)


def page() -> Flask:
    """Return an application with one page."""
    app = Flask("bare")

    @app.get("/")
    def show() -> ResponseReturnValue:
        return FORM

    return app


def insert() -> Flask:
    """Return an application that stores a form with one durable INSERT and shows a receipt."""
    app = Flask("bare")
    file = os.environ["BENCH_FILE"]
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, name, phone)")

    @app.get("/")
    def show() -> ResponseReturnValue:
        return FORM

    @app.post("/")
    def store() -> ResponseReturnValue:
        with sqlite3.connect(file) as db:
            db.execute("PRAGMA synchronous = FULL")
            added = db.execute(
                "INSERT INTO person (name, phone) VALUES (?, ?)",
                (request.form["name"], request.form["phone"]),
            )
        return redirect(f"/{added.lastrowid}", 303)

    @app.get("/<int:key>")
    def receipt(key: int) -> ResponseReturnValue:
        with sqlite3.connect(file) as db:
            row = db.execute("SELECT name FROM person WHERE id = ?", (key,)).fetchone()
        return f"<!doctype html><html lang=en><title>Thanks</title><h1>{len(row)}</h1></html>"

    return app
