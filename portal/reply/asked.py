"""Look: what is asked of a partner, one by one or all that is open."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.referral.models import Referral
from portal.reply import bp
from portal.reply.opening import Page, open_page
from portal.web.catalogue import catalogue
from portal.web.partner import words
from portal.web.partner.acting import Result
from portal.web.partner.form import ACT, NOTHING_SENT, Sent
from portal.web.partner.page import open_rows
from portal.web.partner.showing import page_words
from portal.web.partner.words import DONE_WORDS
from portal.web.state import now
from portal.web.transaction import reading


@bp.get("/<token>")
@bp.get("/<token>/<uuid:referral_id>")
def show(token: str, referral_id: UUID | None = None) -> ResponseReturnValue:
    """Show one referral, or the list of a link that covers all of them."""
    with reading() as db:
        page = open_page(db, token, referral_id)
        if page.referral is None:
            return _show_list(db, page)
        return show_page(db, page, page.referral)


@bp.get(f"/<token>/{ACT}")
@bp.get(f"/<token>/<uuid:referral_id>/{ACT}")
@bp.get("/<token>/<any(all, fresh):mail>")
def go_back(token: str, referral_id: UUID | None = None, **_what: str) -> ResponseReturnValue:
    """Lead back to the page: an address that was copied from an answer does nothing by itself."""
    return redirect(url_for(".show", token=token, referral_id=referral_id), code=303)


def show_page(
    db: Session,
    page: Page,
    referral: Referral,
    sent: Sent = NOTHING_SENT,
    result: Result | None = None,
) -> ResponseReturnValue:
    """Write the page of one referral; `sent` and `result` when a form did not go through."""
    text = render_template(
        "reply/referral.html",
        **page_words(
            db,
            referral,
            home=page.home,
            signed_in=False,
            done=_done(),
            sent=sent,
            result=result,
        ),
        list_home=page.list_home,
    )
    return text, result.status if result else 200


def _show_list(db: Session, page: Page) -> ResponseReturnValue:
    organization = catalogue(db).organizations[page.opened.organization_id]
    return render_template(
        "reply/list.html",
        organization=organization,
        rows=open_rows(db, organization, now=now()),
        home=page.home,
        words=words,
    )


def _done() -> tuple[str, str]:
    """Return what the address says was just done, if it is something that can be."""
    done = request.args.get("done", "")
    known = done in DONE_WORDS or done == "attempt"
    return (done if known else "", request.args.get("result", ""))
