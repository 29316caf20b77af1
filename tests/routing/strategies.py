"""Any facts and any catalogue, small enough that everything happens often.

A part is drawn as one choice from all its variants: drawing field by field takes ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from portal.routing.catalogue import Catalogue
from portal.routing.facts import Facts
from portal.routing.offer import Contact, Organization, Programme, Service

ORGANIZATIONS = ("o0", "o1", "o2", "o3")
ANYWHERE = (*ORGANIZATIONS, "desk")
PEOPLE = ("c0", "c1", "c2", "c3", "c4", "c5")
TILES = ("s0", "s1", "s2")
WISHES = ("paid_work", "learning")
DIGITS = ("5611", "5612")
LANGUAGES = ("nl", "tr", "ti")
LAST_RESORT = Organization("desk", "desk")
USUALLY = (True, True, True, False)
GONE = "gone"


def subsets(values: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Every set of some of these."""
    return tuple(
        frozenset(each for each, taken in zip(values, chosen, strict=True) if taken)
        for chosen in product((False, True), repeat=len(values))
    )


def maybe(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    """One of these, one that does not exist, or none."""
    return st.sampled_from((None, *values, GONE))


def some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """Some of these, and perhaps one that does not exist."""
    return st.sampled_from(subsets((*values, GONE)))


any_facts = st.builds(
    Facts,
    chosen=maybe(ANYWHERE),
    entry=maybe(ANYWHERE),
    landlord=maybe(ANYWHERE),
    landlord_hidden=st.booleans(),
    rents_from_nobody=st.booleans(),
    landlords_here=some(ANYWHERE),
    wishes=some(WISHES),
    likes=some(TILES),
    digits=maybe(DIGITS),
    language=maybe(LANGUAGES),
)

# (active, accepts, handles rent, absent): most are fine, and every trouble is there.
CONDITIONS = (
    *((True, True, False, False),) * 3,
    (True, True, False, True),
    (True, True, True, False),
    (True, False, False, False),
    (False, True, False, False),
    (False, False, True, True),
)
POSTS = st.sampled_from(tuple(product(ANYWHERE, (None, *PEOPLE, GONE), (True, False))))
MANNERS = st.sampled_from(
    tuple(product(CONDITIONS, subsets(LANGUAGES), (True, False), range(3), range(4)))
)
ORGANIZED = st.sampled_from(tuple(product((True, False), USUALLY, (True, False))))
OFFERED = st.sampled_from(tuple(product(ANYWHERE, subsets(WISHES), subsets(DIGITS), USUALLY)))


@dataclass(frozen=True)
class Parts:
    """What a catalogue is built from, so that a test can build it again in another order."""

    programme: Programme
    organizations: tuple[Organization, ...]
    contacts: tuple[Contact, ...]
    services: tuple[Service, ...]

    def build(self) -> Catalogue:
        """The catalogue of these parts."""
        return Catalogue(self.programme, self.organizations, self.contacts, self.services)


@st.composite
def organizations(draw: st.DrawFn, name: str) -> Organization:
    """Some have the same slug, so that ties must be broken otherwise."""
    own_slug, active, is_landlord = draw(ORGANIZED)
    return Organization(name, name if own_slug else "same", active, is_landlord)


@st.composite
def contacts(draw: st.DrawFn, name: str) -> Contact:
    """Anybody, anywhere, in any condition."""
    organization, deputy, own_slug = draw(POSTS)
    (active, accepts, handles_rent, absent), languages, interpreter, room, load = draw(MANNERS)
    return Contact(
        id=name,
        organization=organization,
        slug=name if own_slug else "same",
        languages=languages,
        interpreter=interpreter,
        handles_rent=handles_rent,
        accepts=accepts,
        active=active,
        absent=absent,
        capacity=room,
        caseload=load,
        deputy=deputy,
    )


@st.composite
def any_parts(draw: st.DrawFn) -> Parts:
    """Everything that may be in a catalogue that is not refused."""
    everywhere = (*(draw(organizations(name)) for name in ORGANIZATIONS), LAST_RESORT)
    accepts, absent = draw(st.sampled_from(tuple(product((True, False), repeat=2))))
    dina = Contact("dina", "desk", "dina", capacity=1, accepts=accepts, absent=absent)
    everybody = (*(draw(contacts(name)) for name in PEOPLE), dina)
    landlords = {each.id for each in everywhere if each.is_landlord}
    no_landlord = [each.id for each in everybody if each.organization not in landlords]
    programme = Programme(
        fallback=draw(st.sampled_from([each.id for each in everybody])),
        alternative=draw(st.sampled_from(no_landlord)),
        last_resort="dina",
    )
    services = tuple(Service(name, *draw(OFFERED)) for name in TILES)
    return Parts(programme, everywhere, everybody, services)
