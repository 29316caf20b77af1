// One question at a time, kept on this phone. Without this script the page is one long form.
// All words come from the page. Wishes stay for 24 hours; name, number and place until the tab closes.
"use strict";
(() => {
  const [KEY, DAY] = ["voordeur", 864e5];
  const PRIVATE = ["first_name", "phone", "email", "postcode", "postcode_hidden", "landlord",
    "landlord_hidden", "drop_by", "shared_phone"];
  const FROM_NEAR = ["like", "landlord", "drop_by"];
  const digitsOf = (text) => text.replace(/[٠-٩۰-۹]/g, (sign) => sign.charCodeAt() & 15);
  const POSTCODE = /^[1-9]\d{3}(\s*(?!s[ads])[a-z]{2})?$/i;
  const NUMBER = /(\p{Nd}\P{Nd}*){7}/u;
  const page = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, inside) => [...(inside || document).querySelectorAll(selector)];

  // Storage may be full, switched off or forbidden: then the page simply forgets.
  const stores = { open: () => localStorage, shy: () => sessionStorage };
  const read = (store) => {
    try {
      const found = JSON.parse(store().getItem(KEY));
      if (Date.now() - found.at < DAY) return found;
      store().removeItem(KEY);
    } catch { return {}; }
    return {};
  };
  const write = (store, what) => {
    try {
      store().setItem(KEY, JSON.stringify({ ...what, at: Date.now() }));
      return true;
    } catch { return false; }
  };
  const wipe = () => Object.values(stores).forEach((store) => {
    try { store().removeItem(KEY); } catch { return; }
  });

  // The receipt. What was sent need not stay on this phone, so that nobody sends it twice.
  if (document.querySelector("[data-sent]")) wipe();
  const offer = (selector, act) => all(selector).forEach((button) => {
    button.hidden = false;
    button.onclick = () => act(button);
  });
  offer("[data-print]", () => print());
  offer("[data-clear-phone]", (button) => {
    const cleared = byId(button.dataset.clearPhone);
    wipe();
    button.hidden = true;
    cleared.hidden = false;
    cleared.focus();
  });
  offer("[data-leave]", (button) => location.replace(button.dataset.leave));

  // Without a network a form that is sent would lead to a page of the browser.
  document.addEventListener("submit", (event) => {
    const gone = byId("offline");
    if (event.defaultPrevented || (gone.hidden = navigator.onLine)) return;
    event.preventDefault();
    gone.scrollIntoView({ block: "center" });
  });
  // Going back to what was sent would ask whether to send it again: this address leads to a start.
  if (document.querySelector("[name=shown]")) history.replaceState(null, "", location.href);

  // Escape closes the languages, and who was in them is at their button again.
  const languages = document.querySelector(".languages");
  languages.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !languages.open) return;
    languages.open = false;
    languages.firstElementChild.focus();
  });

  // Letters may be larger than the style expects: what always shows must still leave room.
  const footer = document.querySelector("footer");
  const fit = () => {
    if (footer.querySelector("[open]")) return;
    page.style.setProperty("--help", footer.offsetHeight + "px");
    page.classList.toggle("tight", footer.offsetHeight * 5 > innerHeight);
  };
  new ResizeObserver(fit).observe(footer);

  const form = byId("answers");
  if (!form || !byId("start")) return;
  const [data, screens] = [form.dataset, all(".screen")];
  const [summary, say, back, postcode] = ["summary", "say", "back", "postcode"].map(byId);
  const posted = "filled" in data;
  let [current, digits, busy, leaving, kept] = ["start", data.digits, "", false, {}];

  // What was answered, as {name: [value, ...]}; tiles that are still on their way stay as they were.
  const answers = () => {
    const found = {};
    for (const [name, value] of new FormData(form)) {
      if (form.elements[name].type === "hidden" || !value.trim()) continue;
      (found[name] = found[name] || []).push(value);
    }
    if (byId("language").value === page.lang) delete found.language;
    if (!digits) FROM_NEAR.forEach((name) => { if (kept[name]) found[name] = found[name] || kept[name]; });
    return found;
  };
  const fill = (inside) => all("input, select", inside).forEach((field) => {
    const values = kept[field.name];
    if (!values || field.type === "hidden") return;
    if (/radio|checkbox/.test(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0];
  });
  const keep = () => {
    const part = { open: {}, shy: {} };
    kept = answers();
    for (const name in kept) part[PRIVATE.includes(name) ? "shy" : "open"][name] = kept[name];
    const shy = write(stores.shy, { answers: part.shy });
    return write(stores.open, { answers: part.open, last: current }) && shy;
  };

  // Messages. Their sentences stand in the page, hidden until they are needed.
  const screenOf = (id) => byId(id).closest(".screen").id;
  const showing = () => all(".error:not([hidden])", form).map((message) => message.id.slice(0, -6));
  const mark = (id, wrong) => {
    const field = byId(id);
    const hint = byId(id + "-hint") ? id + "-hint " : "";
    byId(id + "-error").hidden = !wrong;
    field.setAttribute("aria-describedby", hint + (wrong ? id + "-error" : ""));
    if (field.localName === "input") field.setAttribute("aria-invalid", wrong);
  };
  // What was typed is wrong in another way than what was left out.
  const sentence = (id) => {
    const message = byId(id + "-error");
    const none = message.dataset.none ||= message.textContent;
    return message.textContent = byId(id).value && message.dataset.wrong || none;
  };
  const complain = (ids) => {
    const list = summary.querySelector("ul");
    list.textContent = "";
    ids.forEach((id) => {
      const link = document.createElement("a");
      mark(id, true);
      link.href = "#" + id;
      link.textContent = sentence(id);
      list.appendChild(document.createElement("li")).append(link);
    });
    summary.hidden = false;
    title();
    summary.focus();
    summary.scrollIntoView();
  };

  // Only what is needed to go on; the portal looks at the rest.
  const RULES = {
    wish: (given) => given.wish,
    postcode: (given) => given.postcode_hidden || !given.postcode || POSTCODE.test(digitsOf(given.postcode[0].trim())),
    phone: (given) => given.phone ? NUMBER.test(given.phone[0]) : given.email || given.drop_by,
    email: (given) => !given.email || /.@.+\../.test(given.email[0]),
    first_name: (given) => given.first_name,
  };
  const missing = (screen, given = answers()) => Object.keys(RULES)
    .filter((id) => (!screen || screenOf(id) === screen) && !RULES[id](given));

  // "#/wish" is no id on the page, so the browser itself moves neither page nor focus.
  const opened = () => location.hash.replace(/^#\/?/, "");

  // One question visible; its heading is the one h1, and the title of the page says the same.
  const retag = (heading, tag) => {
    if (heading.localName === tag) return heading;
    const other = document.createElement(tag);
    other.append(...heading.childNodes);
    heading.replaceWith(other);
    return other;
  };
  const title = () => {
    const words = all("h1, .count", byId(current)).sort((one) => (one.localName === "h1" ? -1 : 1));
    document.title = (summary.hidden ? "" : data.error + " ")
      + [...words.map((part) => part.textContent), "Voordeur"].join(" – ");
  };
  const show = (id, focus) => {
    current = screens.some((screen) => screen.id === id) ? id : "start";
    screens.forEach((screen) => {
      screen.hidden = screen.id !== current;
      retag(screen.querySelector("h1, h2"), screen.hidden ? "h2" : "h1").tabIndex = -1;
    });
    form.classList.toggle("asking", current !== "start");
    back.hidden = posted || current === "start";
    if (!busy) say.textContent = "";
    title();
    // Last, so that a slow phone works out the page once.
    if (focus) form.querySelector("h1").focus({ preventScroll: true });
    if (focus) scrollTo(0, 0);
    if (current === "likes") look();
  };
  const go = (id, how) => {
    const step = history.state ? history.state.step : 0;
    history[how || "pushState"]({ step: how ? step : step + 1 }, "", data.home + (id === "start" ? "" : "#/" + id));
    summary.hidden = true;
    show(id, true);
    // The question first. What was answered is kept since it changed; new is only where somebody is.
    setTimeout(() => { if (Object.keys(answers()).length) keep(); });
  };

  // What there is near you. Only four digits leave the phone, and nobody has to wait for it.
  const look = async () => {
    const found = /^\s*([1-9]\d{3})/.exec(digitsOf(postcode.value));
    if (!found || found[1] === digits || found[1] === busy) return;
    const asked = busy = found[1];
    say.textContent = say.dataset.loading;
    try {
      const answer = await fetch(data.near + asked);
      if (!answer.ok) throw answer;
      const piece = document.createElement("template");
      piece.innerHTML = await answer.text();
      if (asked !== busy) return;
      kept = answers();
      digits = asked;
      all("[data-for]", piece.content).forEach((part) => {
        const place = byId(part.dataset.for);
        place.replaceChildren(...part.childNodes);
        fill(place);
      });
      byId("likes-hint").hidden = !byId("services").querySelector("input");
      say.textContent = "";
    } catch {
      if (asked === busy) say.textContent = say.dataset.failed;
    }
    if (asked === busy) busy = "";
  };

  // Continue: true when the form may leave for "check".
  const advance = () => {
    showing().filter((id) => screenOf(id) === current).forEach((id) => mark(id, false));
    const wrong = missing(current === "start" ? "wish" : current);
    if (wrong.length) { complain(wrong); return false; }
    if (current === "age" && form.elements.age16.value === "no") {
      wipe();
      form.reset();
      location.href = data.sixteen;
      return false;
    }
    const following = screens[screens.findIndex((screen) => screen.id === current) + 1];
    const next = posted ? showing().map(screenOf)[0] : following && following.id;
    if (next) { go(next); return false; }
    const left = missing();
    if (left.length) { go(screenOf(left[0])); complain(left); return false; }
    keep();
    return true;
  };

  form.addEventListener("submit", (event) => { if (!leaving && !advance()) event.preventDefault(); });
  // What cannot both be true takes turns, for everybody to see.
  const hide = form.elements.postcode_hidden;
  const nothing = (box) => box.value === "nothing";
  form.addEventListener("change", ({ target }) => {
    if (hide.checked) postcode.value = "";
    if (target.name === "practical" && target.checked)
      all("[name=practical]").forEach((box) => { box.checked &&= nothing(box) === nothing(target); });
    keep();
  });
  postcode.addEventListener("input", () => { hide.checked &&= !postcode.value; look(); });
  addEventListener("popstate", () => { summary.hidden = true; show(opened(), true); });
  back.onclick = () => {
    if (history.state && history.state.step) { history.back(); return; }
    go(screens[screens.findIndex((screen) => screen.id === current) - 1].id, "replaceState");
  };
  summary.onclick = (event) => {
    const id = event.target.hash && event.target.hash.slice(1);
    if (!id) return;
    event.preventDefault();
    if (screenOf(id) !== current) go(screenOf(id));
    const field = byId(id);
    (field.localName === "fieldset" ? field.querySelector("input") : field).focus();
  };
  all(".languages button").forEach((button) => {
    button.onclick = (event) => {
      leaving = true;
      if (!keep()) return;
      event.preventDefault();
      const entry = form.elements.entry ? form.elements.entry.value + "/" : "";
      location.href = button.formAction.replace(/change$/, entry) + location.hash;
    };
  });

  // Where to begin: where the page was opened, where the portal found something, or at the start.
  const [open, shy] = [stores.open, stores.shy].map(read);
  const begun = Object.keys(open.answers || {}).length > 0;
  const [label, onward] = all("#begin span");
  const resume = (can) => {
    byId("again").hidden = onward.hidden = !can;
    label.hidden = can;
  };
  byId("begin").onclick = (event) => {
    event.preventDefault();
    const lost = !shy.answers && ["likes", "practical", "reach", "name"].includes(open.last);
    go(onward.hidden ? "wish" : lost ? "home" : open.last === "start" ? "wish" : open.last);
  };
  byId("afresh").onclick = () => {
    wipe();
    kept = {};
    form.reset();
    resume(false);
    go("wish");
  };
  page.classList.add("js");
  if (posted) {
    const wrong = showing();
    current = wrong.length ? screenOf(wrong[0]) : data.filled;
    history.replaceState(null, "", data.home + (current ? "#/" + current : ""));
    show(current);
    if (wrong.length) summary.focus();
    else all("h1", byId(current)).forEach((heading) => heading.focus());
    return;
  }
  kept = { ...open.answers, ...shy.answers };
  fill(form);
  resume(begun);
  show(opened());
  look();
})();
