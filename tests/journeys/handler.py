"""Somebody at a desk: the words of a journey, over one screen."""

from __future__ import annotations

from tests.desk.world import PASSWORD
from tests.journeys.navigator import Navigator


class Handler(Navigator):
    """Signs in, looks at the list, opens a case, logs a call."""

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
