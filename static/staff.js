// Nicer at the desk, never needed: everything also works without this.

// The focus goes to what went wrong, or to where a call is logged when a link led there.
const trouble = document.getElementById("trouble");
if (trouble) trouble.focus();

// A press counts once: a second press of the same button would meet a newer version of the case.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
// The back button may bring back a page with a form that was sent: it can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// One menu at a time, closed by Escape or by a press beside it.
const menu = document.querySelector(".menu");
const closeMenu = () => { if (menu) menu.open = false; };
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenu(); });
document.addEventListener("click", (event) => { if (menu && !menu.contains(event.target)) closeMenu(); });
