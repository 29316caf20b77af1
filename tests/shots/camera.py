"""Takes pictures in one size and language, and remembers them for the page that lists them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@dataclass
class Camera:
    """One visitor with one screen; every picture gets a number, so that they stay in order."""

    browser: Browser
    address: str
    folder: Path
    locale: str
    size: str
    scripts: bool = True
    taken: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            viewport=SIZES[self.size],  # type: ignore[arg-type]  # a plain dictionary will do
            locale=self.locale,
            java_script_enabled=self.scripts,
            reduced_motion="reduce",
            base_url=self.address,
        )
        self.page: Page = context.new_page()

    def shoot(self, name: str, *, whole: bool = True) -> None:
        """Take a picture: of the whole page, or of what fits on the screen."""
        self.folder.mkdir(parents=True, exist_ok=True)
        plain = "" if self.scripts else "-plain"
        file = f"{self.size}{plain}-{len(self.taken) + 1:02}-{name}.png"
        path = self.folder / file
        self.page.screenshot(path=path, full_page=whole)
        self.taken.append(path)

    def open(self, path: str, name: str = "") -> None:
        """Go to an address, and take a picture when it has a name."""
        self.page.goto(path, wait_until="networkidle")
        if name:
            self.shoot(name)

    def links(self, part: str) -> list[str]:
        """Return the addresses on this page that contain `part`, each once."""
        found = self.page.locator(f"a[href*='{part}']").evaluate_all("all => all.map(a => a.href)")
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Put the camera away."""
        self.page.context.close()
