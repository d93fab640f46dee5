/** What needs a decision above the form: words of two people, words that an earlier visit left, a draft that is gone. */

import { el } from "../widget/dom.js";
import { difference, differenceList } from "./studio_difference.js";
import { filled, moment } from "./studio_words.js";
import { isSame } from "./studio_values.js";

/**
 * @typedef {import("./studio_draft.js").Draft} Draft
 * @typedef {import("./studio_saving.js").Saving} Saving
 * @typedef {import("./studio_kept.js").Kept} Kept
 * @typedef {import("./studio_words.js").Strings} Strings
 */

export class Banners {
  /**
   * @param {HTMLElement} element @param {Draft} draft @param {Saving} saving @param {Strings} strings
   * @param {(text: string) => void} announce @param {() => void} leave puts the focus back into the form
   */
  constructor(element, draft, saving, strings, announce, leave) {
    this.element = element;
    this.draft = draft;
    this.saving = saving;
    this.strings = strings;
    this.announce = announce;
    this.leave = leave;
    saving.addEventListener("conflict", () => this.#askWhose());
    saving.addEventListener("gone", () => this.#sayGone());
  }

  /** Offer what an earlier visit could not save, unless it is what is stored. */
  offerKept() {
    const same = (/** @type {Kept} */ one) =>
      one.content.text === undefined
        ? isSame(one.content.data, this.draft.data)
        : one.content.text === this.draft.text;
    for (const one of this.saving.kept.offered.filter(same)) this.saving.kept.drop(one);
    const [kept] = this.saving.kept.offered;
    if (kept) this.#offer(kept);
  }

  /** @param {Kept} kept */
  #offer(kept) {
    const { strings, saving, draft } = this;
    const isOlder = kept.revision !== draft.revision;
    const who = { time: moment(kept.at), name: draft.editedBy, at: moment(draft.editedAt ?? kept.at) };
    const words = [filled(strings.kept_words, who), isOlder ? filled(strings.kept_older, who) : ""].join(" ").trim();
    const decide = () => {
      saving.kept.drop(kept);
      this.#close();
      this.offerKept();
    };
    this.#show(strings.kept_title, words, [
      [strings.bring_back, "main", () => {
        draft.put(kept.content);
        decide();
        this.announce(strings.brought_back);
      }],
      [strings.show_difference, "quiet", () => this.#compare(draft.text, kept.content)],
      [strings.throw_away, "quiet", decide],
    ]);
  }

  #askWhose() {
    const { saving, strings } = this;
    const { conflict } = saving;
    if (!conflict) return;
    const who = { name: conflict.edited_by, time: moment(conflict.edited_at) };
    this.#show(strings.conflict_title, filled(strings.conflict, who), [
      [strings.show_difference, "quiet", () => this.#compare(conflict.text, this.draft.content)],
      [filled(strings.take_theirs, who), "quiet", async () => {
        await saving.takeTheirs();
        this.#close();
        this.announce(filled(strings.took_theirs, who));
      }],
      [strings.keep_mine, "quiet", async () => {
        this.#close();
        await saving.keepMine();
        if (!saving.conflict) this.announce(filled(strings.kept_mine, who));
      }],
    ]);
  }

  #sayGone() {
    this.#show(this.strings.gone_title, this.strings.gone, [
      [this.strings.open_anew, "main", () => location.reload()],
    ]);
  }

  /** @param {string} stored @param {Kept["content"]} content */
  async #compare(stored, content) {
    const mine = await this.saving.textOf(content);
    const isSameText = mine === stored;
    const rows = differenceList(difference(stored, mine), this.strings);
    this.element.querySelector("[data-compared]")?.replaceChildren(
      el("p", { class: "muted", text: this.strings[isSameText ? "difference.none" : "difference.legend"] }), rows);
    rows.focus();
  }

  /** @param {string} title @param {string} words @param {[string, string, () => unknown][]} deeds */
  #show(title, words, deeds) {
    const problem = el("p", { class: "problem", role: "alert" });
    problem.hidden = true;
    const buttons = deeds.map(([name, look, act]) => {
      const button = el("button", { type: "button", class: look, text: name });
      button.addEventListener("click", async () => {
        problem.hidden = true;
        try {
          await act();
        } catch (error) {
          problem.textContent = error instanceof Error && error.name === "ProblemError" ? error.message : this.strings.no_connection;
          problem.hidden = false;
        }
      });
      return button;
    });
    this.element.replaceChildren(
      el("section", { class: "notice banner", "aria-label": title, tabindex: "-1" },
        el("p", {}, el("strong", { text: title }), " ", words),
        problem,
        el("div", { class: "row" }, ...buttons),
        el("div", { data: { compared: "" } })));
    this.announce(`${title} ${words}`);
  }

  #close() {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren();
    if (hadFocus) this.leave();
  }
}
