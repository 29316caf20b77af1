"""A pack: one programme with its area, organisations and people, as a readable TOML file."""

from portal.catalogue.pack.problems import PackError, Problem
from portal.catalogue.pack.read import parse_pack, read_pack, shipped_packs
from portal.catalogue.pack.shapes import Pack

__all__ = ["Pack", "PackError", "Problem", "parse_pack", "read_pack", "shipped_packs"]
