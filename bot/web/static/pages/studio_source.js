/** The source view: the same document as plain text, with numbered lines; Tab leaves it as it leaves any field. */

import { el } from "../widget/dom.js";
import { filled } from "./studio_words.js";
import { parted } from "./studio_values.js";

/**
 * @typedef {import("./studio_draft.js").Draft} Draft
 * @typedef {import("./studio_words.js").Strings} Strings
 */

export class Source {
  /** @param {HTMLElement} element @param {Draft} draft @param {Strings} strings @param {boolean} [isReadOnly] */
  constructor(element, draft, strings, isReadOnly = false) {
    this.draft = draft;
    this.strings = strings;
    this.gutter = el("div", { class: "gutter", "aria-hidden": "true" });
    this.area = /** @type {HTMLTextAreaElement} */ (
      el("textarea", {
        id: "source-text", class: "source-text", wrap: "off", spellcheck: "false", autocomplete: "off", autocapitalize: "off",
        readonly: isReadOnly, "aria-describedby": "source-hint source-place",
      })
    );
    this.place = el("p", { class: "muted", id: "source-place" });
    this.number = /** @type {HTMLInputElement} */ (el("input", { id: "source-line", inputmode: "numeric", class: "figure", autocomplete: "off" }));
    const go = el("form", { class: "row go-to-line" }, el("label", { for: "source-line", text: strings.go_to_line }), this.number,
      el("button", { class: "quiet", text: strings.go }));
    element.replaceChildren(
      el("h2", { class: "section-title" }, el("label", { for: "source-text", text: strings.source_title })),
      el("p", { class: "hint", id: "source-hint", text: strings.source_hint }),
      el("div", { class: "source" }, this.gutter, this.area),
      el("div", { class: "row spread" }, this.place, go),
    );
    go.addEventListener("submit", (event) => {
      event.preventDefault();
      this.goToLine(Number(this.number.value) || 1);
    });
    this.area.addEventListener("input", () => {
      draft.write(this.area.value);
      this.#number();
    });
    this.area.addEventListener("scroll", () => (this.gutter.scrollTop = this.area.scrollTop));
    for (const name of ["keyup", "click", "focus"]) this.area.addEventListener(name, () => this.#tellPlace());
    draft.addEventListener("checked", () => this.#number());
  }

  /** Show the text as it is now. */
  show() {
    if (this.area.value !== this.draft.text) {
      const { selectionStart, scrollTop } = this.area;
      this.area.value = this.draft.text;
      this.area.setSelectionRange(selectionStart, selectionStart);
      this.area.scrollTop = scrollTop;
    }
    this.#number();
    this.#tellPlace();
  }

  /** Put the cursor at the beginning of a line, in sight. @param {number} line */
  goToLine(line) {
    const lines = this.area.value.split("\n");
    const index = Math.min(Math.max(line, 1), lines.length) - 1;
    const start = lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + lines[index].length);
    const height = this.area.scrollHeight / lines.length;
    this.area.scrollTop = Math.max(0, height * index - this.area.clientHeight / 3);
    this.area.scrollLeft = 0;
    this.gutter.scrollTop = this.area.scrollTop;
    this.#tellPlace();
  }

  /** The line that the cursor is in. */
  get line() {
    return this.area.value.slice(0, this.area.selectionStart).split("\n").length;
  }

  #number() {
    const faulty = new Set(this.draft.faults.map((fault) => fault.line));
    const count = this.area.value.split("\n").length;
    const signature = `${count}:${[...faulty].join(",")}`;
    if (this.gutter.dataset.signature === signature) return;
    this.gutter.dataset.signature = signature;
    this.gutter.replaceChildren(
      ...Array.from({ length: count }, (_, index) =>
        el("span", { class: faulty.has(index + 1) ? "faulty" : null, text: faulty.has(index + 1) ? `▸${index + 1}` : String(index + 1) }),
      ),
    );
    this.gutter.scrollTop = this.area.scrollTop;
  }

  #tellPlace() {
    const { line } = this;
    const fault = this.draft.faults.find((one) => one.line === line);
    this.place.textContent = filled(this.strings.line, { line }) + (fault ? `: ${fault.message}` : "");
  }
}

/** The line on which a value stands, or the nearest that can be told. @param {string} text @param {string} where */
export function lineOf(text, where) {
  const lines = text.split("\n");
  let at = 0;
  let indent = -1;
  let found = 1;
  for (const key of parted(where)) {
    const next = typeof key === "number" ? itemLine(lines, at, indent, key) : keyLine(lines, at, indent, key);
    if (next === null) break;
    indent = indentOf(lines[next]);
    found = next + 1;
    at = typeof key === "number" ? next : next + 1;
  }
  return found;
}

/** The value that a line belongs to, as far as the lines above it tell. @param {string} text @param {number} line */
export function placeOf(text, line) {
  const lines = text.split("\n");
  let index = Math.min(line, lines.length) - 1;
  while (index >= 0 && !/^[\w"'-]+:/.test(lines[index])) index -= 1;
  if (index < 0) return "";
  const key = lines[index].split(":")[0].replace(/["']/g, "");
  const items = lines.slice(index + 1, line).filter((one) => /^\s*-\s/.test(one));
  const least = Math.min(...items.map(indentOf));
  const count = items.filter((one) => indentOf(one) === least).length;
  return count ? `${key}.${count - 1}` : key;
}

/** @param {string} line */
const indentOf = (line) => line.length - line.trimStart().length;

/** @param {string[]} lines @param {number} from @param {number} indent @param {string} key */
function keyLine(lines, from, indent, key) {
  const pattern = new RegExp(`^\\s*(- )?["']?${key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}["']?\\s*:`);
  for (let index = from; index < lines.length; index += 1) {
    if (pattern.test(lines[index]) && indentOf(lines[index]) >= Math.max(indent, 0)) return index;
    if (index > from && lines[index].trim() && indentOf(lines[index]) < indent) return null;
    if (indent === 0 && index > from && /^\w/.test(lines[index])) return null;
  }
  return null;
}

/** @param {string[]} lines @param {number} from @param {number} indent @param {number} wanted */
function itemLine(lines, from, indent, wanted) {
  let own = -1;
  let count = -1;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line.trim() || line.trimStart().startsWith("#")) continue;
    const isItem = /^\s*- /.test(line);
    if (own < 0 && isItem) own = indentOf(line);
    if (indentOf(line) < Math.max(own, indent) || (!isItem && indentOf(line) <= indent)) return null;
    if (isItem && indentOf(line) === own && (count += 1) === wanted) return index;
  }
  return null;
}
