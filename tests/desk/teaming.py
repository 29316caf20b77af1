"""The team at the desk, as tests go about in it: addresses, forms, and what is stored."""

from __future__ import annotations

from uuid import UUID

from werkzeug.test import TestResponse

from portal.catalogue.models import Contact, Organization
from portal.notify.outbox import put_out
from tests.desk.world import COORDINATOR, World, contact_id, organization_id
from tests.support.application import CheckedClient
from tests.support.html import Element, read_html


def page_of(answer: TestResponse) -> Element:
    """The page of an answer, as a tree."""
    return read_html(answer.text)[1]


def press(
    client: CheckedClient, page: str, action: str, status: int = 303, **fields: str
) -> TestResponse:
    """Fill in a form of a page as it is, and send it."""
    answer = client.submit(client.page(page), f"{page}{action}", at=page, **fields)
    assert answer.status_code == status, answer.text
    return answer


def lose(world: World, slug: str = "trudo", kind: str = "overdue_digest") -> UUID:
    """Let a message to an organisation, about no one case, have been given up; return its key."""
    with world.writing() as db:
        data = {"organization": str(organization_id(db, slug)), "late": 3, "queued": 3}
        lost = put_out(db, kind, recipient=COORDINATOR, locale="nl", now=world.clock(), data=data)
        lost.state, lost.undelivered_at = "undelivered", world.clock()
        db.flush()
        return lost.id


def contact(world: World, slug: str = "trudo-sanne") -> Contact:
    """A contact as it is stored now."""
    with world.looking() as db:
        return db.get_one(Contact, contact_id(db, slug))


def organization(world: World, slug: str = "trudo") -> Organization:
    """An organisation as it is stored now."""
    with world.looking() as db:
        return db.get_one(Organization, organization_id(db, slug))


def member_at(world: World, slug: str = "trudo-sanne") -> str:
    """The address of a contact."""
    return f"/desk/team/contacts/{contact(world, slug).id}"


def office_at(world: World, slug: str = "trudo") -> str:
    """The address of an organisation."""
    return f"/desk/team/organizations/{organization(world, slug).id}"
