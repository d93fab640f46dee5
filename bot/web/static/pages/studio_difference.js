/** Shows line by line how two texts differ. */

import { el } from "../widget/dom.js";

/** @typedef {{kind: "same"|"added"|"removed", text: string}} Line */

/** So many unchanged lines are shown around a change. */
const AROUND = 2;
/** Longer middles are shown as taken out and put in, which takes no time. */
const MOST_COMPARED = 1_000_000;

/** The lines of two texts, the common ones once. @param {string} before @param {string} after @returns {Line[]} */
export function difference(before, after) {
  const old = before.split("\n");
  const fresh = after.split("\n");
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return [
    ...lines("same", old.slice(0, start)),
    ...middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...lines("same", old.slice(old.length - end)),
  ];
}

/** A table-like list of what differs, with words for those who see no colours. @param {Line[]} all @param {import("./studio_words.js").Strings} strings */
export function differenceList(all, strings) {
  const near = new Set();
  for (const [index, line] of all.entries())
    if (line.kind !== "same") for (let at = index - AROUND; at <= index + AROUND; at += 1) near.add(at);
  const rows = [];
  for (const [index, line] of all.entries()) {
    if (!near.has(index)) {
      if (near.has(index - 1)) rows.push(el("li", { class: "gap", text: "…" }));
      continue;
    }
    const sign = { same: " ", added: "+", removed: "−" }[line.kind];
    const word = line.kind === "same" ? "" : el("span", { class: "hidden", text: `${strings[`difference.${line.kind}`]}: ` });
    rows.push(el("li", { class: line.kind }, el("span", { "aria-hidden": "true", text: sign }), word, el("code", { dir: "auto", text: line.text })));
  }
  return el("ol", { class: "difference", tabindex: "0", "aria-label": strings["difference.title"] }, ...rows);
}

/** @param {Line["kind"]} kind @param {string[]} texts @returns {Line[]} */
const lines = (kind, texts) => texts.map((text) => ({ kind, text }));

/** The longest common lines of two middles. @param {string[]} old @param {string[]} fresh @returns {Line[]} */
function middle(old, fresh) {
  if (!old.length || !fresh.length || old.length * fresh.length > MOST_COMPARED)
    return [...lines("removed", old), ...lines("added", fresh)];
  const width = fresh.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        old[i] === fresh[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
  /** @type {Line[]} */
  const found = [];
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      found.push({ kind: "same", text: old[i] });
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      found.push({ kind: "removed", text: old[i] });
      i += 1;
    } else {
      found.push({ kind: "added", text: fresh[j] });
      j += 1;
    }
  }
  return found;
}
