"""What a page looks like to other eyes: forced colours, no motion, letters twice as large."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

# What stands out by its colour alone must have an edge where colours are forced: buttons, fields,
# and boxes that say something. What is chosen needs more than its edge.
EDGED = (
    ".go, .plain:not(ul), .log, .quiet, .result, textarea, select, .card input, .find input, "
    ".panel, .list, .rows, .notice, .warning, .trouble, .say, .summary, .next, .timeline .words, "
    ".avatar, .chips > li"
)
OUTLINED = ".card input:checked, .result.chosen"
SEEN = "each => each.checkVisibility() && !each.matches('.say:empty')"

WITHOUT_EDGE = f"""([edged, outlined]) => {{
  const seen = {SEEN};
  const sides = ["Top", "Right", "Bottom", "Left"];
  const bare = (each, look) => sides.some(side =>
    look[`border${{side}}Style`] === "none" || parseFloat(look[`border${{side}}Width`]) < 1);
  const wrong = [...document.querySelectorAll(edged)].filter(seen)
    .filter(each => bare(each, getComputedStyle(each)));
  const same = [...document.querySelectorAll(outlined)].filter(seen)
    .filter(each => parseFloat(getComputedStyle(each).outlineWidth) < 3
      || getComputedStyle(each).outlineStyle === "none");
  return [...wrong, ...same].map(each => each.outerHTML.slice(0, 90));
}}"""
MOVING = """() => {
  const long = times => times.split(",").some(each => parseFloat(each) > 0.01);
  const moves = (each, part) => {
    const look = getComputedStyle(each, part);
    return (look.animationName !== "none" && long(look.animationDuration))
      || long(look.transitionDuration) || look.scrollBehavior === "smooth";
  };
  return [...document.querySelectorAll("*")]
    .filter(each => [null, "::before", "::after"].some(part => moves(each, part)))
    .map(each => each.outerHTML.slice(0, 90));
}"""
CUT = f"""() => {{
  const seen = {SEEN};
  const whole = [...document.querySelectorAll("body *")]
    .filter(each => seen(each) && !each.closest(".unseen, .skip, .own, svg, select"));
  const cut = each => {{
    const look = getComputedStyle(each), wide = each.scrollWidth > each.clientWidth + 1;
    return (look.overflowX !== "visible" && look.overflowX !== "auto" && wide)
      || (look.overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1)
      || (wide && look.display !== "inline" && each.matches("button, a, summary"));
  }};
  const range = document.createRange();
  const broken = (node, word) => {{
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const boxes = [...range.getClientRects()];
    const wide = boxes.reduce((sum, box) => sum + box.width, 0);
    return boxes.some(box => box.left < 0 || box.right > innerWidth + 1)
      || (wide < 0.8 * innerWidth && new Set(boxes.map(box => Math.round(box.top))).size > 1);
  }};
  const torn = each => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE
    && [...node.data.matchAll(/[\\p{{L}}\\d]+/gu)].some(word => broken(node, word)));
  return whole.filter(each => !each.matches("input, textarea") && (cut(each) || torn(each)))
    .map(each => each.outerHTML.slice(0, 90));
}}"""


def without_edge(page: Page) -> Iterator[str]:
    """Name what nobody can tell from the page where colours are forced (WCAG 1.4.11)."""
    yield from page.evaluate(WITHOUT_EDGE, [EDGED, OUTLINED])


def moving(page: Page) -> Iterator[str]:
    """Name what would move though somebody asked for no motion (WCAG 2.3.3)."""
    yield from page.evaluate(MOVING)


def cut_off(page: Page) -> Iterator[str]:
    """Name what does not show all of its words (WCAG 1.4.4)."""
    yield from page.evaluate(CUT)
