// Programs that call this emulator, ready to paste.

import { get } from "./api.js";
import { copyable, el, fill, select } from "./dom.js";
import { attempt } from "./problem.js";
import { copyWords, word } from "./words.js";

const load = () => get("snippets");

/** A choice among all vendors that there are. */
export function vendorSelect(change) {
  const box = el("span");
  const draw = (names) => fill(box, select(word("vendor"), [["", word("all")], ...names.map((name) => [name, name])], "", change));
  draw([]);
  get("snippets?sandbox=default").then(({ snippets }) => draw([...new Set(snippets.map((one) => one.vendor))].sort()), () => {});
  return box;
}

/** One program of each vendor, for whoever has nothing yet. */
export function snippetsToBegin() {
  const box = el("div");
  load().then(({ snippets }) => {
    const firsts = snippets.filter((one, index) => snippets.findIndex((other) => other.vendor === one.vendor) === index);
    fill(box, firsts.map((one) => [el("h2", {}, one.name), copyable(one.text, copyWords(), { label: one.name })]),
      el("p", {}, el("a", { href: "#/snippets" }, word("snippets"))));
  }, () => {});
  return box;
}

export function show({ title, id }) {
  const problems = el("div");
  const content = el("div");
  attempt(problems, load).then((found) => {
    if (!found) return;
    const list = found.snippets;
    const text = el("div");
    const draw = (name) => {
      const chosen = list.find((one) => one.name === name) ?? list[0];
      fill(text, copyable(chosen.text, copyWords(), { label: chosen.name }));
    };
    const first = list.some((one) => one.name === id) ? id : list[0].name;
    fill(content, el("div.bar", {}, select(word("program"), list.map((one) => [one.name, one.name]), first, draw, { id: "program" })), text);
    draw(first);
  });
  return { node: el("div", {}, title, el("p.soft", {}, word("snippetsAbout")), problems, content), heard: () => {} };
}
