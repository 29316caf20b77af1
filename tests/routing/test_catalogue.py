"""A catalogue with which somebody could end up nowhere is refused."""

from __future__ import annotations

import pytest

from portal.routing.catalogue import (
    AlternativeIsLandlordError,
    CatalogueError,
    LastResortUnfitError,
    UnknownContactError,
)
from portal.routing.offer import Programme
from tests.routing.neighbourhood import Changes, neighbourhood


@pytest.mark.parametrize(
    "changed",
    [
        {"dina": {"active": False}},
        {"dina": {"handles_rent": True}},
        {"desk": {"active": False}},
        {"desk": {"is_landlord": True}},
    ],
)
def test_a_last_resort_that_cannot_take_everybody_is_refused(changed: Changes) -> None:
    with pytest.raises(LastResortUnfitError):
        neighbourhood(changed=changed)


def test_an_alternative_that_is_a_landlord_is_refused() -> None:
    with pytest.raises(AlternativeIsLandlordError):
        neighbourhood(programme=Programme("wilma", "sanne", "dina"))


@pytest.mark.parametrize(
    "programme",
    [
        Programme("nobody", "noor", "dina"),
        Programme("wilma", "nobody", "dina"),
        Programme("wilma", "noor", "nobody"),
    ],
)
def test_a_programme_that_names_somebody_unknown_is_refused(programme: Programme) -> None:
    with pytest.raises(UnknownContactError):
        neighbourhood(programme=programme)


def test_a_contact_of_an_unknown_organisation_does_not_count() -> None:
    with pytest.raises(CatalogueError):
        neighbourhood(changed={"noor": {"organization": "nowhere"}})


def test_switching_off_the_fallback_and_the_alternative_is_survived() -> None:
    catalogue = neighbourhood(changed={"wilma": {"active": False}, "noor": {"active": False}})
    assert not catalogue.seats("neighbours")
