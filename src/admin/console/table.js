// A long list as a table of which only the rows in sight are in the page. Every row has the same height.

import { el } from "./dom.js";

const MOST = 10000;
const BEYOND = 12;

/**
 * `columns` are `{ name, title, cell(item), hide }`; `keyOf` tells rows apart; `linkOf` is where the row leads;
 * `loadMore` is called when the end comes near. The heading cells are named by `title`.
 */
export function longTable({ caption, columns, keyOf, rowClass, isChosen, loadMore }) {
  let items = [];
  let drawn = "";
  const head = el("tr", {}, columns.map((column) => el(`th.${column.name}`, { scope: "col" }, column.title)));
  const above = spacer();
  const below = spacer();
  const body = el("tbody", { on: { keydown: moveAmongRows, click: followRow } });
  const table = el("table.long", { "aria-rowcount": "-1" }, el("caption.quiet", {}, caption), el("thead", {}, head),
    el("tbody", { "aria-hidden": "true" }, above), body, el("tbody", { "aria-hidden": "true" }, below));
  const node = el("div.scroller", { tabindex: "0", role: "region", "aria-label": caption, on: { scroll: () => draw() } }, table);
  new ResizeObserver(() => draw()).observe(node);

  const rowHeight = () => parseFloat(getComputedStyle(node).getPropertyValue("--row")) || 34;

  function draw(again = false) {
    const height = rowHeight();
    const first = Math.max(0, Math.floor(node.scrollTop / height) - BEYOND);
    const last = Math.min(items.length, Math.ceil((node.scrollTop + node.clientHeight) / height) + BEYOND);
    const range = `${first}-${last}`;
    if (range !== drawn || again) {
      drawn = range;
      drawRows(first, last);
      above.style.height = `${first * height}px`;
      below.style.height = `${(items.length - last) * height}px`;
      table.setAttribute("aria-rowcount", String(items.length + 1));
    }
    if (last > items.length - 2 * BEYOND) loadMore?.();
  }

  // Rows that stay keep their elements, so that focus and selection outlive news.
  function drawRows(first, last) {
    const there = new Map([...body.children].map((row) => [row.dataset.key, row]));
    const rows = items.slice(first, last).map((item, index) => {
      const key = keyOf(item);
      const known = there.get(key);
      const row = known && known.item === item ? known : makeRow(item, key);
      row.setAttribute("aria-rowindex", String(first + index + 2));
      const chosen = isChosen?.(item) ?? false;
      row.classList.toggle("chosen", chosen);
      return row;
    });
    const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.key : null;
    const same = rows.length === body.children.length && rows.every((row, index) => body.children[index] === row);
    if (same) return;
    const kept = new Set(rows);
    for (const row of [...body.children]) if (!kept.has(row)) row.remove();
    rows.forEach((row, index) => { if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null); });
    if (focused && !body.contains(document.activeElement)) {
      rows.find((row) => row.dataset.key === focused)?.querySelector("a, button")?.focus({ preventScroll: true });
    }
  }

  function makeRow(item, key) {
    const row = el("tr", { class: rowClass?.(item), "data-key": key },
      columns.map((column) => el(`td.${column.name}`, {}, column.cell(item))));
    row.item = item;
    return row;
  }

  /** A click anywhere in a row does what its link in the first place does, unless a text is being selected. */
  function followRow(event) {
    if (event.target.closest("a, button, input") || !getSelection().isCollapsed) return;
    event.target.closest("tr")?.querySelector("a")?.click();
  }

  function moveAmongRows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest("tr");
    if (!step || !row || event.target.matches("input, select")) return;
    const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const link = next?.querySelector("a, button");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }

  return {
    node,
    draw,
    items: () => items,
    /** Everything anew, from the top. */
    set(list) {
      items = list.slice(0, MOST);
      node.scrollTop = 0;
      draw(true);
    },
    /** The same list with changed items, where the reader is. */
    update(list) {
      items = list.slice(0, MOST);
      draw(true);
    },
    append(list) {
      items = items.concat(list).slice(0, MOST);
      draw(true);
    },
    /** News stand on top; who has scrolled down goes on seeing the same rows. */
    prepend(list) {
      items = list.concat(items).slice(0, MOST);
      const before = node.scrollTop;
      draw(true);
      if (before > 0) node.scrollTop = before + list.length * rowHeight();
    },
    /** Puts the focus on the link of the row, if it is in sight. */
    focusRow(fits) {
      const row = [...body.children].find((one) => fits(one.item));
      row?.querySelector("a, button")?.focus();
    },
    isFull: () => items.length >= MOST,
  };
}

function spacer() {
  return el("tr.spacer", {}, el("td"));
}
