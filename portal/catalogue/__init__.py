"""What exists: programmes, places, organisations, services, contacts."""
