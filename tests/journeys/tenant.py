"""A tenant who answers the questions one by one: the words of a journey, over one screen."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Locator, Request, Route

from tests.support.screen import Screen

QUESTIONS = ("wish", "age", "home", "likes", "practical", "reach", "name")


class Tenant:
    """Sees one question at a time. `asked` are the addresses that the phone sent for."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page
        self.asked: list[str] = []
        self.page.on("request", self._note)

    def opens(self, path: str = "/nl/") -> None:
        """Open the front door."""
        self.screen.go(path)
        self.screen.step(f"{path} is open")

    def begins(self) -> None:
        """Press the big button of the start."""
        self.page.locator("#begin").click()

    def continues(self) -> None:
        """Press the one button of a question."""
        self.page.locator(".dock button").click()

    def chooses(self, field: str, *values: str) -> None:
        """Tap these tiles or lines."""
        for value in values:
            self.page.locator(f"[name={field}][value='{value}']").check()

    def writes(self, field: str, text: str) -> None:
        """Fill in a field."""
        self.page.locator(f"#{field}").fill(text)

    def goes_to(self, question: str) -> None:
        """Answer what must be answered, up to this question."""
        self.begins()
        for passed in QUESTIONS[: QUESTIONS.index(question)]:
            if passed == "wish":
                self.chooses("wish", "paid_work")
            if passed == "reach":
                self.writes("phone", "06 12345678")
            self.continues()

    @property
    def question(self) -> str:
        """The key of the question on the screen, "start" before the first."""
        shown = self.page.locator(".screen:visible")
        assert shown.count() == 1, "one question at a time"
        return str(shown.get_attribute("id"))

    @property
    def heading(self) -> str:
        """The one heading."""
        return self.page.locator("h1:visible").inner_text()

    @property
    def focus(self) -> str:
        """The id, the name, or the tag of what has the focus."""
        return str(self.page.evaluate(FOCUS))

    @property
    def summary(self) -> Locator:
        """What still has to be done."""
        return self.page.locator("#summary")

    def kept(self, store: str) -> dict[str, Any]:
        """What `localStorage` or `sessionStorage` holds of the answers."""
        script = f"JSON.parse({store}.getItem('voordeur') || '{{\"answers\": {{}}}}').answers"
        found: dict[str, Any] = self.page.evaluate(script)
        return found

    def sends(self) -> dict[str, list[str]]:
        """Continue from the last question; return what the phone sends to "check"."""
        sent: list[Request] = []

        def answer(route: Route) -> None:
            sent.append(route.request)
            route.fulfill(status=204)

        self.page.route("**/check", answer)
        with self.page.expect_request("**/check"):
            self.continues()
        self.page.unroute("**/check")
        return parse_qs(sent[0].post_data or "", keep_blank_values=True)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)


FOCUS = """() => {
  const has = document.activeElement;
  return has.id || has.name || has.localName;
}"""
