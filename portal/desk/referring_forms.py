"""The forms of asking a partner. A message is an English sentence that the template translates."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from portal.desk.forms import ActForm, StaffForm
from portal.desk.library_words import A_DAY, CHOOSE
from portal.desk.referral_words import INTERPRETER_WORDS, RETRACT_ORDER, TOLD_WORDS
from portal.desk.words import N_
from portal.i18n import LOCALES
from portal.referral.ask import Ask
from portal.referral.consent import RECORDED_METHODS, SHARES
from portal.referral.reasons import CHOSEN_OUTCOMES, DECLINE, FAIL
from portal.web.partner.form import Sent

# Acts that need to say more: which reason, or what it became. "decline:full" is one choice.
SAYS_MORE = {"decline": tuple(DECLINE), "fail": tuple(FAIL), "complete": CHOSEN_OUTCOMES}
TOLD_CHOICES = tuple(
    f"{act}:{code}" if code else act for act in TOLD_WORDS for code in SAYS_MORE.get(act, ("",))
)


def id_or_none(value: object) -> UUID | None:
    """Read an id that may be left empty."""
    return UUID(str(value)) if value else None


class ShareForm(ActForm):
    """What may be told about the person."""

    share = SelectMultipleField(choices=list(SHARES), validators=[InputRequired(CHOOSE)])


class AgreedForm(ShareForm):
    """That they said yes, how, in which language and with whose help."""

    method = RadioField(choices=list(RECORDED_METHODS), validators=[InputRequired(CHOOSE)])
    locale = RadioField(choices=list(LOCALES), validators=[InputRequired(CHOOSE)])
    interpreter = RadioField(choices=list(INTERPRETER_WORDS), validators=[InputRequired(CHOOSE)])
    yes = BooleanField(
        validators=[InputRequired(N_("Read it aloud first. Then tick that they said yes."))]
    )


class ReferForm(ActForm):
    """What is asked of the partner; `go` is the button of the sheet that was pressed."""

    service = SelectField(validate_choice=False, coerce=id_or_none)
    contact = SelectField(validate_choice=False, coerce=id_or_none)
    lead = BooleanField()
    warm = BooleanField()
    introduction_on = DateField(validators=[Optional()])
    transfers = BooleanField()
    words = TextAreaField()
    sure = BooleanField()
    go = StringField()

    def ask(self, receiver_id: UUID) -> Ask:
        """Return what this asks of an organisation."""
        return Ask(
            receiver_id,
            service_id=self.service.data,
            contact_id=self.contact.data,
            lead=self.lead.data,
            warm=self.warm.data or self.introduction_on.data is not None,
            introduction_on=self.introduction_on.data,
            transfers=self.transfers.data,
            words=self.words.data or "",
        )


class ReferralForm(StaffForm):
    """An act on a referral: which version of it was on the screen, and since when."""

    version = IntegerField(validators=[InputRequired()])
    seen = FloatField(validators=[Optional()])


class RetractForm(ReferralForm):
    """Why it is taken back."""

    reason = RadioField(
        choices=list(RETRACT_ORDER), validators=[InputRequired(N_("Choose a reason."))]
    )


class IntroduceForm(ReferralForm):
    """The day on which the owner introduces the person."""

    introduce_on = DateField(validators=[InputRequired(A_DAY)])


class ToldForm(ReferralForm):
    """What a partner said, who and when; and perhaps what it means for the referral."""

    text = TextAreaField()
    said_by = StringField()
    said_on = DateField(validators=[InputRequired(A_DAY)])
    act = SelectField(choices=["", *TOLD_CHOICES])
    day = DateField(validators=[Optional()])
    sure = BooleanField()

    @property
    def event(self) -> str:
        """The event of the table of states that this is, "" when it is only written down."""
        return (self.act.data or "").partition(":")[0]

    def sent(self, *, warm: bool) -> Sent:
        """Return what it means, as the partner's own form would say it."""
        act, _, more = (self.act.data or "").partition(":")
        if act == "contact_made" and not warm:
            # They spoke to each other, and that attempt is written down too.
            return Sent("attempt", result="reached")
        day = self.day.data.isoformat() if isinstance(self.day.data, date) else ""
        return Sent(act, reason=more, outcome=more, until=day, met=day)
