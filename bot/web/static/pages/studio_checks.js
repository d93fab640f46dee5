/** The column of checks: what is to be put right, what may be better, each a link to its field or line. */

import { el } from "../widget/dom.js";
import { sectionOf } from "./studio_form.js";
import { counted, filled } from "./studio_words.js";
import { inWords, keysOf, parted } from "./studio_values.js";

/**
 * @typedef {import("./studio_draft.js").Fault} Fault
 * @typedef {import("./studio_draft.js").Draft} Draft
 * @typedef {import("./studio_form.js").Section} Section
 * @typedef {import("./studio_fields.js").Field} Field
 * @typedef {import("./studio_words.js").Strings} Strings
 */

export class Checks {
  /**
   * @param {HTMLElement} element @param {Draft} draft @param {Section[]} sections @param {Strings} strings
   * @param {(fault: Fault) => void} go
   */
  constructor(element, draft, sections, strings, go) {
    this.element = element;
    this.draft = draft;
    this.sections = sections;
    this.strings = strings;
    this.go = go;
    this.heading = el("h2", { class: "checks-title" });
    this.note = el("p", { class: "muted checks-note", text: strings.checks_note });
    this.faults = el("ul", { class: "checks" });
    this.hintsTitle = el("h3", {});
    this.hints = el("ul", { class: "checks hints" });
    element.replaceChildren(this.heading, this.note, this.faults, this.hintsTitle, this.hints);
    draft.addEventListener("checked", () => this.draw());
    this.draw();
  }

  draw() {
    const { draft, strings } = this;
    const count = draft.faults.length;
    this.heading.textContent = count ? counted(strings, "to_put_right", count) : strings.all_well;
    this.note.textContent = count ? strings.checks_note : strings.all_well_note;
    this.#fill(this.faults, draft.faults);
    this.#fill(this.hints, draft.hints);
    this.hintsTitle.textContent = draft.hints.length ? counted(strings, "hints", draft.hints.length) : "";
    this.hintsTitle.hidden = !draft.hints.length;
  }

  /** How many faults each section has. @returns {Map<Section, number>} */
  bySection() {
    /** @type {Map<Section, number>} */
    const counts = new Map();
    for (const fault of this.draft.faults) {
      const section = sectionOf(this.sections, fault.field);
      if (section) counts.set(section, (counts.get(section) ?? 0) + 1);
    }
    return counts;
  }

  /** @param {HTMLElement} rows @param {Fault[]} faults */
  #fill(rows, faults) {
    // Rows that stay are kept, so that the focus on one of them is not lost with every answer.
    const keys = faults.map((fault) => JSON.stringify([fault.field, fault.line, fault.message, fault.remedy]));
    const old = [...rows.children].map((row) => /** @type {HTMLElement} */ (row).dataset.key);
    if (keys.length === old.length && keys.every((key, index) => key === old[index])) return;
    const kept = new Map([...rows.children].map((row) => [/** @type {HTMLElement} */ (row).dataset.key, row]));
    rows.replaceChildren(...faults.map((fault, index) => kept.get(keys[index]) ?? this.#row(fault, keys[index])));
  }

  /** @param {Fault} fault @param {string} key */
  #row(fault, key) {
    const section = sectionOf(this.sections, fault.field);
    const labels = this.#labels(section, fault);
    const link = el("a", { href: section ? `#${section.id}` : "#source" }, inWords(fault, labels.at(-1) ?? ""));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.go(fault);
    });
    const where = [section?.title, ...labels, filled(this.strings.line, { line: fault.line })];
    return el("li", { data: { key } }, link,
      el("span", { class: "remedy", text: fault.remedy }),
      el("span", { class: "muted", text: where.filter(Boolean).join(" › ") }));
  }

  /** The labels on the way to a value, as the form shows them. @param {Section|null} section @param {Fault} fault */
  #labels(section, fault) {
    let fields = section?.fields ?? [];
    let rest = parted(fault.field);
    /** @type {string[]} */
    const names = [];
    /** @type {(string|number)[]} */
    let parent = [];
    while (rest.length) {
      const field = fields.find((one) => keysOf(one, parent).every((key, index) => String(key) === String(rest[index])));
      if (!field) break;
      const keys = keysOf(field, parent);
      parent = [...parent, ...keys];
      rest = rest.slice(keys.length);
      let name = field.label;
      if (typeof rest[0] === "number" && field.type === "list") {
        name = `${name} ${rest[0] + 1}`;
        parent = [...parent, rest[0]];
        rest = rest.slice(1);
      } else if (field.type === "by_level" && rest.length) {
        name = `${name} ${rest[0]}`;
      }
      names.push(name);
      fields = Array.isArray(field.item) ? field.item : [];
    }
    return names;
  }
}
