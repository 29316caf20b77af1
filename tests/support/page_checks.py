"""What holds for every page that any test fetches, whichever door it came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from tests.support.html import Element, read_html

RTL = frozenset({"ar", "fa", "ckb"})
# Only pages of signed-in people carry a session token; tenants have no session.
STAFF_PLACES = ("desk", "walkin", "sessions", "sign-in", "sign-out")
UNLABELLED_TYPES = ("hidden", "submit", "reset", "button", "image")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage")
# What is left when a template loses the line end between two sentences.
GLUED = re.compile(r"\w+[^\W\d_][.!?][A-Z][a-z]+")
# However it is written: seven digits or more.
PHONE = re.compile(r"(\d\D{0,2}){7}")

Check = Callable[[Element, str], Iterator[str]]


def complaints_about(page: str, path: str) -> list[str]:
    """Return a sentence for everything that is wrong with this HTML, fetched from `path`."""
    doctype, root = read_html(page)
    found = [] if doctype.lower() == "doctype html" else ["the doctype is missing"]
    for check in CHECKS:
        found.extend(check(root, path))
    return found


def _has_language_and_direction(root: Element, path: str) -> Iterator[str]:
    html = next(iter(root.all("html")), root)
    language = html.get("lang")
    if not language:
        yield "the page does not say its language"
    if html.get("dir") != ("rtl" if language in RTL else "ltr"):
        yield f"the direction {html.get('dir')!r} does not fit the language {language!r}"


def _has_a_title(root: Element, path: str) -> Iterator[str]:
    head = next(iter(root.all("head")), root)
    if [bool(title.text) for title in head.all("title")] != [True]:
        yield "the page needs exactly one title with words"


def _has_one_heading(root: Element, path: str) -> Iterator[str]:
    shown = [heading for heading in root.all("h1") if not heading.hidden]
    if len(shown) != 1 or not shown[0].text:
        yield f"the page needs exactly one visible h1, not {[h.text for h in shown]}"


def _has_one_main(root: Element, path: str) -> Iterator[str]:
    if len(root.all("main")) != 1:
        yield "the page needs exactly one main"


def _ids_are_unique(root: Element, path: str) -> Iterator[str]:
    seen = Counter(element.get("id") for element in root if element.has("id"))
    yield from (
        f"the id {name!r} is used {times} times" for name, times in seen.items() if times > 1
    )


def _references_lead_somewhere(root: Element, path: str) -> Iterator[str]:
    ids = {element.get("id") for element in root}
    for element in root:
        for name in REFERENCES:
            for target in element.get(name).split():
                if target not in ids:
                    yield f"{element!r} refers to {target!r}, which is not on the page"


def _every_input_has_a_label(root: Element, path: str) -> Iterator[str]:
    labelled = {label.get("for") for label in root.all("label") if label.text}
    for control in root.all("input", "select", "textarea"):
        named = control.get("aria-label") or control.get("aria-labelledby")
        wrapped = any(around.tag == "label" and around.text for around in control.ancestors())
        if control.get("type") in UNLABELLED_TYPES or named or wrapped:
            continue
        if not control.get("id") or control.get("id") not in labelled:
            yield f"{control!r} has no label"


def _nothing_is_inline(root: Element, path: str) -> Iterator[str]:
    for element in root:
        runs = element.tag == "script" and element.get("type") != "application/json"
        if runs and not element.has("src"):
            yield "there is an inline script"
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield f"{element!r} has the attribute {name}"


def _nothing_comes_from_elsewhere(root: Element, path: str) -> Iterator[str]:
    for element in root.all("script", "link", "img", "iframe", "source", "audio", "video"):
        for address in (element.get("src"), element.get("href")):
            if urlsplit(address).netloc:
                yield f"{element!r} comes from another site"


def _pictures_have_words(root: Element, path: str) -> Iterator[str]:
    yield from (f"{image!r} has no alt" for image in root.all("img") if not image.has("alt"))


def _forms_carry_their_token(root: Element, path: str) -> Iterator[str]:
    for form in root.all("form"):
        place = (form.get("action") or path).lstrip("/").partition("/")[0].partition("?")[0]
        if form.get("method").lower() != "post" or place not in STAFF_PLACES:
            continue
        if not any(token.get("value") for token in form.all("input", name="csrf_token")):
            yield f"{form!r} posts without a csrf token"


def _links_have_words(root: Element, path: str) -> Iterator[str]:
    for element in root.all("a", "button"):
        words = element.text or element.get("aria-label") or element.get("aria-labelledby")
        if not words and not any(image.get("alt") for image in element.all("img")):
            yield f"{element!r} has no words"


def _sentences_stand_apart(root: Element, path: str) -> Iterator[str]:
    for element in root:
        for words in element.children:
            if isinstance(words, str) and (glued := GLUED.search(words)):
                yield f"no space between two sentences: {glued[0]!r}"


def _help_stands_at_its_foot(root: Element, path: str) -> Iterator[str]:
    feet = [foot.text for foot in root.all("footer")]
    if len(feet) != 1 or not PHONE.search(feet[0]):
        yield f"the page needs one foot with a number to call, not {feet}"


CHECKS: tuple[Check, ...] = (
    _has_language_and_direction,
    _has_a_title,
    _has_one_heading,
    _has_one_main,
    _help_stands_at_its_foot,
    _ids_are_unique,
    _references_lead_somewhere,
    _every_input_has_a_label,
    _nothing_is_inline,
    _nothing_comes_from_elsewhere,
    _pictures_have_words,
    _forms_carry_their_token,
    _links_have_words,
    _sentences_stand_apart,
)
