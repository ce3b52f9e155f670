// Two texts side by side with what differs marked: by lines, and within a line by what both begin and end with.

import { el } from "./dom.js";
import { word } from "./words.js";

/** Lines beyond which texts are not aligned: the work grows with the square. */
const MOST_LINES = 400;

/** A table of the client's text and of the one that has to be. */
export function diffTable(client, server) {
  const pairs = alignLines(client.split("\n"), server.split("\n"));
  const rows = pairs.map(([left, right]) => {
    if (left === right) return el("tr", {}, el("td", {}, left), el("td", {}, right));
    const [leftParts, rightParts] = left === null || right === null ? [[left], [right]] : markMiddle(left, right);
    return el("tr.changed", {}, side(left, leftParts, "less", word("removedLine")), side(right, rightParts, "more", word("addedLine")));
  });
  const head = el("tr", {}, el("th", { scope: "col" }, word("diffClient")), el("th", { scope: "col" }, word("diffServer")));
  return el("table.diff", {}, el("thead", {}, head), el("tbody", {}, rows));
}

function side(text, parts, tone, label) {
  if (text === null) return el("td", {}, "");
  const whole = parts.length === 1;
  const content = whole ? el("mark", {}, text === "" ? "↵" : text) : parts.map((part, index) => (index === 1 && part ? el("mark", {}, part) : part));
  return el(`td.${tone}`, {}, el("span.quiet", {}, `${label}: `), content);
}

/** Each text as what both begin with, its own, and what both end with. */
function markMiddle(left, right) {
  const [a, b] = [[...left], [...right]];
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  let end = 0;
  while (end < a.length - from && end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const parts = (letters) => [letters.slice(0, from).join(""), letters.slice(from, letters.length - end).join(""),
    letters.slice(letters.length - end).join("")];
  return [parts(a), parts(b)];
}

/** Pairs of lines in their order; null where a side has none. */
export function alignLines(left, right) {
  if (left.length > MOST_LINES || right.length > MOST_LINES) {
    return Array.from({ length: Math.max(left.length, right.length) }, (_, n) => [left[n] ?? null, right[n] ?? null]);
  }
  const common = longestCommon(left, right);
  const pairs = [];
  let [i, j] = [0, 0];
  for (const [nextLeft, nextRight] of [...common, [left.length, right.length]]) {
    while (i < nextLeft || j < nextRight) pairs.push([i < nextLeft ? left[i++] : null, j < nextRight ? right[j++] : null]);
    if (i < left.length && j < right.length) pairs.push([left[i++], right[j++]]);
  }
  return pairs;
}

/** Places of the longest list of lines that both have in this order. */
function longestCommon(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) found.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}
