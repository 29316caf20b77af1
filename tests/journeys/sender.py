"""A tenant who goes all the way: the questions, "check", the receipt, the status page."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.tenant import Tenant

CODE = r"\w{3}-\w{3}-\w{2}"


class Sender(Tenant):
    """After the questions of `Tenant`: looks who gets it, agrees, sends, and comes back."""

    def answers(
        self,
        *,
        wish: str = "paid_work",
        postcode: str = "",
        landlord: str = "",
        hidden: bool = False,
        likes: tuple[str, ...] = (),
        times: tuple[str, ...] = (),
        phone: str = "06 12345678",
        drop_by: str = "",
        name: str = "Voorbeeld-Sam",
    ) -> None:
        """Answer all questions one by one, and continue to "check"."""
        self.begins()
        self._answers("wish", wish)
        self._answers("age16", "yes")
        self.writes("postcode", postcode)
        self.chooses("landlord", *filter(None, [landlord]))
        self._answers("landlord_hidden", *["1"] * hidden)
        self._answers("like", *likes)
        self.continues()
        self.writes("phone", phone)
        self.chooses("drop_by", *filter(None, [drop_by]))
        self._answers("times", *times)
        self.writes("first_name", name)
        self.arrives_at_check()

    def _answers(self, field: str, *values: str) -> None:
        self.chooses(field, *values)
        self.continues()

    def arrives_at_check(self) -> None:
        """Continue from the last question."""
        self.continues()
        self.page.wait_for_url("**/check")
        self.screen.step("check")

    @property
    def who(self) -> Locator:
        """Who gets this."""
        return self.page.locator("section.panel")

    def agrees(self) -> None:
        """Tick "yes"."""
        self.page.locator("#consent").check()

    def sends_it(self) -> None:
        """Press the one button."""
        self.page.locator("form .dock .go").click()

    def reads_the_receipt(self) -> str:
        """Look at the receipt; return the code."""
        self.page.wait_for_url("**/receipt/**")
        self.screen.step("the receipt")
        return self.page.locator(".code").inner_text()

    def comes_back(self, code: str, locale: str = "nl") -> None:
        """Type the code and look how it stands."""
        self.screen.go(f"/{locale}/status")
        self.screen.step("asked for the code")
        self.writes("code", code.lower().replace("-", " "))
        self.page.locator(".dock .go").click()
        self.page.wait_for_url("**/status/*")
        self.screen.step("how it stands")

    def sees(self, *texts: str) -> None:
        """Wait until each of these is on the screen."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
