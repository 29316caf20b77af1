"""One step of the schema to a file."""
