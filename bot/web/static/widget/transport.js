/** Talks to the coach's HTTP interface: credentials, time limit, and problem documents as one error. */

const TIME_LIMIT_MS = 10_000;
const WORTH_RETRYING = new Set([0, 408, 425, 429, 500, 502, 503, 504]);

/** A request that was refused or never arrived (`status` 0). */
export class RequestError extends Error {
  /** @param {string} message @param {number} status @param {string} code */
  constructor(message, status, code = "") {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same request may succeed later. */
  get isPassing() {
    return WORTH_RETRYING.has(this.status);
  }

  /** Whether the connection is gone, as against an answer that says no. */
  get isOffline() {
    return this.status === 0 || (this.status >= 502 && this.status <= 504);
  }
}

export class Transport {
  /** @param {string} base the interface's origin; empty for the page's own */
  constructor(base = "") {
    this.base = base.replace(/\/+$/, "");
    this.token = "";
  }

  /** @param {string} path */
  get(path) {
    return this.#send("GET", path);
  }

  /** @param {string} path @param {object} body */
  post(path, body) {
    return this.#send("POST", path, body);
  }

  /** Open an endless answer. @param {string} path @param {AbortSignal} signal @param {Record<string, string>} headers */
  async stream(path, signal, headers = {}) {
    const init = { ...this.#credentials(), signal, cache: /** @type {const} */ ("no-store") };
    init.headers = { ...init.headers, ...headers, Accept: "text/event-stream" };
    const answer = await fetch(this.#address(path), init).catch(asOffline);
    if (!answer.ok || !answer.body) throw await problemOf(answer);
    return answer.body;
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async #send(method, path, body) {
    const init = { method, ...this.#credentials(), signal: AbortSignal.timeout(TIME_LIMIT_MS) };
    init.headers = { ...init.headers, Accept: "application/json" };
    if (body) Object.assign(init, { body: JSON.stringify(body) });
    if (body) Object.assign(init.headers, { "Content-Type": "application/json" });
    const answer = await fetch(this.#address(path), init).catch(asOffline);
    if (!answer.ok) throw await problemOf(answer);
    return answer.status === 204 ? null : answer.json().catch(() => null);
  }

  /** @param {string} path */
  #address(path) {
    return `${this.base}/api/v1${path}`;
  }

  /** @returns {{credentials: RequestCredentials, headers: Record<string, string>}} */
  #credentials() {
    if (this.token)
      return { credentials: "omit", headers: { Authorization: `Bearer ${this.token}` } };
    const meta = document.querySelector('meta[name="csrf-token"]');
    const proof = meta?.getAttribute("content");
    return { credentials: "same-origin", headers: proof ? { "X-CSRF-Token": proof } : {} };
  }
}

/** @param {Error} error @returns {never} */
function asOffline(error) {
  throw new RequestError(error.message, 0, error.name === "AbortError" ? "aborted" : "offline");
}

/** @param {Response} answer */
async function problemOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  const message = problem.detail || problem.title || problem.message || answer.statusText;
  return new RequestError(String(message), answer.status, String(problem.code ?? ""));
}
