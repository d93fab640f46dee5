/** Carries forms to the server and brings pages back; remembers in this tab what has not arrived. */

const TIME_LIMIT_MS = 15_000;
const WORTH_RETRYING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** @typedef {{action: string, text: string, segment_id: string, silent: boolean}} Turn */

/** The server answered, and said no. */
export class RefusedError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  /** Whether the same request may succeed later. */
  get isPassing() {
    return WORTH_RETRYING.has(this.status);
  }
}

/** Nobody is signed in any more. */
export class SignedOutError extends Error {}

/** The words arrived and are kept, and nobody heard them yet. */
export class UnheardError extends Error {
  /** @param {Document} page */
  constructor(page) {
    super("unheard");
    this.page = page;
  }
}

export class Courier {
  #isStale = false;

  /** @param {string} key what is remembered is kept under this name */
  constructor(key) {
    this.key = key;
  }

  /** Send a turn; the page that comes back has the client's answer. @param {Turn} turn @returns {Promise<Document>} */
  async send(turn) {
    if (this.#isStale) await this.#renewProof();
    const body = new URLSearchParams({ csrf_token: proof(), segment_id: turn.segment_id });
    if (turn.silent) body.set("silent", "1");
    else body.set("text", turn.text);
    const page = await this.#ask(turn.action, { method: "POST", body });
    if (page.querySelector("[data-waiting]")) throw new UnheardError(page);
    return page;
  }

  /** Submit a form of the page. @param {HTMLFormElement} form @param {HTMLElement|null} [button] */
  async submit(form, button) {
    if (this.#isStale) await this.#renewProof();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, String(value));
    if (button instanceof HTMLButtonElement && button.name) body.append(button.name, button.value);
    body.set("csrf_token", proof());
    return this.#ask(form.action, { method: "POST", body });
  }

  /** Read a page anew. @param {string} address */
  read(address) {
    return this.#ask(address, { method: "GET" });
  }

  /** Use the proof of a fresh page from now on. @param {Document} page */
  renew(page) {
    const fresh = proof(page);
    if (!fresh) return;
    document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", fresh);
    for (const field of document.querySelectorAll('input[name="csrf_token"]'))
      field.setAttribute("value", fresh);
  }

  /** Remember a turn until it has arrived. @param {Turn|null} turn */
  keep(turn) {
    store(`${this.key}-turn`, turn ? JSON.stringify(turn) : "");
  }

  /** The turn that an earlier visit left. @returns {Turn|null} */
  kept() {
    try {
      return JSON.parse(stored(`${this.key}-turn`) || "null");
    } catch {
      return null;
    }
  }

  /** @param {string} text */
  keepDraft(text) {
    store(this.key, text);
  }

  draft() {
    return stored(this.key);
  }

  /** A name that no other turn has. */
  newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async #renewProof() {
    this.renew(await this.read(location.pathname));
    this.#isStale = false;
  }

  /** @param {string} address @param {RequestInit} init @returns {Promise<Document>} */
  async #ask(address, init) {
    const answer = await fetch(address, {
      ...init,
      credentials: "same-origin",
      headers: { Accept: "text/html;q=0.5, application/problem+json", "X-Parley-Script": "1" },
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
    if (new URL(answer.url).pathname === "/sign-in") {
      this.#isStale = true;
      throw new SignedOutError();
    }
    if (!answer.ok || !isPage) throw await this.#refusal(answer);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /** @param {Response} answer */
  async #refusal(answer) {
    const told = await answer.json().catch(() => ({}));
    if (told.code === "csrf") {
      // Somebody signed in again elsewhere: the next try fetches a fresh proof first.
      this.#isStale = true;
      return new RefusedError(told.detail, 503);
    }
    return new RefusedError(String(told.detail || told.title || answer.statusText), answer.status);
  }
}

/** @param {Document} [page] */
function proof(page = document) {
  return page.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/** @param {string} key @param {string} text */
function store(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing loses only what was not sent.
  }
}

/** @param {string} key */
function stored(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
