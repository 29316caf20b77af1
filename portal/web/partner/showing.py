"""What the templates of a referral are given, by link and signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.i18n import gettext as _
from portal.i18n.formats import short_date
from portal.privacy.loaded import loaded_words
from portal.referral.models import Referral
from portal.referral.reasons import CHOSEN_OUTCOMES
from portal.web.partner import saying, words
from portal.web.partner.acting import ALREADY, MEANWHILE, Result
from portal.web.partner.form import NOTHING_SENT, Sent, day_in
from portal.web.partner.happened import Line
from portal.web.partner.page import Asked, load_asked
from portal.web.staff_words import PRACTICAL_WORDS, TIME_WORDS, WISH_WORDS, in_words, labelled
from portal.web.state import now

SHEET = (("wishes", WISH_WORDS), ("practical", PRACTICAL_WORDS), ("times", TIME_WORDS))


def page_words(
    db: Session,
    referral: Referral,
    *,
    home: str,
    signed_in: bool,
    done: tuple[str, str] = ("", ""),
    sent: Sent = NOTHING_SENT,
    result: Result | None = None,
) -> dict[str, Any]:
    """Return them. `home` begins the address of every act; `done` is what was, and its result.

    After a form that did not go through, `sent` holds what was typed and `result` why.
    """
    asked = load_asked(db, referral, now=now(), names=signed_in)
    return {
        "asked": asked,
        "home": home,
        "signed_in": signed_in,
        "words": words,
        "said": saying.done_sentence(asked, *done),
        "next_sentence": saying.next_sentence(asked),
        "still_missing": saying.missing_sentence(asked.missing),
        "told": {name: in_words(table, getattr(asked.sheet, name)) for name, table in SHEET},
        "outcomes": labelled(words.OUTCOME_WORDS, CHOSEN_OUTCOMES),
        "day": day_shown,
        "seen": now().timestamp(),
        **_came_back(asked, sent, result.code if result else ""),
    }


def _came_back(asked: Asked, sent: Sent, code: str) -> dict[str, Any]:
    """What stands on the page besides when a form did not go through; `code` says why not."""
    return {
        "sent": sent,
        "typed": _typed(sent),
        "trouble": code,
        "refused": saying.refusal_sentence(asked, code) if code not in ("", "loaded") else "",
        "loaded": loaded_words(sent.text) if code == "loaded" else [],
        "missed": _missed(asked, sent) if code == MEANWHILE else (),
    }


def _missed(asked: Asked, sent: Sent) -> Sequence[Line]:
    """Return what happened since the page was shown on which this form stood, at least the last."""
    since = [line for line in asked.happened if line.at.timestamp() > sent.seen]
    return since or asked.happened[-1:]


def done_said(db: Session, referral: Referral, sent: Sent, result: Result) -> str:
    """Return what was just done, as a sentence for the next page."""
    asked = load_asked(db, referral, now=now())
    done = "already" if result.code == ALREADY else sent.act
    return saying.done_sentence(asked, done, sent.result)


def day_shown(text: str) -> str:
    """Return a day as it was typed; a field for a day holds nothing else."""
    return text if day_in(text) else ""


def _typed(sent: Sent) -> str:
    """Return what somebody chose, when the form it stood on is not on the page any more."""
    until = day_in(sent.until)
    chosen = (
        _(words.reason_words(sent.act).get(sent.reason, "")) if sent.reason else "",
        _(words.OUTCOME_WORDS.get(sent.outcome, "")) if sent.outcome else "",
        short_date(until) if until else "",
    )
    return ", ".join(each for each in chosen if each)


def done_query(sent: Sent, result: Result) -> str:
    """Return the end of the address that lets the page say what was just done."""
    if result.code == ALREADY:
        return "done=already"
    return f"done={sent.act}" + (f"&result={sent.result}" if sent.act == "attempt" else "")
