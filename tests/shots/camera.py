"""Takes pictures in one size and language, and remembers them for the page that lists them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.shots.demo import Stage

PATIENCE_MS = 5_000
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@dataclass
class Camera:
    """One visitor with one screen; every picture gets a number, so that they stay in order."""

    browser: Browser
    stage: Stage
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
            base_url=self.stage.address,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()

    def shoot(self, name: str, *, whole: bool = True) -> None:
        """Take a picture: of the whole page, or of what fits on the screen."""
        self.folder.mkdir(parents=True, exist_ok=True)
        plain = "" if self.scripts else "-plain"
        file = f"{self.size}{plain}-{len(self.taken) + 1:02}-{name}.png"
        path = self.folder / file
        if whole:
            self._grow()
        self.page.screenshot(path=path)
        self.page.set_viewport_size(SIZES[self.size])  # type: ignore[arg-type]  # as above
        self.taken.append(path)

    def _grow(self) -> None:
        """Make the screen as high as the page: what stands at its foot then covers nothing."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": SIZES[self.size]["width"], "height": height})

    def open(self, path: str, name: str = "") -> None:
        """Go to an address, and take a picture when it has a name."""
        self.page.goto(path)
        if name:
            self.shoot(name)

    def press(self, button: str, name: str = "") -> None:
        """Press what this selector finds first, and take a picture when it has a name."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        if name:
            self.shoot(name)

    def find(self, who: str) -> None:
        """Search at the desk."""
        self.open("/desk/find")
        self.page.fill("#q", who)
        with self.page.expect_navigation():
            self.page.press("#q", "Enter")

    def unfold(self) -> None:
        """Open everything that is folded."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")

    def links(self, part: str) -> list[str]:
        """Return the addresses on this page that contain `part`, each once."""
        found = self.page.locator(f"a[href*='{part}']").evaluate_all("all => all.map(a => a.href)")
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Put the camera away."""
        self.page.context.close()
