"""How a pack gets into the database: who owns a slug, what is new, what is gone."""
