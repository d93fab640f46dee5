/** The earlier revisions of a draft in a dialog: who saved when, and going back to one. */

import { el } from "../widget/dom.js";
import { filled, moment } from "./studio_words.js";

/**
 * @typedef {import("./studio_saving.js").Saving} Saving
 * @typedef {import("./studio_words.js").Strings} Strings
 */

/** Open the dialog by its button. @param {HTMLElement} root @param {Saving} saving @param {Strings} strings @param {(text: string) => void} announce */
export function startRevisions(root, saving, strings, announce) {
  const { draft, api } = saving;
  const dialog = /** @type {HTMLDialogElement} */ (root.querySelector("[data-revisions-dialog]"));
  const rows = /** @type {HTMLElement} */ (dialog.querySelector("[data-revisions-list]"));
  const problem = /** @type {HTMLElement} */ (dialog.querySelector("[data-revisions-problem]"));
  const address = `/studio/drafts/${encodeURIComponent(draft.id)}`;

  root.querySelector("[data-revisions]")?.addEventListener("click", () => void open());
  dialog.querySelector("[data-revisions-close]")?.addEventListener("click", () => dialog.close());

  async function open() {
    tell("");
    rows.replaceChildren(el("li", { class: "muted", text: strings.reading }));
    dialog.showModal();
    await attempt(async () => {
      await saving.flush();
      const answer = await api.get(`${address}/revisions`);
      const all = Array.isArray(answer) ? answer : answer.revisions;
      rows.replaceChildren(...all.map(row));
    });
  }

  /** @param {{revision: number, edited_by: string, edited_at: string}} one */
  function row(one) {
    const who = { number: one.revision, name: one.edited_by, time: moment(one.edited_at) };
    const isNow = one.revision === draft.revision;
    const back = el("button", { type: "button", class: "quiet small", "aria-label": filled(strings.restore_label, who), text: strings.restore });
    back.addEventListener("click", () => void restore(one, who));
    return el("li", { class: "row spread" },
      el("span", { text: filled(strings.revision, who) }),
      isNow ? el("span", { class: "muted", text: strings.revision_now }) : back);
  }

  /** @param {{revision: number}} one @param {Record<string, unknown>} who */
  async function restore(one, who) {
    await attempt(async () => {
      const stored = await api.post(`${address}/restoration`, { revision: draft.revision, to_revision: one.revision });
      saving.beginFrom(stored);
      dialog.close();
      announce(filled(strings.restored, who));
    });
  }

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    try {
      await act();
    } catch (error) {
      rows.querySelector(".muted:only-child")?.remove();
      tell(error instanceof Error && error.name === "ProblemError" ? error.message : strings.no_connection);
    }
  }

  /** @param {string} text */
  function tell(text) {
    problem.textContent = text;
    problem.hidden = !text;
  }
}
