from __future__ import annotations

import pytest

from portal.accounts.browser import browser_name

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (f"{WINDOWS} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge, Windows"),
        (f"{WINDOWS} Chrome/131.0.0.0 Safari/537.36", "Chrome, Windows"),
        (f"{ANDROID} SamsungBrowser/27.0 Chrome/125.0 Safari/537.36", "Samsung Internet, Android"),
        (f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Linux",
        ),
        ("", "?"),
        ("<script>alert(1)</script>", "?"),
    ],
)
def test_a_browser_is_two_words_and_never_the_whole_header(header: str, name: str) -> None:
    assert browser_name(header) == name
