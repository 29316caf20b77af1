// The walk-in pages: what is near a postcode, and a page that closes itself when nobody is there.
// Without this script the form works as well, and the session still ends on the server.
"use strict";
(() => {
  const MINUTE = 6e4;
  const STILL_HERE = 3 * MINUTE;
  const byId = (id) => document.getElementById(id);
  const all = (selector, inside) => [...(inside || document).querySelectorAll(selector)];
  const main = byId("main");
  const form = byId("walkin");
  const lock = byId("lock");
  const limit = lock.dataset.minutes * MINUTE;

  // A page from the browser's memory may be of somebody who has signed out since.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Nobody touched the page for some minutes: what stood on it goes, and the session with it.
  let last = Date.now();
  let told = last;
  let timer = 0;
  const close = () => {
    const leave = document.querySelector("form[action$='/sign-out']");
    main.replaceChildren(lock.content.cloneNode(true));
    const heading = main.querySelector("h1");
    document.title = heading.textContent;
    heading.focus();
    // Without a network the session ends by itself, on the server, some minutes later.
    fetch(leave.action, { method: "POST", body: new URLSearchParams(new FormData(leave)), redirect: "manual" })
      .catch(() => last);
    leave.closest("header").remove();
  };
  const watch = () => {
    clearTimeout(timer);
    if (!lock.isConnected || main.querySelector("[data-locked]")) return;
    const left = last + limit - Date.now();
    if (left <= 0) close();
    else timer = setTimeout(watch, left);
  };
  const touched = () => {
    watch();
    if (main.querySelector("[data-locked]")) return;
    last = Date.now();
    // A long talk over one form must not end the session under it.
    if (last - told < STILL_HERE) return;
    told = last;
    fetch(lock.dataset.here).catch(() => told);
  };
  ["pointerdown", "keydown", "input", "wheel"].forEach((kind) => addEventListener(kind, touched, { passive: true }));
  // A tablet that slept counts no time, so it looks at its clock when it wakes up.
  ["visibilitychange", "focus", "pageshow"].forEach((kind) => addEventListener(kind, watch));
  watch();

  // The slip is printed from here; the button is of no use without the script.
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.onclick = () => print();
  });
  const summary = byId("summary");
  if (summary && !summary.hidden) summary.focus();
  if (!form) return;

  // Landlords, tiles and places of a postcode, as soon as its four digits are there.
  const postcode = byId("postcode");
  const say = byId("say");
  let digits = form.dataset.digits;
  const near = async () => {
    const found = /^\s*([1-9]\d{3})(?!\d)/.exec(postcode.value);
    if (!found || found[1] === digits) return;
    const asked = digits = found[1];
    say.textContent = say.dataset.loading;
    try {
      const answer = await fetch(form.dataset.near + asked);
      if (!answer.ok || answer.redirected) throw answer;
      const piece = document.createElement("template");
      piece.innerHTML = await answer.text();
      if (asked !== digits) return;
      const chosen = new Set(all("input:checked", form).map((each) => each.name + "=" + each.value));
      all("[data-for]", piece.content).forEach((part) => byId(part.dataset.for).replaceChildren(...part.childNodes));
      all("#landlords input, #services input, #locations input", form)
        .forEach((each) => { each.checked = chosen.has(each.name + "=" + each.value); });
      say.textContent = "";
    } catch {
      if (asked !== digits) return;
      digits = "";
      say.textContent = say.dataset.failed;
    }
  };
  byId("look").hidden = true;
  postcode.addEventListener("input", near);
  near();
})();
