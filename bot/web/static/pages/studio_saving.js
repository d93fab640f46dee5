/** Saves a draft by itself, says calmly how that goes, and stops when somebody else was first. */

import { OfflineError, ProblemError } from "./studio_api.js";
import { filled, moment } from "./studio_words.js";

/**
 * @typedef {import("./studio_draft.js").Draft} Draft
 * @typedef {import("./studio_kept.js").KeptWords} KeptWords
 * @typedef {import("./studio_words.js").Strings} Strings
 * @typedef {{revision: number, text: string, edited_by: string, edited_at: string}} Current
 */

const SAVE_AFTER_MS = 800;
/** Whoever types without a pause is saved in between. */
const SAVE_AT_LEAST_MS = 5000;
const KEEP_AFTER_MS = 200;
/** Short waits show nothing, so that nothing flickers. */
const SAVING_AFTER_MS = 300;
const WAITS_MS = [2000, 5000, 10_000, 20_000, 30_000];

/** Tells `saved` after each save, `conflict` when somebody else was first, `gone` when there is no such draft any more. */
export class Saving extends EventTarget {
  /** What somebody else saved, while it is not decided whose words stay. @type {Current|null} */
  conflict = null;
  isGone = false;
  #savedVersion = 0;
  #failures = 0;
  /** When the first change was made that is not saved. */
  #behindSince = 0;
  /** @type {Promise<boolean>|null} */
  #running = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #keeping;

  /** @param {Draft} draft @param {typeof import("./studio_api.js").api} api @param {KeptWords} kept @param {HTMLElement} state @param {Strings} strings */
  constructor(draft, api, kept, state, strings) {
    super();
    this.draft = draft;
    this.api = api;
    this.kept = kept;
    this.strings = strings;
    this.words = document.createElement("span");
    this.retry = document.createElement("button");
    this.retry.type = "button";
    this.retry.className = "quiet small";
    this.retry.textContent = strings.try_again;
    this.retry.hidden = true;
    this.retry.addEventListener("click", () => void this.flush());
    state.replaceChildren(this.words, " ", this.retry);
    draft.addEventListener("changed", () => this.#changed());
    globalThis.addEventListener("online", () => this.isBehind && this.#soon(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
    globalThis.addEventListener("pagehide", () => this.#leave());
    this.#tellSaved();
  }

  /** Whether something here is not saved. */
  get isBehind() {
    return this.draft.version !== this.#savedVersion;
  }

  /** Save what waits, now. @returns {Promise<boolean>} whether everything is saved */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    if (!this.isBehind) return true;
    return this.#save();
  }

  /** Save over what somebody else has saved; theirs stays among the earlier revisions. */
  keepMine() {
    if (!this.conflict) return Promise.resolve(true);
    this.draft.revision = this.conflict.revision;
    this.conflict = null;
    return this.#save();
  }

  /** Go on from what is stored; what was here is laid aside, and can be had back by undoing. */
  async takeTheirs() {
    const stored = await this.api.get(this.#address);
    this.kept.layAside(this.draft.content, this.draft.revision);
    this.conflict = null;
    this.beginFrom(stored);
  }

  /** Show a document that the server has just stored as the state that counts. @param {any} stored */
  beginFrom(stored) {
    clearTimeout(this.#timer);
    this.draft.begin(stored);
    this.#settled(stored);
  }

  #changed() {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
    this.#behindSince ||= Date.now();
    const most = this.#behindSince + SAVE_AT_LEAST_MS - Date.now();
    if (!this.conflict && !this.isGone) this.#soon(Math.max(0, Math.min(SAVE_AFTER_MS, most)));
  }

  #keep() {
    clearTimeout(this.#keeping);
    if (this.isBehind) this.kept.keep(this.draft.content, this.draft.revision ?? 0);
  }

  /** @param {number} wait */
  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), wait);
  }

  /** @param {boolean} [isLast] whether the page is being left @returns {Promise<boolean>} */
  #save(isLast = false) {
    clearTimeout(this.#timer);
    if (this.conflict || this.isGone) return Promise.resolve(false);
    if (this.#running) {
      // One save after the other; what came meanwhile goes with the next.
      this.#soon(SAVE_AFTER_MS);
      return this.#running;
    }
    this.#running = this.#send(isLast).finally(() => (this.#running = null));
    return this.#running;
  }

  /** @param {boolean} keepalive */
  async #send(keepalive) {
    const { version } = this.draft;
    this.#behindSince = 0;
    const patience = setTimeout(() => this.#tell(this.strings.saving), SAVING_AFTER_MS);
    try {
      const wanted = { revision: this.draft.revision, ...this.draft.content };
      const stored = await this.api.put(this.#address, wanted, { keepalive });
      clearTimeout(patience);
      this.draft.accepted(stored, version);
      this.#savedVersion = version;
      if (this.isBehind) this.#soon(SAVE_AFTER_MS);
      this.#settled(stored, version);
      return !this.isBehind;
    } catch (error) {
      clearTimeout(patience);
      if (await this.#isThereAlready(error)) return this.#send(keepalive);
      this.#failed(error);
      return false;
    }
  }

  get #address() {
    return `/studio/drafts/${encodeURIComponent(this.draft.id)}`;
  }

  /** Whether what was saved before us is the very same, as when a page that was left has sent it. @param {unknown} error */
  async #isThereAlready(error) {
    if (!(error instanceof ProblemError) || error.code !== "draft-changed") return false;
    try {
      if ((await this.textOf(this.draft.content)) !== error.document.current.text) return false;
    } catch {
      return false;
    }
    this.draft.revision = error.document.current.revision;
    return true;
  }

  /** What some words come to as the text of the document. @param {{text?: string, data?: any}} content @returns {Promise<string>} */
  async textOf(content) {
    if (content.text !== undefined) return content.text;
    return (await this.api.post("/studio/checks", { name: this.draft.name, data: content.data })).text;
  }

  /** @param {any} stored @param {number} [version] */
  #settled(stored, version = this.draft.version) {
    this.#failures = 0;
    this.#savedVersion = version;
    if (!this.isBehind) {
      clearTimeout(this.#keeping);
      this.kept.clear();
    }
    this.#tellSaved();
    this.dispatchEvent(new CustomEvent("saved", { detail: stored }));
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#keep();
    if (error instanceof ProblemError && error.code === "draft-changed") {
      this.conflict = error.document.current;
      this.#tell(this.strings.not_saved_conflict);
      this.dispatchEvent(new Event("conflict"));
    } else if (error instanceof ProblemError && error.status === 404) {
      this.isGone = true;
      this.#tell(this.strings.not_saved_gone);
      this.dispatchEvent(new Event("gone"));
    } else {
      this.#waitBecause(error);
    }
  }

  /** @param {unknown} error */
  #waitBecause(error) {
    if (error instanceof OfflineError) this.#tell(this.strings.not_saved_offline, true);
    else if (error instanceof ProblemError && error.isSignedOut) this.#tell(this.strings.not_saved_signed_out, true);
    else if (error instanceof ProblemError) this.#tell(filled(this.strings.not_saved, { reason: error.message }), true);
    else throw error;
    // What is refused for good is sent again when it has changed.
    if (error instanceof ProblemError && !error.isPassing && !error.isSignedOut) return;
    this.#soon(WAITS_MS[Math.min(this.#failures, WAITS_MS.length - 1)]);
    this.#failures += 1;
  }

  /** Whoever goes away leaves nothing behind: it is sent, and kept here should that fail. */
  #leave() {
    if (!this.isBehind) return;
    this.#keep();
    void this.#save(true);
  }

  #tellSaved() {
    this.#tell(filled(this.strings.saved, { time: moment(this.draft.editedAt ?? new Date()) }));
  }

  /** @param {string} text @param {boolean} [mayRetry] */
  #tell(text, mayRetry = false) {
    if (this.words.textContent !== text) this.words.textContent = text;
    this.retry.hidden = !mayRetry;
  }
}
