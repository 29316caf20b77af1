"""Somebody who was asked and has no account: the words of a journey, over one screen."""

from __future__ import annotations

from tests.journeys.navigator import Navigator


class Partner(Navigator):
    """Opens a link, answers, says how it went."""

    def opens(self, token: str) -> None:
        """Follow the link in the mail."""
        self.screen.go(f"/reply/{token}")
        self.screen.step("the link is opened")
