"""A registrar at the counter: the words of a journey, over one screen."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.screen import Screen
from tests.walkin.counter import PASSWORD

EMAIL = "registrator@athos.example"


class Registrar:
    """Somebody at a counter. `acts` counts what their hand does: a tap and a key are one each."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page
        self.acts = 0

    def signs_in(self) -> None:
        """Come to work."""
        self.screen.go("/sign-in")
        self.page.fill("#email", EMAIL)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button")
        expect(self.page).to_have_url(re.compile("/walkin/$"))

    def taps(self, words: str) -> None:
        """Tap what carries these words."""
        self.acts += 1
        carriers = self.page.locator("main").locator("label, button, a")
        carriers.filter(has_text=words).first.click()

    def types(self, text: str) -> None:
        """Type where the focus is."""
        self.acts += len(text)
        self.page.keyboard.type(text)

    def presses(self, key: str) -> None:
        """Press a key."""
        self.acts += 1
        self.page.keyboard.press(key)

    def tabs_to(self, selector: str) -> None:
        """Press Tab until the focus is there."""
        for _ in range(60):
            if self.page.locator(f"{selector}:focus").count():
                return
            self.presses("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def asks(self, *ticked: str, phone: str = "06 12345678") -> None:
        """Fill in a new page with what somebody says."""
        self.screen.go("/walkin/new")
        for words in ticked:
            self.page.get_by_label(words).check()
        self.page.get_by_label("Voornaam").fill("Voorbeeld-Ravi")
        self.page.get_by_label("Telefoonnummer").fill(phone)

    def reads_aloud(self) -> None:
        """Go on to what is read aloud."""
        self.page.get_by_role("button", name="Verder: voorlezen").click()
        expect(self.page.locator("blockquote")).to_be_visible()

    def hears_yes(self) -> None:
        """Tick that the person said yes, and send."""
        self.page.locator("[name=consent]").check()
        self.page.get_by_role("button", name="Versturen").click()
        expect(self.page.locator("h1")).to_have_text("Het is verstuurd")

    def opens_the_slip(self) -> None:
        """Open the slip of paper."""
        self.page.get_by_role("button", name="Briefje openen").click()
        expect(self.page.locator(".slip .code")).to_have_text(re.compile(r"^\w{3}-\w{3}-\w{2}$"))
