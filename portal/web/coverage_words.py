"""What the coverage report says, for the page and for `portal check`: what it is, what to do.

`N_` marks a sentence; whoever shows it translates it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from portal.i18n import gettext as _
from portal.i18n.formats import language_here, listed
from portal.reports.coverage import Landing
from portal.reports.coverage_evidence import Finding
from portal.web.staff_words import N_

# By code: what it is, and what to do.
FINDINGS: Mapping[str, tuple[str, str]] = {
    "broken": (
        N_("This programme cannot promise anything now"),
        N_(
            "One of the three for everybody (fallback, other choice, last resort) is switched off, "
            "is a landlord, or handles rent. Put that right in the area pack."
        ),
    ),
    "only_last_resort": (
        N_("Only the desk of last resort is left"),
        N_("Nobody is in at the two organisations for everybody. Switch somebody on there."),
    ),
    "nobody_takes_up": (
        N_("Nobody takes people up here today"),
        N_(
            "People go to the next organisation instead. Switch a contact on, or name a deputy for "
            "who is away."
        ),
    ),
    "nobody_signs_in": (
        N_("People land here, and nobody can open the list"),
        N_("Give somebody there an account as handler."),
    ),
    "away": (
        N_("Away, and nobody stands in"),
        N_("Name a deputy of the same organisation, or end the absence."),
    ),
    "full": (
        N_("Everybody is full"),
        N_("People are called in time, and then wait for their talk. Give room or add a contact."),
    ),
    "fallback_full": (
        N_("Who is there for everybody is full"),
        N_("People are called in time, and then wait for their talk. Give room or add a contact."),
    ),
    "mail_comes_back": (
        N_("Mail to them comes back"),
        N_("Ask for the right address and write it down."),
    ),
    "no_address": (
        N_("No account and no mail address"),
        N_("They only hear of somebody by SMS. Give them an account, or add a mail address."),
    ),
    "only_landline": (
        N_("Only a landline: no message arrives"),
        N_("Others there are told, if they can be. Add a mail address or give them an account."),
    ),
    "no_coordinator": (
        N_("Nobody there coordinates"),
        N_("Nobody is told that people wait too long. Give somebody an account as coordinator."),
    ),
    "coordinator_bounces": (
        N_("Mail to the coordinator comes back"),
        N_("They do not hear that people wait too long. Put the address of the account right."),
    ),
    "not_told": (
        N_("A message did not arrive"),
        N_(
            "Tell them yourself, and put the address right. Then their coordinator presses “seen” "
            "under “Who lands where”, or the operator runs `portal messages seen`."
        ),
    ),
    "takeover_not_told": (
        N_("Somebody waits too long, and who takes over was not told"),
        N_(
            "Call them: whoever waits stands on their list, under “Today”. Or let the "
            "organisation that is silent call today. Then put the address right."
        ),
    ),
    "no_account": (
        N_("Named to people, but without an account"),
        N_("They cannot open the list on which people stand. Give them an account as handler."),
    ),
    "no_deputy": (
        N_("No deputy"),
        N_("Name a colleague who calls when they are away."),
    ),
    "nobody_speaks": (
        N_("No language in common"),
        N_(
            "Find a colleague who speaks it, or an interpreter, and write it down with the contact."
        ),
    ),
    "no_room_ever": (
        N_("Room for 0 people"),
        N_("Give them room, or let them take nobody up."),
    ),
    "never_reached": (
        N_("No way leads here"),
        N_("No rule and no choice names this organisation. Give it a tile, a link or homes."),
    ),
    "dead_service": (
        N_("A tile that leads to nobody"),
        N_("Switch the tile off, or switch somebody on."),
    ),
    "hidden_service": (
        N_("A tile that nobody sees"),
        N_("It is on offer only where this programme has no postcode. Change its areas."),
    ),
    "dead_link": (
        N_("A link or poster that leads to nobody"),
        N_("Take the poster away, or switch somebody on."),
    ),
    "no_homes": (
        N_("A landlord without homes here"),
        N_("Add the postcodes in which it rents out homes."),
    ),
    "dead_rule": (
        N_("A rule that never applies"),
        N_("That can be right. If not, something is missing in the area pack."),
    ),
}
# What an organisation was not told, by kind of message.
NOT_TOLD: Mapping[str, str] = {
    "overdue_digest": N_("how many wait too long"),
    "all_full": N_("that everybody is full"),
    "people_came": N_("that people came to them"),
    "referral_list": N_("the link to all that waits for their answer"),
}
RULES: Mapping[str, str] = {
    "chosen_by_person": N_("“Rather somebody else”: there is nobody else to choose."),
    "entry_link": N_("“They came by a link”: no link or poster names an organisation."),
    "own_landlord": N_("“Their own landlord”: no landlord takes people up."),
    "only_landlord_here": N_("“The only landlord there”: no postcode has exactly 1 landlord."),
    "fits_interest": N_("“What they like”: no tile leads to anybody."),
    "programme_fallback": N_("“There for everybody”: never needed, or nobody is in."),
}
# Why somebody lands there.
BECAUSE: Mapping[str, str] = {
    "chosen_by_person": N_("they chose %(organization)s"),
    "entry_link": N_("they came by a link of %(organization)s"),
    "own_landlord": N_("they rent from %(organization)s"),
    "only_landlord_here": N_("only %(organization)s rents out homes there"),
    "fits_interest": N_("%(organization)s offers what they like"),
    "programme_fallback": N_("%(organization)s is there for everybody"),
    "last_resort": N_("nobody else is in"),
}
SHORTEST_RUN = 3


def together(found: Iterable[Finding]) -> list[list[Finding]]:
    """Put findings of one kind together, in the order in which they come."""
    return [list(alike) for _code, alike in groupby(found, key=lambda each: each.code)]


def what_it_is(finding: Finding) -> str:
    """Say what was found, such as "No deputy"."""
    return _(FINDINGS[finding.code][0])


def what_to_do(finding: Finding) -> str:
    """Say what to do about it."""
    return _(FINDINGS[finding.code][1])


def about(finding: Finding) -> str:
    """Say whom or what it is about: "Noor (De Voorbeeldhoek)", "Trudo: Turkish, Polish"."""
    if finding.rule in RULES:
        return _(RULES[finding.rule])
    if finding.people:
        return f"{listed(finding.people)} ({finding.organization})"
    more = [
        *finding.things,
        *(language_here(code) for code in finding.languages),
        *(_(NOT_TOLD[kind]) for kind in finding.messages),
    ]
    return f"{finding.organization}: {listed(more)}" if more else finding.organization


def stand_ins(row: Landing) -> list[str]:
    """Return who calls when these callers are away: "Mo for Sanne"."""
    named = {each.contact.first_name: each.deputy for each in row.callers if each.deputy}
    return [
        _("%(deputy)s for %(name)s") % {"deputy": deputy.first_name, "name": name}
        for name, deputy in named.items()
    ]


def runs(digits: Sequence[str]) -> str:
    """Return "5611–5617, 5621": postcodes with neighbours written as one."""
    found: list[list[str]] = []
    for each in digits:
        if found and int(each) == int(found[-1][-1]) + 1:
            found[-1].append(each)
        else:
            found.append([each])
    return ", ".join(_run(run) for run in found)


def _run(run: Sequence[str]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) >= SHORTEST_RUN else ", ".join(run)
