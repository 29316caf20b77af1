"""Which organisations offer what a person picked."""

from __future__ import annotations

from collections import Counter, defaultdict

from portal.routing.catalogue import Catalogue
from portal.routing.facts import Facts, Id


def by_interest(facts: Facts, catalogue: Catalogue) -> tuple[Id, ...]:
    """Organisations that offer a liked service: most liked first, then most wishes, then slug.

    A tile that was picked counts wherever it is; a wish only by what is offered near. A wish alone
    names nobody: it would hand everybody with that wish to whoever comes first in the alphabet.
    """
    if not facts.likes:
        return ()
    liked: Counter[Id] = Counter()
    granted: defaultdict[Id, set[str]] = defaultdict(set)
    for service in catalogue.services:
        liked[service.organization] += service.id in facts.likes
        if service.is_near(facts.digits):
            granted[service.organization] |= service.wishes & facts.wishes
    # Sorting keeps the order of slugs among equals.
    fitting = [each for each in catalogue.in_order if liked[each]]
    return tuple(sorted(fitting, key=lambda each: (-liked[each], -len(granted[each]))))
