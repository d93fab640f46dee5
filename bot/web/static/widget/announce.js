/** Speaks to screen readers through hidden live regions that are emptied after about a second. */

import { el } from "./dom.js";

const KEPT_MS = 1000;

export class Announcer {
  #polite = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
  #urgent = el("div", { class: "unseen", role: "alert", "aria-live": "assertive" });
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** The regions, to be placed before anything is said. */
  get regions() {
    return [this.#polite, this.#urgent];
  }

  /** Say plain text; `urgent` interrupts and is kept for the top level only. @param {string} text @param {boolean} [urgent] */
  say(text, urgent = false) {
    clearTimeout(this.#timer);
    (urgent ? this.#urgent : this.#polite).textContent = text;
    this.#timer = setTimeout(() => this.clear(), KEPT_MS);
  }

  /** Empty both regions. */
  clear() {
    clearTimeout(this.#timer);
    this.#polite.textContent = "";
    this.#urgent.textContent = "";
  }
}
