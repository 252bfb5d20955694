// Reading is possible without this script; it saves a few clicks. No state is kept.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("has-script");
  const notes = [...document.querySelectorAll(".note")];
  let open = null;

  // Mark the words of a statement, and open its note.
  const show = (note, scroll) => {
    document.querySelectorAll(".run.on").forEach((run) => run.classList.remove("on"));
    if (open) open.classList.remove("open");
    open = note;
    if (!note) return;
    note.classList.add("open");
    document.querySelectorAll(`.m${note.dataset.number}`).forEach((run) => run.classList.add("on"));
    if (scroll) {
      note.focus({ preventScroll: true });
      const box = note.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) note.scrollIntoView({ block: "center" });
    }
  };
  const go = (note) => { if (note) { location.hash = note.id; show(note, true); } };  // at once: the event comes later
  const follow = () => {
    const note = notes.find((each) => `#${each.id}` === location.hash) || null;
    // In a long text that is shown in parts the statement may stand in another one.
    if (!note && location.hash.startsWith("#s-") && document.querySelector("[data-parts]") && !location.search.includes("at="))
      location.replace(`${location.pathname}?at=${location.hash.slice(3)}${location.hash}`);
    else show(note, true);
  };
  addEventListener("hashchange", follow);
  if (notes.length) follow();

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) { event.preventDefault(); location.hash = "text"; return; }
    const verify = event.target.closest("a[data-verify]");
    if (verify) { event.preventDefault(); check(verify.getAttribute("href"), verify.closest(".more")); return; }
    const run = event.target.closest(".text .run");
    if (!run || event.target.closest("a") || String(getSelection())) return;
    const number = [...run.classList].reverse().find((name) => /^m\d+$/.test(name));
    if (number) go(notes.find((note) => note.dataset.number === number.slice(1)));
  });

  // Verify in place: the same answer as the page, from its JSON form.
  const check = async (address, place) => {
    const list = document.createElement("ol");
    list.className = "checks";
    list.setAttribute("role", "status");
    place.querySelectorAll(".checks").forEach((old) => old.remove());
    place.append(list);
    const say = (holds, what, detail) => {
      const item = document.createElement("li");
      item.className = holds ? "holds" : "broken";
      const word = document.createElement("strong");
      word.textContent = holds ? "Holds" : "Broken";
      const more = document.createElement("span");
      more.className = "detail";
      more.textContent = detail;
      item.append(word, ` ${what}`, more);
      list.append(item);
    };
    try {
      const answer = await (await fetch(`${address}.json`)).json();
      if (answer.error) say(false, answer.error.message, answer.error.help);
      else answer.data.checks.forEach((step) => say(step.holds, step.what, step.detail));
    } catch {
      say(false, "The server did not answer", "Is it still running?");
    }
  };
  document.querySelectorAll("form[data-verify]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(form.getAttribute("action").replace(/#.*/, ""), document.getElementById("verified"));
  }));

  // A button that copies, beside each citation.
  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach((place) => {
    const words = place.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => navigator.clipboard.writeText(words).then(
      () => { button.textContent = "Copied"; }, () => { button.textContent = "Could not copy"; }));
    place.append(" ", button);
  });

  // Brush over the timeline: from the month where it begins to the month where it ends.
  document.querySelectorAll('svg[data-plot="hits"]').forEach((plot) => {
    const bars = [...plot.querySelectorAll(".months a")];
    const month_of = (bar) => bar && new URL(bar.getAttribute("href"), location.href).searchParams.get("since");
    const month = (event) => month_of(event.target.closest(".months a"));
    let from = null;
    const paint = (to) => {
      const [first, last] = [from, to].sort();
      bars.forEach((bar) => bar.classList.toggle("chosen", from !== null && month_of(bar) >= first && month_of(bar) <= last));
    };
    plot.addEventListener("dragstart", (event) => event.preventDefault());
    plot.addEventListener("pointerdown", (event) => { from = month(event) || null; });
    plot.addEventListener("pointermove", (event) => { if (from && month(event)) paint(month(event)); });
    addEventListener("pointerup", (event) => {
      const to = from && plot.contains(event.target) ? month(event) : null;
      const since = from;
      from = null;
      if (!to || to === since) { paint(null); return; }
      const address = new URL(location.href);
      [since, to].sort().forEach((each, place) => address.searchParams.set(place ? "until" : "since", each));
      address.searchParams.delete("cursor");
      location.href = address;
    });
  });

  // What curators judged is being applied: tell how far it is, and show the new state when it is done.
  document.querySelectorAll("[data-applying]").forEach((place) => {
    const timer = setInterval(async () => {
      const answer = await fetch(place.dataset.applying).catch(() => null);
      if (!answer || !answer.ok) { clearInterval(timer); return; }
      const { running, words } = (await answer.json()).data;
      if (running) { place.textContent = words; return; }
      clearInterval(timer);
      if (!document.querySelector("input:focus")) location.reload();
      else place.textContent = "Applied; open the page again to see it.";
    }, 2000);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing) { document.getElementById("find")?.focus(); event.preventDefault(); }
    if (typing) return;
    const press = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (press) { press.click(); return; }
    const field = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
    if (field) { field.focus(); event.preventDefault(); return; }
    if (event.key === "Escape" && open) location.hash = "text";
    if ((event.key === "j" || event.key === "k") && notes.length) {
      const place = notes.indexOf(open) + (event.key === "j" ? 1 : open ? -1 : notes.length);
      go(notes[Math.min(Math.max(place, 0), notes.length - 1)]);
    }
  });
})();
