"""Which right a view needs. A staff route without a line in the matrix of rights fails a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import abort, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts.identity import Right
from portal.web.login import current_identity

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def needs(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Let in only who has one of these rights; with none given, whoever is signed in."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                unauthorized: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # set by Flask-Login
                return unauthorized
            if rights and not any(current_identity().may(right) for right in rights):
                abort(403)
            return view(*args, **kwargs)

        guarded.needs = rights  # type: ignore[attr-defined]  # read by the matrix test
        return guarded

    return decorate
