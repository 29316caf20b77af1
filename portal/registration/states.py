"""The states of a registration: one table, from which everything else derives. Pure.

    new -pick_up-> picked_up -refer-> referred -start-> active -settle-> aftercare -close-> closed

The names follow FHIR Task as closed-loop referral uses it (Gravity).
Beyond that line, by decision:

- `put_back` undoes `pick_up` when the attempt that caused it was written down by mistake.
- `start` also leads from `picked_up`: the owner may offer the thing itself, without a referral.
- `settle` and `close` lead from wherever life overtakes the plan, but never from `new`: somebody
  is picked up by a human before a human may close the case. Only a human closes (rule 3).
- `withdraw` leads from everywhere to `closed`, with the close reason `withdrawn`. `undo_withdraw`
  leads back to the state it came from. Whoever withdrew while waiting comes back to the state that
  waiting would have resumed to: somebody who changes their mind gets a human's move, not a wait.
- `reopen` leads to `picked_up`: a person's "no" at a check, or the desk.
- `refer` can happen again while one partner was asked or has begun: several work as one team.
- `transfer` (another organisation becomes the owner, because it said yes to that) leaves the state
  as it is. `taken_over` follows it when nobody else was asked: the new owner begins at `picked_up`.

The rows, errors and look-ups here serve every machine of this kind: the referral's table has them
too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

STATES = ("new", "picked_up", "referred", "active", "waiting", "aftercare", "closed")
ACTORS = ("person", "account", "partner", "system")

CLOSE_REASONS = (
    "settled_well",
    "found_self",
    "stopped",
    "not_reached",
    "moved",
    "nothing_fitting",
    "withdrawn",
    "double",
)
# Withdrawing is the person's own act, so a colleague cannot choose it from a list.
STAFF_CLOSE_REASONS = tuple(reason for reason in CLOSE_REASONS if reason != "withdrawn")

UNDO_WITHDRAW = timedelta(hours=48)

SAME = "(same)"  # the state does not change
BACK = "(back)"  # the state that was remembered in `resume_state`

_WORKING = ("picked_up", "referred", "active")
_OPEN = ("new", *_WORKING, "waiting", "aftercare")


@dataclass(frozen=True, slots=True)
class Transition:
    """A row of the table. `needs` names what the room checks before it lets the event happen."""

    event: str
    sources: tuple[str, ...]
    to: str
    actors: tuple[str, ...]
    needs: tuple[str, ...] = ()


class MoveError(Exception):
    """The base of every refusal; carries state, event and actor, never a person."""

    def __init__(self, state: str, event: str, actor: str) -> None:
        super().__init__(f"{actor} cannot {event} what is {state}")
        self.state, self.event, self.actor = state, event, actor


class UnknownEventError(MoveError):
    """The table has no such event."""


class WrongStateError(MoveError):
    """The event does not lead anywhere from this state."""


class WrongActorError(MoveError):
    """The event exists in this state, but it is somebody else's to cause."""


class NothingToReturnToError(MoveError):
    """No earlier state was remembered: it was not waiting, or it was not withdrawn."""


T = Transition
TABLE: tuple[Transition, ...] = (
    T("pick_up", ("new",), "picked_up", ("account",)),
    # The attempt that picked them up was a mistake, and is taken back.
    T("put_back", ("picked_up",), "new", ("account",), ("attempt_undone",)),
    T("refer", ("picked_up",), "referred", ("account",), ("consent",)),
    T("refer", ("referred", "active"), SAME, ("account",), ("consent",)),
    T("start", ("referred",), "active", ("account", "partner")),
    T("start", ("picked_up",), "active", ("account",)),
    T("wait", _WORKING, "waiting", ("account",), ("until", "spoken")),
    T("resume", ("waiting",), BACK, ("account", "system")),
    # Whoever ends the last referral causes it: receiver, owner, clock, or the person's "no".
    T(
        "came_back",
        ("referred", "waiting"),
        "picked_up",
        ("person", "account", "partner", "system"),
        ("referrals_ended_without_start",),
    ),
    # By the portal when the contact was switched off, and nobody said who takes over.
    T("hand_over", _OPEN, SAME, ("account", "system")),
    # Whoever said yes to a referral that asks for it, or was named at "check" to take over from an
    # owner who stays silent.
    T("transfer", ("new", *_WORKING, "waiting"), SAME, ("partner",), ("consent",)),
    # The owner was switched off: whoever the person agreed to takes over at once.
    T("transfer", _OPEN, SAME, ("system",), ("consent",)),
    T("taken_over", ("referred",), "picked_up", ("partner",), ("no_open_referral",)),
    T("settle", (*_WORKING, "waiting"), "aftercare", ("account",), ("outcome", "no_open_referral")),
    T(
        "close",
        (*_WORKING, "waiting", "aftercare"),
        "closed",
        ("account",),
        ("reason", "no_open_referral"),
    ),
    T("withdraw", _OPEN, "closed", ("person",)),
    T("undo_withdraw", ("closed",), BACK, ("person",), ("within_48_hours",)),
    T("reopen", ("aftercare",), "picked_up", ("account", "person")),
    T("reopen", ("closed",), "picked_up", ("account",), ("consent",)),
)

EVENTS: tuple[str, ...] = tuple(dict.fromkeys(row.event for row in TABLE))


def allowed(
    state: str, actor: str, table: tuple[Transition, ...] = TABLE
) -> tuple[Transition, ...]:
    """The rows this actor may use in this state, in the order of the table: the buttons shown."""
    return tuple(row for row in table if state in row.sources and actor in row.actors)


def find(state: str, event: str, actor: str, table: tuple[Transition, ...] = TABLE) -> Transition:
    """The one row for this event; raises a `MoveError` that says what is wrong."""
    rows = [row for row in table if row.event == event]
    if not rows:
        raise UnknownEventError(state, event, actor)
    rows = [row for row in rows if state in row.sources]
    if not rows:
        raise WrongStateError(state, event, actor)
    for row in rows:
        if actor in row.actors:
            return row
    raise WrongActorError(state, event, actor)


def move(state: str, event: str, actor: str, resume_state: str | None = None) -> str:
    """The state after the event; raises a `MoveError`. Store `remembered(...)` along with it."""
    target = find(state, event, actor).to
    if target == SAME:
        return state
    if target != BACK:
        return target
    if resume_state is None:
        raise NothingToReturnToError(state, event, actor)
    return resume_state


def remembered(state: str, event: str, resume_state: str | None = None) -> str | None:
    """What `resume_state` must hold after the event happened in `state`."""
    if event == "wait":
        return state
    if event == "withdraw":
        return resume_state if state == "waiting" else state
    if event in ("hand_over", "transfer"):
        return resume_state
    return None


def may_undo_withdraw(withdrawn_at: datetime | None, now: datetime) -> bool:
    """Whether "stop" can still be undone: within 48 hours."""
    return withdrawn_at is not None and now - withdrawn_at <= UNDO_WITHDRAW
