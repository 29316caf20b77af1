"""The floor: base, engine, migrations."""
