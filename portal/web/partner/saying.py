"""Sentences on the page of a referral: what was done, why not, and what is still missing."""

from __future__ import annotations

from portal.followup.due import Missing
from portal.i18n import gettext as _
from portal.i18n import ngettext
from portal.i18n.formats import listed
from portal.referral.reasons import TAKEN_OVER
from portal.web.partner import words
from portal.web.partner.page import Asked


def done_sentence(asked: Asked, done: str, result: str = "") -> str:
    """Return what was just done; "" for what we do not know. `result` is that of an attempt."""
    if done == "attempt":
        return _(words.RESULT_DONE[result]) if result in words.RESULT_DONE else ""
    if done == "accept" and asked.is_ours:
        done = TAKEN_OVER
    return _(words.DONE_WORDS[done]) % _names(asked) if done in words.DONE_WORDS else ""


def refusal_sentence(asked: Asked, code: str) -> str:
    """Return why something did not go through, and what to do."""
    sentence = _(words.REFUSED_WORDS.get(code, words.REFUSED_WORDS["moved"]))
    return sentence % {**_names(asked), "missing": missing_sentence(asked.missing)}


def next_sentence(asked: Asked) -> str:
    """Return what the owner does after this end, "" when there is nothing."""
    code = asked.next_step
    return _(words.NEXT_WORDS[code]) % _names(asked) if code in words.NEXT_WORDS else ""


def missing_sentence(missing: Missing) -> str:
    """Return what "not reached" still needs: "2 more attempts, 1 of them a message"."""
    parts = []
    if missing.tries:
        text = ngettext("%(num)s more attempt", "%(num)s more attempts", missing.tries)
        parts.append(text % {"num": missing.tries})
    if missing.days:
        text = ngettext("an attempt on another day", "attempts on %(num)s other days", missing.days)
        parts.append(text % {"num": missing.days})
    if missing.parts:
        parts.append(_("an attempt at another time of the day"))
    if missing.message:
        parts.append(_("a message in writing"))
    return listed(parts)


def _names(asked: Asked) -> dict[str, str]:
    return {"owner": asked.owner.name, "name": asked.name}
