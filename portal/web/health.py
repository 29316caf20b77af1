"""One address that says whether the portal works."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.web.transaction import reading

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Answer 200 when the database does, 503 when it does not."""
    try:
        with reading() as db:
            db.execute(text("SELECT number FROM catalogue_version"))
    except SQLAlchemyError:
        return Response("database: down\n", 503, mimetype="text/plain")
    return Response("database: up\n", mimetype="text/plain")
