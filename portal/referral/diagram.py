"""The document of states, made from the two tables in the code. Pure.

`portal states` writes it; a test fails when it is not what the tables say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.referral import reasons
from portal.referral import states as referral
from portal.registration import states as registration
from portal.registration.states import BACK, SAME, Transition

TITLE = """# States

Made from the tables in the code by `portal states`; do not change it by hand. Buttons, permissions
and tests derive from the same tables."""

REGISTRATION = """## A registration (*aanmelding*)

From [`portal/registration/states.py`](../portal/registration/states.py). Actors: the person, an
account of the owner, a partner (the receiver of a referral), the portal's clock (`system`).
`(same)`: the state stays; `(back)`: where it came from."""

REFERRAL = """## A referral (*doorverwijzing*)

From [`portal/referral/states.py`](../portal/referral/states.py). Actors: the owner, the receiver
(by account or by link), the person, the portal's clock (`system`)."""

REASONS = """### Reasons, and the owner's next step

From [`portal/referral/reasons.py`](../portal/referral/reasons.py)."""


def states_document() -> str:
    """Return the whole document, as Markdown with Mermaid diagrams."""
    parts = [
        TITLE,
        REGISTRATION,
        diagram(registration.TABLE, begins="new"),
        table(registration.TABLE),
        REFERRAL,
        diagram(referral.TABLE, begins=referral.NOTHING),
        table(referral.TABLE),
        REASONS,
        _reasons(),
    ]
    return "\n\n".join(parts) + "\n"


def diagram(rows: Sequence[Transition], *, begins: str) -> str:
    """Return a Mermaid state diagram; `[*]` stands for where it begins, and for every end."""
    left = {source for row in rows for source in row.sources}
    ends = sorted({row.to for row in rows} - left - {SAME, BACK})
    first = [] if begins == referral.NOTHING else [f"    [*] --> {begins}"]
    arrows = dict.fromkeys(arrow for row in rows for arrow in _arrows(row))
    last = [f"    {state} --> [*]" for state in ends]
    return "\n".join(["```mermaid", "stateDiagram-v2", *first, *arrows, *last, "```"])


def _arrows(row: Transition) -> Iterator[str]:
    """What leads back to an earlier state, or nowhere, is in the table and would hide the rest."""
    if row.to in (SAME, BACK):
        return
    for source in row.sources:
        start = "[*]" if source == referral.NOTHING else source
        yield f"    {start} --> {row.to}: {row.event}"


def table(rows: Sequence[Transition]) -> str:
    """Return the table itself, a row for each transition."""
    lines = ["| from | event | to | by | needs |", "|---|---|---|---|---|"]
    for row in rows:
        cells = (_list(row.sources), row.event, row.to, _list(row.actors), _list(row.needs))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _reasons() -> str:
    lines = ["| event | reason | next step |", "|---|---|---|"]
    for event, known in reasons.REASONS.items():
        lines += [f"| {event} | {reason} | {step} |" for reason, step in known.items()]
    return "\n".join(lines)


def _list(words: Sequence[str]) -> str:
    return ", ".join(words)
