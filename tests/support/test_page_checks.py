from __future__ import annotations

import pytest

from tests.support.page_checks import complaints_about

GOOD = """<!DOCTYPE html>
<html lang="nl" dir="ltr"><head><title>Wat wil je?</title></head><body><main>
<h1>Wat wil je?</h1>
<form method="post" action="/nl/check">
<label for="name">Naam</label><input id="name" name="first_name">
<label><input type="checkbox" name="wish"> Betaald werk</label>
<button>Verder</button></form></main><footer>Bel 040 123 4567</footer></body></html>"""


def test_a_good_page_has_no_complaints() -> None:
    assert complaints_about(GOOD, "/nl/") == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("<!DOCTYPE html>", "", "doctype"),
        (' lang="nl"', "", "does not say its language"),
        (' lang="nl"', ' lang="ar"', "direction"),
        ("<title>Wat wil je?</title>", "<title> </title>", "title"),
        ("<h1>", "<h1 hidden>", "one visible h1"),
        ("</h1>", "</h1><h1>Nog een</h1>", "one visible h1"),
        ("<main>", "<div>", "one main"),
        ("Bel 040 123 4567", "Bel 112", "number to call"),
        ("<footer>Bel 040 123 4567</footer>", "", "number to call"),
        ('<input type="checkbox"', '<input id="name" type="checkbox"', "used 2 times"),
        ('for="name"', 'for="nam"', "not on the page"),
        ('<label for="name">Naam</label>', "", "has no label"),
        ("</form>", "</form><script>alert(1)</script>", "inline script"),
        ("<h1>", '<h1 style="color: red">', "attribute style"),
        ("<button>", '<button onclick="go()">', "attribute onclick"),
        ("</form>", '</form><img src="https://elsewhere.example/a.png" alt="">', "another site"),
        ("</form>", '</form><img src="/a.png">', "no alt"),
        ("/nl/check", "/desk/find", "without a csrf token"),
        ("<button>Verder", "<button>", "no words"),
        ("</form>", "</form><p>Dat kan.Daarna bellen we.</p>", "two sentences: 'kan.Daarna'"),
    ],
)
def test_a_page_with_a_mistake_is_found_out(old: str, new: str, complaint: str) -> None:
    page = GOOD.replace(old, new)
    assert page != GOOD
    assert complaint in "\n".join(complaints_about(page, "/nl/"))


def test_data_for_a_script_is_not_a_script() -> None:
    page = GOOD.replace("</form>", '</form><script type="application/json">{}</script>')
    assert complaints_about(page, "/nl/") == []
