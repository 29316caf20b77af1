"""Messages that leave after commit."""
