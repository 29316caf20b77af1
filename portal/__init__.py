"""A low-threshold front door for neighbourhoods."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.clock import utc_now
from portal.db.engine import open_database
from portal.privacy.encryption import Vault
from portal.settings import ROOT, Settings
from portal.web.assets import init_assets
from portal.web.errors import init_errors
from portal.web.frame import init_frame
from portal.web.headers import init_headers
from portal.web.limits import init_limits
from portal.web.locale import init_locale
from portal.web.login import init_login
from portal.web.logs import init_logs
from portal.web.pages import PageFlask
from portal.web.sessions import StaffSessions
from portal.web.state import Clock, Portal, install

MAX_BODY = 64 * 1024
HOURS_OF_TOKEN = 8


def create_app(settings: Settings, clock: Clock = utc_now) -> Flask:
    """Put the doors on the house. The database is opened, not changed."""
    # Doors are imported here and below, so that commands and pure rules come without them.
    from portal.frontdoor.document import first_paint_styles

    app = PageFlask("portal", template_folder=str(ROOT / "templates"), static_folder=None)
    vault = Vault(settings.secret_keys, settings.encryption_keys)
    install(app, Portal(settings, vault, open_database(settings.database_url, vault=vault), clock))
    app.session_interface = StaffSessions()
    _configure(app, settings, vault)
    init_logs(app)
    init_locale(app)
    init_headers(app, inline_styles=first_paint_styles(), secure=settings.secure)
    init_errors(app)
    init_limits(app)
    init_login(app)
    init_frame(app)
    init_assets(app, ROOT / "static", settings.data / "static")
    _open_doors(app, settings)
    # Only who is told how many proxies stand in front believes what they say of a visitor.
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]  # the documented way
    return app


def _configure(app: Flask, settings: Settings, vault: Vault) -> None:
    keys = vault.signing_keys("session")
    prefix = "__Host-" if settings.secure else ""
    app.config.update(
        SECRET_KEY=keys[-1],
        SECRET_KEY_FALLBACKS=keys[:-1],
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME=f"{prefix}portal",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=HOURS_OF_TOKEN * 3600,
    )
    app.jinja_env.globals.update(settings=settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _open_doors(app: Flask, settings: Settings) -> None:
    from portal.desk import bp as desk
    from portal.frontdoor import bp as frontdoor
    from portal.reply import bp as reply
    from portal.walkin import bp as walkin
    from portal.web import health

    # Who has no account has no session and so no session token; these doors look at where a POST
    # comes from.
    csrf = CSRFProtect(app)
    for open_door in (frontdoor, reply):
        csrf.exempt(open_door)
    for door in (frontdoor, reply, walkin, desk, health.bp):
        app.register_blueprint(door)
    if settings.demo:
        from portal.web import outbox_page

        app.register_blueprint(outbox_page.bp)
    if settings.sms_inbox_token:
        from portal.web import sms_inbox

        # A gateway has no session either: it has a token in its address.
        csrf.exempt(sms_inbox.bp)
        app.register_blueprint(sms_inbox.bp)
