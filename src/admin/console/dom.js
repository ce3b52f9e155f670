// Making elements. Whatever comes from outside becomes a text or the value of an attribute, and never markup.

/**
 * An element: `el("a.code", { href: "#/codes", on: { click } }, "text", child, [more])`.
 * Children that are null, undefined or false are left out.
 */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length > 0) node.classList.add(...classes);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (key === "value" || key === "checked" || key === "disabled" || key === "open") {
      node[key] = value;
    } else {
      node.setAttribute(key, value === true ? "" : String(value));
    }
  }
  node.append(...clean(children));
  return node;
}

/** Where the console shows the call, or the ticket, of this id. */
export const callPlace = (id) => `#/call/${encodeURIComponent(id)}`;
export const ticketPlace = (id) => `#/ticket/${encodeURIComponent(id)}`;

/** Puts these children in the place of those that are there. */
export function fill(node, ...children) {
  node.replaceChildren(...clean(children));
  return node;
}

function clean(children) {
  return children.flat(9).filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/** A button. */
export function button(label, click, props = {}) {
  return el("button", { type: "button", on: { click }, ...props }, label);
}

/** A word with a colour of its own; the colour says nothing that the word does not. */
export function badge(text, tone = "plain") {
  return el(`span.badge.${tone}`, {}, text);
}

/** A choice among `[value, label]` pairs with a label before it. */
export function select(label, options, value, change, props = {}) {
  const made = options.map(([option, text]) => el("option", { value: option }, text));
  const node = el("select", { on: { change: () => change(node.value) }, ...props }, made);
  node.value = value;
  return el("label.field", {}, el("span", {}, label), node);
}

/** A line for text with a label before it; `change` is called a moment after the typing. */
export function textField(label, value, change, props = {}) {
  let waiting;
  const typed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change(node.value.trim()), 150);
  };
  const node = el("input", { type: "text", value, autocomplete: "off", spellcheck: "false", on: { input: typed }, ...props });
  return el("label.field", {}, el("span", {}, label), node);
}

/** Tells people, those who listen included, that something has happened. */
export function tell(text) {
  const news = document.getElementById("news");
  news.textContent = "";
  news.classList.add("shown");
  // A reader speaks only what changes.
  requestAnimationFrame(() => { news.textContent = text; });
  clearTimeout(tell.waiting);
  tell.waiting = setTimeout(() => news.classList.remove("shown"), 6000);
}

/** A text that can be copied, with its button. */
export function copyable(text, words, props = {}) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell(words.copied);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(pre);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      tell(words.selected);
    }
  };
  const pre = el("pre", { tabindex: "0", role: "region", "aria-label": props.label ?? words.text }, text);
  return el("div.copyable", {}, pre, button(words.copy, copy, { class: "small" }));
}
