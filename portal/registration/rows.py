"""The rows of a new registration. Pure but for the keys: nothing is written here."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from portal.clock import overdue_from
from portal.db.base import Base
from portal.notify.models import OutboxMessage
from portal.notify.outbox import way_to
from portal.privacy.encryption import Vault
from portal.registration.facts import ReportFact, fact_rows
from portal.registration.intake import Draft
from portal.registration.lookup import term_rows
from portal.registration.models import (
    Consent,
    LookupTerm,
    RegistrationEvent,
    RoutingDecision,
)
from portal.registration.reference import Reference, code_digests, link_digests

Row = dict[str, Any]
ANSWERS = "answers"


def registration_row(vault: Vault, draft: Draft, reference: Reference, turn: int) -> Row:
    """Return the row of `registration`; names and numbers are sealed."""
    return {
        # What makes a repeat harmless, and a receipt the same twice.
        "id": draft.id,
        "client_uuid": draft.shown.client_uuid,
        "answers_digest": vault.digest(ANSWERS, draft.answers.canonical()),
        "key_version": vault.version,
        "code_turn": turn,
        "code_digest": code_digests(vault, reference.code)[0],
        "link_digest": link_digests(vault, reference.link)[0],
        **_whose_move(draft),
        **_said(vault, draft),
    }


def rows_beside(vault: Vault, draft: Draft) -> dict[type[Base], list[Row]]:
    """Return the rows that go with it, by table."""
    terms = term_rows(
        vault,
        draft.id,
        draft.placement.organization.id,
        draft.answers.first_name,
        draft.answers.phone,
    )
    return {
        RegistrationEvent: [_event(draft)],
        RoutingDecision: [_decision(draft)],
        Consent: _consents(draft),
        LookupTerm: terms,
        OutboxMessage: _messages(vault, draft),
        ReportFact: fact_rows(draft),
    }


def _whose_move(draft: Draft) -> Row:
    promised_on = draft.shown.promised_on
    return {
        "programme_id": draft.placement.programme.id,
        "state": "new",
        "owner_id": draft.placement.organization.id,
        "contact_id": draft.contact.id,
        "fallback_contact_id": draft.placement.fallback.id,
        "promised_on": promised_on,
        "next_action": "call",
        "next_action_at": overdue_from(promised_on),
        "waiting_since": draft.now,
        "received_at": draft.now,
        "queued": draft.contact.id in draft.placement.full,
    }


def _said(vault: Vault, draft: Draft) -> Row:
    answers, intake = draft.answers, draft.intake
    return {
        "channel": intake.channel,
        "registered_by_id": intake.registered_by,
        "registered_at_id": intake.registered_at,
        "locale": intake.locale,
        "language": answers.language,
        "digits": answers.digits,
        "landlord_id": draft.placement.facts.landlord,
        "landlord_hidden": answers.landlord_hidden,
        "answers": {
            "wishes": answers.wishes,
            "likes": answers.likes,
            "practical": answers.practical,
            "times": answers.times,
        },
        "drop_by_id": draft.drop_by,
        "shared_phone": answers.shared_phone == "yes",
        "first_name": vault.seal("registration.first_name", draft.id, answers.first_name),
        "phone": answers.phone and vault.seal("registration.phone", draft.id, answers.phone),
        "email": answers.email and vault.seal("registration.email", draft.id, answers.email),
    }


def _event(draft: Draft) -> Row:
    return {
        "id": uuid4(),
        "registration_id": draft.id,
        "at": draft.now,
        "event": "submit",
        "to_state": "new",
        **_actor(draft),
        "data": {"channel": draft.intake.channel},
    }


def _decision(draft: Draft) -> Row:
    speaks = draft.answers.language in draft.contact.languages
    return {
        "id": uuid4(),
        "registration_id": draft.id,
        "at": draft.now,
        "reason": draft.placement.advice.reason.value,
        "owner_id": draft.placement.organization.id,
        "contact_id": draft.contact.id,
        "candidates": [str(each) for each in draft.placement.advice.candidates],
        "data": {
            "queued": draft.contact.id in draft.placement.full,
            "language_met": speaks,
            "interpreter": draft.contact.interpreter and not speaks,
            "as_shown": draft.contact.id == draft.shown.contact,
        },
        **_actor(draft),
    }


def _consents(draft: Draft) -> list[Row]:
    """One for each organisation that was named: who calls, and who takes over."""
    named = (draft.placement.organization.id, draft.placement.fallback_organization.id)
    return [
        {
            "id": uuid4(),
            "registration_id": draft.id,
            "organization_id": organization,
            "text_version": draft.shown.text_version,
            "locale": draft.intake.locale,
            "method": draft.intake.method,
            "interpreter": draft.intake.interpreter,
            "given_at": draft.now,
            "recorded_by_id": draft.intake.recorded_by,
        }
        for organization in dict.fromkeys(named)
    ]


def _messages(vault: Vault, draft: Draft) -> list[Row]:
    """The receipt as a message: by mail if there is an address, else by SMS."""
    recipient = draft.answers.email or draft.answers.phone
    if not recipient:
        return []
    identity = uuid4()
    return [
        {
            "id": identity,
            "registration_id": draft.id,
            "kind": "receipt",
            "channel": way_to(recipient),
            "locale": draft.intake.locale,
            "recipient": vault.seal("outbox.recipient", identity, recipient),
            "created_at": draft.now,
            "due_at": draft.now,
        }
    ]


def _actor(draft: Draft) -> Row:
    who = draft.intake.registered_by
    return {"actor": "account" if who else "person", "account_id": who}
