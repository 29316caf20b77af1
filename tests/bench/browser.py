"""What a cheap phone on a slow network sees: first paint, requests, and the next question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What Chromium's own tools call "Slow 3G": 400 kbit/s with 2 s there and back.
SLOW_3G = {
    "offline": False,
    "latency": 2000,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
PHONE = {"width": 360, "height": 740}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a screen."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def slow_phone(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """Open a fresh page on slow 3G with a processor four times slower."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]  # a plain dictionary
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_3G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    try:
        yield page, tools
    finally:
        context.close()


def first_paint_ms(browser: Browser, address: str, *, times: int = 5) -> float:
    """Return the median time to first contentful paint, in milliseconds."""
    return median(_one_paint(browser, address) for _ in range(times))


def _one_paint(browser: Browser, address: str) -> float:
    with slow_phone(browser) as (page, _tools):
        page.goto(address)
        page.wait_for_function(f"() => {PAINT} > 0")
        return float(page.evaluate(PAINT))


def requests_of_first_visit(browser: Browser, address: str) -> int:
    """Count what a browser asks for before it is quiet."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    page.close()
    return len([url for url in asked if not url.startswith("data:")])


NEXT = """(button) => new Promise((done) => {
  const start = performance.now();
  const before = document.querySelector('h1').textContent;
  const look = () => {
    const heading = document.querySelector('h1');
    if (heading.textContent !== before) done(performance.now() - start);
    else requestAnimationFrame(look);
  };
  button.click();
  requestAnimationFrame(look);
})"""


def next_question_ms(browser: Browser, address: str, *, times: int = 9) -> float:
    """Return the median time from a tap on "begin" to a painted question, processor 4 x slower."""
    took = []
    for _ in range(times):
        with slow_phone(browser) as (page, _tools):
            page.goto(address, wait_until="load")
            button = page.locator(".go:visible").first
            took.append(float(button.evaluate(NEXT)))
    return median(took)
