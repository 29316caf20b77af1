"""Say in a sentence what stands in codes: who, what happened, why this owner, what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.catalogue.drop_by import DropBy, drop_by_at
from portal.catalogue.snapshot import Snapshot
from portal.desk.referral_words import (
    ENDED_WORDS,
    REASON_WORDS_OF,
    STATE_WORDS,
    move_words,
)
from portal.desk.words import (
    CLOSE_WORDS,
    EVENT_WORDS,
    MESSAGE_WORDS,
    METHOD_WORDS,
    N_,
    OTHER_EVENT,
    OTHER_MESSAGE,
    OUTCOME_WORDS,
    REASON_WORDS,
    REFERRAL_EVENT_WORDS,
    REFERRAL_OUTCOME_WORDS,
    RESULT_WORDS,
)
from portal.followup.asked import Asked
from portal.followup.timeline import Entry
from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.i18n.formats import language_here, short_date
from portal.registration.models import Consent, Registration, RoutingDecision

DAYS = ("until", "on")
SOMEBODY_GONE = N_("somebody who left")


@dataclass(frozen=True)
class Telling:
    """Names from the catalogue, put into sentences in the language of the desk."""

    catalogue: Snapshot

    def organization(self, organization_id: UUID | None) -> str:
        """Return the name of an organisation."""
        found = self.catalogue.organizations.get(organization_id) if organization_id else None
        return found.name if found else ""

    def organization_of(self, contact_id: UUID) -> UUID | None:
        """Return where a contact works."""
        found = self.catalogue.contacts.get(contact_id)
        return found.organization_id if found else None

    def contact(self, contact_id: UUID | str) -> str:
        """Return the first name of a contact, switched off or not."""
        found = self.catalogue.contacts.get(UUID(str(contact_id)))
        return found.first_name if found else _(SOMEBODY_GONE)

    def likes(self, registration: Registration) -> list[str]:
        """Return what the person likes, as it was on the tiles; what is gone since too."""
        wanted = registration.answers.get("likes", ())
        names = {row.slug: row.name(current_locale()) for row in self.catalogue.services.values()}
        return [names.get(slug, slug) for slug in wanted]

    def place(self, registration: Registration) -> DropBy | None:
        """Return where somebody comes by and when that is open; None when they do not."""
        contact = self.catalogue.contacts[registration.contact_id]
        locale = current_locale()
        return drop_by_at(self.catalogue, registration.drop_by_id, contact, locale=locale)

    def landlord(self, registration: Registration) -> str:
        """Return the landlord; a hidden one is never named, also not to the owner."""
        return "" if registration.landlord_hidden else self.organization(registration.landlord_id)

    def happened(self, entry: Entry) -> str:
        """Return what happened, without who and when."""
        if entry.kind == "message":
            return self.message(entry.code, entry.data)
        if entry.kind in ("referral", "report"):
            return _(REFERRAL_EVENT_WORDS.get(entry.code, OTHER_EVENT)) % self._moved(entry)
        if entry.code == "attempt":
            return _word(RESULT_WORDS, entry.data["result"])
        return _(EVENT_WORDS.get(entry.code, OTHER_EVENT)) % self._details(entry.data)

    def message(self, kind: str, data: Mapping[str, str]) -> str:
        """Return to whom a message went, and what it says in short."""
        return _(MESSAGE_WORDS.get(kind, OTHER_MESSAGE)) % self._names(data)

    def _details(self, data: Mapping[str, str]) -> dict[str, str]:
        details = self._people(data)
        if "until" in data:
            details["until"] = short_date(date.fromisoformat(data["until"]))
        if "outcome" in data:
            details["outcome"] = self._outcome(data)
        if "result" in data:
            details["result"] = _word(RESULT_WORDS, data["result"])
        if "reason" in data:
            details["reason"] = _word(CLOSE_WORDS, data["reason"])
        return details | self._names(data)

    def _outcome(self, data: Mapping[str, str]) -> str:
        outcome = _word(OUTCOME_WORDS, data["outcome"])
        if "hours" not in data:
            return outcome
        return _("%(outcome)s, %(hours)s hours a week") % {**data, "outcome": outcome}

    def _people(self, data: Mapping[str, str]) -> dict[str, str]:
        return {key: self.contact(data[key]) for key in ("from", "to") if key in data}

    def _names(self, data: Mapping[str, str]) -> dict[str, str]:
        named = data.get("organization", "")
        return {"organization": self.organization(UUID(named)) if named else ""}

    def _moved(self, entry: Entry) -> dict[str, str]:
        """What an event of a referral names: a partner, a day, a reason, what it became."""
        data, reasons = entry.data, REASON_WORDS_OF.get(entry.code, {})
        return {
            **self._names(data),
            **self._people(data),
            "reason": _word(reasons, data.get("reason", "")),
            "outcome": _word(REFERRAL_OUTCOME_WORDS, data.get("outcome", "")),
            "result": _word(RESULT_WORDS, data.get("result", "")),
            **{key: short_date(date.fromisoformat(data[key])) for key in DAYS if data.get(key)},
        }

    def service(self, service_id: UUID | None) -> str:
        """Return what is asked of a partner, "" when it is nothing in particular."""
        found = self.catalogue.services.get(service_id) if service_id else None
        return found.name(current_locale()) if found else ""

    def state_of(self, asked: Asked) -> str:
        """Return how it stands with a partner; how it ended, when it did."""
        referral = asked.referral
        ended = ENDED_WORDS.get(referral.reason or referral.outcome or "")
        return _(ended if ended and not asked.is_open else STATE_WORDS[referral.state])

    def why_ended(self, asked: Asked) -> str:
        """Return the reason a partner or we gave, or what it became; "" while it is open."""
        referral = asked.referral
        if referral.outcome:
            return _(OUTCOME_WORDS.get(referral.outcome, ENDED_WORDS["taken_over"]))
        event = {"rejected": "decline", "failed": "fail", "cancelled": "retract"}
        reasons = REASON_WORDS_OF.get(event.get(referral.state, ""), {})
        return _word(reasons, referral.reason or "") if referral.reason in reasons else ""

    def move(self, asked: Asked, name: str) -> str:
        """Return whose move it is and by when; "" when it has ended."""
        if not asked.is_open or asked.due is None:
            return ""
        return move_words(asked.referral.state, name, asked.due, late=asked.late)

    def decided(self, decision: RoutingDecision) -> str:
        """Return why this owner was named, as one sentence."""
        return _(REASON_WORDS[decision.reason]) % {
            "contact": self.contact(decision.contact_id),
            "organization": self.organization(decision.owner_id),
        }

    def others(self, decision: RoutingDecision) -> list[str]:
        """Return who else was weighed, by first name."""
        chosen = str(decision.contact_id)
        return [self.contact(each) for each in decision.candidates if each != chosen]

    def agreed(self, consent: Consent) -> str:
        """Return how consent was given: "on the screen, in Arabic"."""
        return _("%(how)s, in %(language)s") % {
            "how": _(METHOD_WORDS[consent.method]),
            "language": language_here(consent.locale),
        }


def _word(words: Mapping[str, str], code: str) -> str:
    return _(words.get(code, code)) if code else ""
