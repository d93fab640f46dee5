/** Keeps in this browser what has not been saved, for each person and document, until somebody decides about it. */

/**
 * @typedef {{revision: number, at: string, content: {text?: string, data?: any}}} Kept
 */

const MOST_KEPT = 5;

export class KeptWords {
  /** @param {string} user @param {string} name the document's name */
  constructor(user, name) {
    this.key = `parley-studio:${user}:${name}`;
    // What an earlier visit left is kept apart from what is written now.
    const left = read(this.key);
    if (left) this.#aside = [left, ...this.#aside].slice(0, MOST_KEPT);
    remove(this.key);
  }

  /** Keep what is not saved yet. @param {Kept["content"]} content @param {number} revision @returns {boolean} whether it could be kept */
  keep(content, revision) {
    return write(this.key, { revision, at: new Date().toISOString(), content });
  }

  /** What was being written is saved now. */
  clear() {
    remove(this.key);
  }

  /** Lay words aside that give way to others. @param {Kept["content"]} content @param {number} revision */
  layAside(content, revision) {
    this.#aside = [{ revision, at: new Date().toISOString(), content }, ...this.#aside].slice(0, MOST_KEPT);
  }

  /** What waits for a decision, the newest first. @returns {Kept[]} */
  get offered() {
    return this.#aside;
  }

  /** Somebody has decided about these words. @param {Kept} kept */
  drop(kept) {
    this.#aside = this.#aside.filter((one) => one.at !== kept.at);
  }

  /** @returns {Kept[]} */
  get #aside() {
    return read(`${this.key}:aside`) ?? [];
  }

  set #aside(all) {
    if (all.length) write(`${this.key}:aside`, all);
    else remove(`${this.key}:aside`);
  }
}

/** @param {string} key @returns {any} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} value */
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    // A browser that keeps nothing loses only what was not sent.
    return false;
  }
}

/** @param {string} key */
function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was nothing to keep either.
  }
}
