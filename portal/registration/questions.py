"""The questions, in the order they are asked. Pure data: pages derive from it, nothing is repeated.

`N_` marks an English sentence for translation; a page translates it when it is shown. No field
asks for what rule 1 of the product forbids, and every choice has a way to say "I don't know".
"""

from __future__ import annotations

from dataclasses import dataclass


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark `message` as a sentence to translate, and return it as it is."""
    return message


@dataclass(frozen=True)
class Option:
    """One answer to choose: its code word, the sentence shown, and its pictogram if it has one."""

    code: str
    words: str
    pictogram: str = ""


@dataclass(frozen=True)
class Question:
    """One screen: `fields` are the form fields on it, `short` names it on "check"."""

    key: str
    fields: tuple[str, ...]
    title: str
    short: str
    hint: str
    options: tuple[Option, ...] = ()


WISH = Question(
    key="wish",
    fields=("wish",),
    title=N_("What would you like to do?"),
    short=N_("What you want to do"),
    hint=N_("Choose everything you like."),
    options=(
        Option("paid_work", N_("Paid work"), "briefcase"),
        Option("learning", N_("Learn something"), "school"),
        Option("learn_and_work", N_("Learn and work"), "tools"),
        Option("volunteering", N_("Help others"), "heart-handshake"),
        Option("together", N_("Do things with others"), "users"),
        Option("own_trade", N_("Start something of my own"), "building-store"),
        Option("help_first", N_("I want help with something first"), "lifebuoy"),
        Option("dont_know", N_("I don't know yet"), "help-circle"),
    ),
)
AGE = Question(
    key="age",
    fields=("age16",),
    title=N_("Are you 16 or older?"),
    short=N_("Your age"),
    hint=N_("We ask nothing else about your age."),
    options=(
        Option("yes", N_("Yes, I am 16 or older")),
        Option("no", N_("No, I am younger")),
    ),
)
HOME = Question(
    key="home",
    fields=("postcode", "postcode_hidden", "landlord", "landlord_hidden"),
    title=N_("Where do you live?"),
    short=N_("Where you live"),
    hint=N_("Then we know what there is near you."),
    options=(
        Option("unknown", N_("I don't know")),
        Option("nobody", N_("I rent from nobody")),
    ),
)
LIKES = Question(
    key="likes",
    fields=("like",),
    title=N_("What do you like doing?"),
    short=N_("What you like doing"),
    hint=N_("Choose everything you like. You may also skip this."),
)
PRACTICAL = Question(
    key="practical",
    fields=("practical",),
    title=N_("Is anything difficult?"),
    short=N_("Practical things"),
    hint=N_("Then we solve it together."),
    options=(
        Option("children", N_("I take care of children"), "mood-kid"),
        Option("travel", N_("Travelling is hard"), "bus"),
        Option("dutch", N_("Dutch is hard"), "message-2"),
        Option("times", N_("I can only come at some times"), "calendar-time"),
        Option("tell", N_("I'd rather tell you myself"), "messages"),
        Option("nothing", N_("No, nothing"), "circle-check"),
    ),
)
REACH = Question(
    key="reach",
    fields=("phone", "shared_phone", "email", "drop_by", "times"),
    title=N_("How can we reach you?"),
    short=N_("How we reach you"),
    hint=N_("1 way is enough."),
    options=(
        Option("morning", N_("Morning"), "sunrise"),
        Option("afternoon", N_("Afternoon"), "sun"),
        Option("evening", N_("Evening"), "moon"),
    ),
)
NAME = Question(
    key="name",
    fields=("first_name", "language"),
    title=N_("What may we call you?"),
    short=N_("Your name and language"),
    hint=N_("Your first name is enough."),
)

QUESTIONS: tuple[Question, ...] = (WISH, AGE, HOME, LIKES, PRACTICAL, REACH, NAME)


def question_of(field: str) -> Question | None:
    """Return the question a form field belongs to, so that an error comes back on its screen."""
    return next((question for question in QUESTIONS if field in question.fields), None)


# Fields with a place of their own on the page; the others are led back to their question.
TEXT_FIELDS = ("postcode", "phone", "email", "first_name", "language")


def anchor_of(field: str) -> str:
    """Return the id on the page where the message about `field` stands."""
    question = question_of(field)
    if question is None:
        # What travels along unseen has no place but the whole form.
        return "answers"
    return field if field in TEXT_FIELDS else question.key
