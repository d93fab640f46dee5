/** The form and the source of one document: one section at a time, or the text; switching keeps the place. */

import { el } from "../widget/dom.js";
import { build, focusField, mark, sectionOf, sectionParts } from "./studio_form.js";
import { lineOf, placeOf, Source } from "./studio_source.js";
import { Steps } from "./studio_steps.js";
import { filled } from "./studio_words.js";
import { valueAt } from "./studio_values.js";

/**
 * @typedef {import("./studio_draft.js").Draft} Draft
 * @typedef {import("./studio_draft.js").Fault} Fault
 * @typedef {import("./studio_form.js").Section} Section
 * @typedef {import("./studio_words.js").Strings} Strings
 * @typedef {{isReadOnly: boolean, announce: (text: string) => void, settle: () => Promise<boolean>,
 *   extras: (section: Section) => HTMLElement[]}} Surroundings
 */

export class View {
  isSource = false;
  /** The field that was last worked on. */
  #where = "";
  /** The values that the form shows. @type {any} */
  #shown;

  /** @param {HTMLElement} root @param {Draft} draft @param {Section[]} sections @param {Strings} strings @param {Surroundings} around */
  constructor(root, draft, sections, strings, around) {
    this.draft = draft;
    this.sections = sections;
    this.strings = strings;
    this.around = around;
    this.form = part(root, "[data-form-part]");
    this.sourcePart = part(root, "[data-source-part]");
    this.toggle = part(root, "[data-source]");
    this.source = new Source(this.sourcePart, draft, strings, around.isReadOnly);
    const select = /** @type {HTMLSelectElement} */ (part(root, "[data-step-choice]"));
    this.steps = new Steps(part(root, "[data-steps]"), select, sections, strings, (section) => this.#chosen(section));
    this.section = this.steps.asked ?? sections[0];
    this.toggle.addEventListener("click", () => void (this.isSource ? this.toForm() : this.toSource()));
    this.form.addEventListener("focusin", (event) => {
      const box = /** @type {HTMLElement} */ (event.target).closest("[data-field]");
      if (box instanceof HTMLElement) this.#where = box.dataset.field ?? "";
    });
    draft.addEventListener("replaced", () => this.draw());
    draft.addEventListener("read", () => !this.isSource && this.#shown !== draft.data && this.draw());
    draft.addEventListener("checked", () => this.mark());
    this.draw();
  }

  /** Draw what is shown anew, as the document is now. */
  draw() {
    if (this.isSource) return this.source.show();
    this.steps.open(this.section);
    const { top } = document.documentElement.getBoundingClientRect();
    this.form.replaceChildren(...(this.draft.isReadable ? this.#parts() : this.#unreadable()));
    this.#shown = this.draft.data;
    this.mark();
    // A page that grew shorter for a moment would have jumped.
    scrollTo({ top: -top, behavior: "instant" });
    return undefined;
  }

  /** Mark what is wrong in what is shown. */
  mark() {
    if (!this.draft.isBehind) mark(this.form, this.draft.faults);
  }

  /** Open the section and put the focus on a field. @param {string} where such as "account.invoices.0.total" */
  async goToField(where) {
    if (this.isSource && !(await this.toForm())) return;
    this.reveal(where);
    focusField(this.form, where);
  }

  /** Show the section that a field is in. @param {string} where */
  reveal(where) {
    const section = sectionOf(this.sections, where);
    if (!section || this.isSource || section === this.section) return;
    this.section = section;
    history.pushState(null, "", `#${section.id}`);
    this.draw();
  }

  /** Go to where a fault is: its field, or its line where no field shows it. @param {Fault} fault */
  async goTo(fault) {
    const hasField = this.draft.isReadable && sectionOf(this.sections, fault.field);
    if (this.isSource) this.source.goToLine(fault.line);
    else if (hasField) await this.goToField(fault.field);
    else await this.toSource(fault.line);
  }

  /** Show the source, at the line of what was worked on. @param {number} [line] */
  async toSource(line) {
    // The text that belongs to the values is made when they are saved.
    if (this.draft.state.lead === "data" && !(await this.around.settle()))
      return this.around.announce(this.strings.source_after_saving);
    const where = this.#where || this.section.fields[0]?.path || "";
    this.#turn(true);
    this.source.show();
    this.source.goToLine(line ?? lineOf(this.draft.text, where));
    return undefined;
  }

  /** Show the form, at the section of the line that the cursor is in. @returns {Promise<boolean>} whether it could be shown */
  async toForm() {
    const place = placeOf(this.source.area.value, this.source.line);
    if (this.draft.state.lead === "text") await this.around.settle();
    this.section = (place && sectionOf(this.sections, place)) || this.section;
    history.replaceState(null, "", `#${this.section.id}`);
    this.#turn(false);
    this.draw();
    if (!this.draft.isReadable || !place || !focusField(this.form, place)) this.focusTitle();
    return this.draft.isReadable;
  }

  /** Put the focus on the heading of what is shown. */
  focusTitle() {
    if (this.isSource) this.source.area.focus();
    else part(this.form, "h2").focus();
  }

  /** @param {boolean} isSource */
  #turn(isSource) {
    this.isSource = isSource;
    this.form.hidden = isSource;
    this.sourcePart.hidden = !isSource;
    this.toggle.setAttribute("aria-pressed", String(isSource));
    document.body.classList.toggle("in-source", isSource);
  }

  /** @param {Section} section */
  #chosen(section) {
    this.section = section;
    this.#where = "";
    if (this.isSource) {
      this.steps.open(section);
      return this.source.goToLine(lineOf(this.draft.text, section.fields[0]?.path ?? ""));
    }
    this.draw();
    this.focusTitle();
    return part(this.form, "h2").scrollIntoView({ block: "nearest" });
  }

  #parts() {
    const { section, around, strings } = this;
    const index = this.sections.indexOf(section);
    const link = (/** @type {Section|undefined} */ to, /** @type {string} */ words) =>
      to ? el("a", { class: "button quiet", href: `#${to.id}`, text: filled(words, { title: to.title }) }) : el("span");
    return [
      el("h2", { class: "section-title", tabindex: "-1", text: section.title }),
      section.hint ? el("p", { class: "hint", text: section.hint }) : "",
      ...around.extras(section),
      ...sectionParts(section, this.#context()),
      el("div", { class: "row spread around" }, link(this.sections[index - 1], strings.step_before), link(this.sections[index + 1], strings.step_after)),
    ];
  }

  #unreadable() {
    const { draft, strings } = this;
    const [fault] = draft.faults;
    const title = el("h2", { class: "section-title", tabindex: "-1", text: this.section.title });
    if (draft.data === undefined) return [title, el("p", { class: "muted", text: strings.not_read_yet })];
    const open = el("button", { type: "button", class: "main", text: filled(strings.open_line, { line: fault?.line ?? 1 }) });
    open.addEventListener("click", () => void this.toSource(fault?.line ?? 1));
    return [title, el("div", { class: "problem" }, el("p", { text: strings.unreadable }),
      el("p", { text: fault ? `${filled(strings.line, { line: fault.line })}: ${fault.message} ${fault.remedy}` : "" })), open];
  }

  /** @returns {import("./studio_fields.js").Context} */
  #context() {
    const { draft, strings, around } = this;
    return {
      strings,
      isReadOnly: around.isReadOnly,
      value: (path) => valueAt(draft.data, path),
      data: () => draft.data,
      change: (path, value) => {
        draft.set(path, value);
        this.#shown = draft.data;
      },
      say: around.announce,
      marked: () => this.mark(),
      build,
    };
  }
}

/** @param {HTMLElement} root @param {string} selector @returns {HTMLElement} */
function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}
