"""A whole registration in a real browser: how many requests, and how many bytes over the wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

GO = ".go:visible"


@dataclass
class Wire:
    """What crossed the network, headers included; what the browser had kept costs nothing."""

    bytes: int = 0
    requests: int = 0
    between_questions: int = 0

    def asked(self, event: dict[str, Any]) -> None:
        """Count a request, and the bytes of an answer that sent it elsewhere."""
        self.requests += 1
        if "redirectResponse" in event:
            self.bytes += int(event["redirectResponse"]["encodedDataLength"])

    def kept(self, _event: dict[str, Any]) -> None:
        """Take back a request that the browser answered itself."""
        self.requests -= 1

    def received(self, event: dict[str, Any]) -> None:
        """Count the bytes of an answer that has fully arrived."""
        self.bytes += int(event["encodedDataLength"])


def registration(browser: Browser, address: str) -> Wire:
    """Register somebody, from the first document to the receipt."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    tools, wire = page.context.new_cdp_session(page), Wire()
    tools.send("Network.enable")
    tools.on("Network.loadingFinished", wire.received)
    tools.on("Network.requestWillBeSent", wire.asked)
    tools.on("Network.requestServedFromCache", wire.kept)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    first = wire.requests
    answer_questions(page)
    page.wait_for_load_state("networkidle")
    wire.between_questions = wire.requests - first
    check_and_send(page)
    page.wait_for_selector("[data-sent]", state="attached")
    page.wait_for_load_state("networkidle")
    page.context.close()
    return wire


def answer_questions(page: Page) -> None:
    """Answer every question as somebody who cooks in Eindhoven would, up to the last press."""
    go = page.locator(GO).first
    go.click()
    page.locator("input[name=wish][value=paid_work]").check(force=True)
    go.click()
    page.locator("input[name=age16][value=yes]").check(force=True)
    go.click()
    page.locator("input[name=postcode]").fill("5611 AB")
    page.locator("input[name=landlord][value=trudo]").check(force=True)
    go.click()
    page.locator("input[name=like][value=eindhoven-koken]").check(force=True)
    go.click()
    page.locator("input[name=practical][value=nothing]").check(force=True)
    go.click()
    page.locator("input[name=phone]").fill("06 12345678")
    go.click()
    page.locator("input[name=first_name]").fill("Samira")


def check_and_send(page: Page) -> None:
    """Look at who gets it, agree, and send."""
    page.locator(GO).first.click()
    page.locator("input[name=consent]").check(force=True)
    page.locator("form[action$='/send'] .go").click()
