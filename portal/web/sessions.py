"""Sessions in a signed cookie, as Flask keeps them; only staff have one."""

from __future__ import annotations

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class StaffSessions(SecureCookieSessionInterface):
    """Flask's own. Whoever brings no cookie, as tenants do, gets an empty session unsigned."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the session of a request; the keys are asked for only when there is a cookie."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save what was touched; nothing is asked about a session that nobody looked at."""
        if session.accessed or session.modified:
            super().save_session(app, session, response)
