/** One document while it is worked on: its values or its text, whichever is ahead, and every step back. */

import { isSame, joined, withValue } from "./studio_values.js";

/**
 * @typedef {{line: number, place: (string|number)[], field: string, message: string, remedy: string}} Fault
 * @typedef {"data"|"text"|"both"} Lead which side of a state is true; "both" after the server has read it
 * @typedef {{data: any, text: string, lead: Lead}} State
 * @typedef {{state: State, where: string, at: number}} Step
 */

const ONE_BREATH_MS = 2500;
const MOST_STEPS = 300;

/**
 * Tells `changed` when something was changed here, `replaced` when the values shown are no longer true,
 * and `checked` when there are new findings.
 */
export class Draft extends EventTarget {
  /** @type {Step[]} */
  #back = [];
  /** @type {Step[]} */
  #forth = [];
  /** Grows with every change, so that an answer knows whether it still fits. */
  version = 0;

  /** @param {any} document the draft document of the interface */
  constructor(document) {
    super();
    this.id = document.id;
    this.name = document.name;
    /** @type {State} */
    this.state = { data: document.data, text: document.text, lead: "both" };
    this.#note(document);
  }

  get data() {
    return this.state.data;
  }

  get text() {
    return this.state.text;
  }

  get canUndo() {
    return this.#back.length > 0;
  }

  get canRedo() {
    return this.#forth.length > 0;
  }

  /** Whether there are values to show; there are none while a text cannot be read, or has not been yet. */
  get isReadable() {
    return Boolean(this.state.data);
  }

  /** Put a value in its place. @param {(string|number)[]} path @param {any} value */
  set(path, value) {
    const data = withValue(this.state.data, path, value);
    this.#step(joined(path));
    this.state = { data, text: this.state.text, lead: "data" };
    this.#changed();
  }

  /** Take over the source as it was typed. @param {string} text */
  write(text) {
    if (text === this.state.text && this.state.lead !== "data") return;
    this.#step("source");
    // What the words come to is known again when the server has read them.
    this.state = { data: undefined, text, lead: "text" };
    this.#changed();
  }

  /** Put a whole state in place of what is here; it can be undone. @param {{data?: any, text?: string}} given */
  put(given) {
    this.#back.push({ state: this.state, where: "", at: 0 });
    this.#forth = [];
    const lead = given.text === undefined ? "data" : given.data === undefined ? "text" : "both";
    this.state = { data: given.data, text: given.text ?? this.state.text, lead };
    this.#changed();
    this.#tell("replaced");
  }

  /** Go one step back. @returns {string|null} where something changed, null when there is nothing to undo */
  undo() {
    return this.#go(this.#back, this.#forth);
  }

  /** Go one step forth again. @returns {string|null} */
  redo() {
    return this.#go(this.#forth, this.#back);
  }

  /** What is to be sent: the text where it is true, the values otherwise. @returns {{text: string}|{data: any}} */
  get content() {
    return this.state.lead === "data" ? { data: this.state.data } : { text: this.state.text };
  }

  /** What the server made of what was sent at a version. @param {any} document @param {number} version */
  accepted(document, version) {
    if (version === this.version) {
      const was = this.state;
      const data = was.lead === "data" ? was.data : document.data;
      // The same object, so that the steps that hold it know both sides as well.
      Object.assign(was, { data, text: document.text, lead: "both" });
      this.#note(document);
      this.#tell("read");
    } else {
      this.#note(document, true);
    }
    this.#tell("checked");
  }

  /** Take over what is stored, as it was before any change here. @param {any} document */
  begin(document) {
    const isOther = document.text !== this.state.text || !isSame(document.data, this.state.data);
    if (isOther) {
      this.#back.push({ state: this.state, where: "", at: 0 });
      this.#forth = [];
      this.state = { data: document.data, text: document.text, lead: "both" };
      this.version += 1;
    }
    this.#note(document);
    if (isOther) this.#tell("replaced");
    this.#tell("checked");
  }

  /** @param {any} document @param {boolean} [isOld] */
  #note(document, isOld = false) {
    this.revision = document.revision;
    this.editedAt = document.edited_at;
    this.editedBy = document.edited_by;
    // Findings of words that are gone would point at the wrong places of a source that has moved on.
    this.isBehind = isOld;
    /** @type {Fault[]} */
    this.faults = document.faults ?? [];
    /** @type {Fault[]} */
    this.hints = document.hints ?? [];
  }

  /** @param {string} where */
  #step(where) {
    const last = this.#back.at(-1);
    const now = Date.now();
    this.#forth = [];
    // What is typed in one breath into one field is one step.
    if (last && where && last.where === where && now - last.at < ONE_BREATH_MS) {
      last.at = now;
      return;
    }
    this.#back.push({ state: this.state, where, at: now });
    if (this.#back.length > MOST_STEPS) this.#back.shift();
  }

  /** @param {Step[]} from @param {Step[]} to @returns {string|null} */
  #go(from, to) {
    const step = from.pop();
    if (!step) return null;
    to.push({ state: this.state, where: step.where, at: 0 });
    this.state = step.state;
    this.#changed();
    this.#tell("replaced");
    return step.where;
  }

  #changed() {
    this.version += 1;
    this.#tell("changed");
  }

  /** @param {string} what */
  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
