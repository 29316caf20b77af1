"""Check: everything once more, and who gets it. Stores nothing."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.catalogue.drop_by import DropBy, drop_by_at
from portal.catalogue.known import KnownOrganization
from portal.catalogue.nearby import Nearby, NearLandlord, NearService
from portal.catalogue.place import Place, place_of
from portal.clock import amsterdam_day
from portal.frontdoor import bp
from portal.frontdoor.asked import Asked, WrongAnswersError, read_answers, typed
from portal.frontdoor.change import show_problems
from portal.frontdoor.document import LOCALE
from portal.frontdoor.stencil import fill, gap
from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.registration.answers import as_fields, says_under_sixteen
from portal.registration.intake import Shown
from portal.registration.placing import Placement, callers_elsewhere, place
from portal.registration.summary import summarize
from portal.web.shown import sign
from portal.web.state import now
from portal.web.transaction import plain_reading

# Parts one rendered template into two; a sign for private use, as those of `stencil`.
CUT = "\ue002"


@dataclass(frozen=True)
class Notice:
    """What a check page says on top: `kind` is "changed", "late", "sent", "busy" or "consent".

    `before` is what was shown earlier, when somebody else gets it now.
    """

    kind: str
    before: Shown | None = None


@bp.get(f"/{LOCALE}/check")
@bp.get(f"/{LOCALE}/send")
def check_again(locale: str) -> ResponseReturnValue:
    """A reload without the answers: the start."""
    return redirect(url_for(".document", locale=locale), code=303)


@bp.post(f"/{LOCALE}/check")
def check(locale: str) -> ResponseReturnValue:
    """Show what was answered and who would get it, or what is still to be put right."""
    if says_under_sixteen(typed()):
        return redirect(url_for(".sixteen", locale=locale), code=303)
    try:
        with plain_reading() as db:
            asked = read_answers(db, locale)
            placement = place(db, asked.known, asked.answers, now())
    except WrongAnswersError as error:
        return show_problems(locale, error.problems)
    return show_check(asked, placement)


def show_check(asked: Asked, placement: Placement, notice: Notice | None = None) -> str:
    """Write the check page, and mint the uuid under which it can be sent once."""

    def write() -> str:
        return render_template(
            "frontdoor/check.html",
            top=gap("top"),
            answers=gap("answers"),
            notice=notice,
            placement=placement,
            place=_place(asked, placement),
            way=asked.answers.way,
            drop_by=_drop_by(asked, placement),
            language=asked.answers.language,
            unaware=_unaware(asked, placement),
            outside=asked.answers.digits and not asked.known.serves(asked.answers.digits),
            others=callers_elsewhere(asked.known, placement),
            near=_not_chosen_yet(asked, placement),
        )

    same = (*_same_for(asked, placement), notice.kind if notice else "")
    return fill(same, write, _own(asked, placement, notice))


def _same_for(asked: Asked, placement: Placement) -> tuple[object, ...]:
    """What the page depends on, but for the answers themselves."""
    return (
        "check",
        current_locale(),
        asked.known.version,
        placement.programme.id,
        asked.answers.digits,
        placement.contact.id,
        placement.contact.id in placement.full,
        placement.fallback.id,
        placement.promised_on,
        placement.advice.reason,
        tuple(each.id for each in placement.alternatives),
        asked.answers.way,
        asked.answers.drop_by,
        asked.answers.language,
        placement.facts.landlord_hidden,
        placement.facts.landlord if placement.facts.landlord_hidden else None,
        amsterdam_day(now()),
        bool(asked.answers.landlord),
        bool(asked.answers.likes),
    )


def _own(asked: Asked, placement: Placement, notice: Notice | None) -> dict[str, Markup]:
    """What differs from person to person: above who gets it, and below."""
    page = render_template(
        "frontdoor/answers.html",
        lines=summarize(asked.answers, asked.known),
        fields=as_fields(asked.answers),
        contact=placement.contact,
        gone=[_gone(each) for each in asked.gone],
        notice=notice,
        before=_before(asked, notice),
        phone=placement.programme.phone,
        shown=sign(placement, door="self", now=now()),
        cut=CUT,
    )
    # A template of ours, which escapes what was typed.
    top, answers = (Markup(part) for part in page.split(CUT))  # noqa: S704
    return {"top": top, "answers": answers}


def _drop_by(asked: Asked, placement: Placement) -> DropBy | None:
    """Where the person said to drop by."""
    known, slug = asked.known, asked.answers.drop_by
    location = known.location(slug) if slug else None
    at = location.id if location else None
    return drop_by_at(known, at, placement.contact, locale=current_locale())


def _unaware(asked: Asked, placement: Placement) -> KnownOrganization | None:
    """Return the landlord who need not know, when the person said which it is."""
    landlord = placement.facts.landlord if placement.facts.landlord_hidden else None
    return asked.known.organizations.get(landlord) if landlord else None


def _place(asked: Asked, placement: Placement) -> Place:
    return place_of(
        asked.known, placement.programme, locale=current_locale(), digits=asked.answers.digits
    )


def _not_chosen_yet(asked: Asked, placement: Placement) -> Nearby | None:
    """What could be added near this postcode: without a script it was not asked before."""
    answers, known = asked.answers, asked.known
    if not known.serves(answers.digits):
        return None
    locale = current_locale()
    landlords = () if answers.landlord else known.landlords_at(answers.digits)
    services = () if answers.likes else known.services_at(placement.programme, answers.digits)
    if not (landlords or services):
        return None
    return Nearby(
        digits=answers.digits or "",
        landlords=tuple(NearLandlord(row.slug, row.name) for row in landlords),
        services=tuple(NearService(r.slug, r.name(locale), r.pictogram) for r in services),
    )


def _before(asked: Asked, notice: Notice | None) -> dict[str, str] | None:
    """The names that were shown earlier, if we still know them."""
    if notice is None or notice.before is None:
        return None
    contact = asked.known.contacts.get(notice.before.contact)
    owner = asked.known.organizations.get(notice.before.owner)
    return {"name": contact.first_name, "organization": owner.name} if contact and owner else None


def _gone(field: str) -> str:
    match field:
        case "like":
            return _("Something you liked is no longer there. We took it out.")
        case "drop_by":
            return _("You cannot drop by at that place any more. We took it out.")
        case "landlord":
            return _("The landlord you chose is not in our list here. We took it out.")
    return _("The organisation you chose cannot help now. Look who gets this.")
