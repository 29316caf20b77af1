"""Somebody at a desk: the words of a journey, over one screen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.desk.world import PASSWORD
from tests.support.screen import Screen


class Handler:
    """Signs in, looks at the list, opens a case, logs a call."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page

    def signs_in(self, email: str, password: str = PASSWORD) -> None:
        """Fill in the sign-in page that is on the screen."""
        self.page.get_by_label("E-mailadres").fill(email)
        self.page.get_by_label("Wachtwoord").fill(password)
        self.page.get_by_role("button", name="Inloggen").click()

    def opens(self, email: str) -> None:
        """Come to the list, by way of the sign-in page."""
        self.screen.go("/desk/")
        self.screen.step("asked to sign in")
        self.signs_in(email)
        self.screen.step("the work list")

    def presses(self, name: str) -> None:
        """Press the first button with this name."""
        self.page.get_by_role("button", name=name).first.click()

    def follows(self, name: str) -> None:
        """Follow the first link with this name."""
        self.page.get_by_role("link", name=name).first.click()

    def unfolds(self, name: str) -> None:
        """Open what is folded under this name."""
        self.page.locator("summary", has_text=name).click()

    def sees(self, *texts: str) -> None:
        """Wait until each of these is on the screen."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
