"""What everybody in a journey can do with a screen, whoever they are."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.screen import Screen


class Navigator:
    """Presses, follows, unfolds, looks."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page

    def presses(self, name: str) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name).first.click()

    def follows(self, name: str) -> None:
        """Follow the link with this name."""
        self.page.get_by_role("link", name=name).first.click()

    def unfolds(self, name: str) -> None:
        """Open what is folded under this name."""
        self.page.locator("summary", has_text=name).click()

    def sees(self, *texts: str) -> None:
        """Wait until each of these is on the screen."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
