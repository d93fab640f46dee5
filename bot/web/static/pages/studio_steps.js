/** The sections of a form as steps: a list of links, a select on narrow screens, one section shown at a time. */

import { el } from "../widget/dom.js";
import { counted } from "./studio_words.js";

/**
 * @typedef {import("./studio_form.js").Section} Section
 * @typedef {import("./studio_words.js").Strings} Strings
 */

export class Steps {
  /** @type {Map<Section, HTMLAnchorElement>} */
  #links = new Map();
  /** @type {Map<Section, HTMLOptionElement>} */
  #options = new Map();

  /**
   * @param {HTMLElement} list @param {HTMLSelectElement} select @param {Section[]} sections @param {Strings} strings
   * @param {(section: Section) => void} chosen
   */
  constructor(list, select, sections, strings, chosen) {
    this.sections = sections;
    this.strings = strings;
    const rows = sections.map((section) => {
      const link = /** @type {HTMLAnchorElement} */ (
        el("a", { href: `#${section.id}` }, el("span", { text: section.title }), el("span", { class: "count" }))
      );
      const option = /** @type {HTMLOptionElement} */ (el("option", { value: section.id, text: section.title }));
      this.#links.set(section, link);
      this.#options.set(section, option);
      select.append(option);
      return el("li", {}, link);
    });
    list.replaceChildren(el("ol", {}, ...rows));
    this.select = select;
    select.addEventListener("change", () => (location.hash = select.value));
    globalThis.addEventListener("hashchange", () => {
      const section = this.asked;
      if (section) chosen(section);
    });
  }

  /** The section that the address names, the first where it names none. @returns {Section|undefined} */
  get asked() {
    const name = decodeURIComponent(location.hash.slice(1));
    return name ? this.sections.find((section) => section.id === name) : this.sections[0];
  }

  /** Show which section is open. @param {Section} section */
  open(section) {
    for (const [one, link] of this.#links)
      if (one === section) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    this.select.value = section.id;
  }

  /** Show how much is to be put right in each. @param {Map<Section, number>} counts */
  count(counts) {
    for (const section of this.sections) {
      const count = counts.get(section) ?? 0;
      const place = /** @type {HTMLElement} */ (this.#links.get(section)?.lastElementChild);
      const words = count ? counted(this.strings, "to_put_right", count) : "";
      place.replaceChildren(
        ...(count ? [el("span", { "aria-hidden": "true", text: String(count) }), el("span", { class: "hidden", text: words })] : []),
      );
      const option = /** @type {HTMLOptionElement} */ (this.#options.get(section));
      const title = words ? `${section.title} (${words})` : section.title;
      if (option.textContent !== title) option.textContent = title;
    }
  }
}
