"""The first document: start and all questions."""


def first_paint_styles() -> tuple[str, ...]:
    """Return the inline style blocks that the content policy allows by hash."""
    return ()
