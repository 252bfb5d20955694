// The static copy: searching without a server. Loaded only by pages that `onrecord publish` wrote.
"use strict";
(() => {
  const root = document.currentScript.dataset.root;
  document.querySelectorAll('form[role="search"]').forEach((form) => form.addEventListener("submit", (event) => {
    if (!form.action.includes("search.html")) return;
    event.preventDefault();
    location.href = `${root}search.html#q=${encodeURIComponent(form.elements.q.value)}`;
  }));
  document.querySelectorAll("[data-verify]").forEach((place) => place.remove());
  const results = document.getElementById("copy-results");
  if (!results) return;

  const read = async (name) => {
    const answer = await fetch(`${root}index/${name}.json`);
    return answer.ok ? answer.json() : null;
  };
  const prefix = (word) => [...word].slice(0, 2).map((letter) => letter.codePointAt(0).toString(16)).join("-");
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const link = (href, text) => { const made = element("a", text); made.href = root + href; return made; };

  const show = async () => {
    const asked = new URLSearchParams(location.hash.slice(1)).get("q") || "";
    document.getElementById("find").value = asked;
    const having = async (part) => {
      const terms = part.normalize("NFKD").toLowerCase().replace(/[\p{M}ـ]/gu, "").replace(/ى/g, "ي").replace(/ة/g, "ه").match(/[\p{L}\p{N}]+/gu) || [];
      let found = null;
      for (const term of terms) {
        const known = await read(`w${prefix(term)}`);
        const places = new Set((known && known[term]) || []);
        found = found === null ? [...places] : found.filter((place) => places.has(place));
      }
      return found || [];
    };
    const parts = await Promise.all(asked.replace(/(^|\s)place:/g, "$1").split(/\sOR\s/).map(having));
    const found = [...new Set(parts.flat())].sort((one, other) => one - other);
    results.replaceChildren(element("h2", `${found.length} statements with “${asked}”`, "sentence"));
    const list = element("ol", "", "hits");
    for (const place of found.slice(0, 100)) {
      const rows = await read(`s${Math.floor(place / 400)}`);
      const [id, who, words, kind, when, headline, article, site] = rows[place % 400];
      const hit = element("li", "", `hit ${kind}`);
      const said = element("p", "", "said");
      said.dir = "auto";
      said.append(link(`statement/${id}.html`, words));
      const meta = element("p", "", "meta");
      meta.append(link(`article/${article}.html#s-${id}`, headline), element("span", when), element("span", site || ""));
      hit.append(element("p", who, "by"), said, meta);
      list.append(hit);
    }
    results.append(list);
    if (!found.length) results.append(element("p", "The copy finds whole words, all of which must stand in a statement."));
  };
  addEventListener("hashchange", show);
  show();
})();
