"""What a neighbourhood has comes from what is known, also in a language the pack has not yet."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.catalogue.load import load_pack
from portal.catalogue.nearby import near_postcode, near_programme
from portal.catalogue.place import place_of_entry
from portal.catalogue.snapshot import load_snapshot
from tests.catalogue.broken import pack


def test_in_a_language_without_words_a_neighbourhood_speaks_dutch(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    dutch = near_postcode(found, "5613", locale="nl")
    assert [tile.name for tile in dutch.services] == ["Fietsen maken nl", "Koken nl"]
    assert near_postcode(found, "5613", locale="pl").services == dutch.services
    for entry in found.entry_links:
        there, here = (place_of_entry(found, entry, locale=each) for each in ("pl", "nl"))
        assert there
        assert here
        assert (there.sentence, there.near.services) == (here.sentence, here.near.services)


def test_outside_every_area_nobody_is_near(db: Session) -> None:
    load_pack(db, pack())
    near = near_postcode(load_snapshot(db), "9999", locale="nl")
    assert (near.landlords, near.services, near.locations) == ((), (), ())


def test_a_link_without_a_postcode_shows_the_tiles_of_the_whole_programme(db: Session) -> None:
    load_pack(db, pack())
    found = load_snapshot(db)
    near = near_programme(found, found.programme_at("5611"), locale="nl")
    assert [tile.slug for tile in near.services] == ["fietsen", "koken"]
