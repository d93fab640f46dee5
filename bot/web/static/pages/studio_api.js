/** Asks the interface of the studio: JSON out and in, the proof of the page with every change, problems as errors. */

const ROOT = "/api/v1";
const TIME_LIMIT_MS = 30_000;
const WORTH_RETRYING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The server answered, and said no; `document` is its whole problem document. */
export class ProblemError extends Error {
  /** @param {number} status @param {any} document */
  constructor(status, document) {
    super(String(document.detail || document.title || status));
    this.name = "ProblemError";
    this.status = status;
    this.document = document;
    this.code = String(document.code ?? "");
    /** @type {{field: string, message: string}[]} */
    this.errors = Array.isArray(document.errors) ? document.errors : [];
  }

  /** Whether the same request may succeed later. */
  get isPassing() {
    return WORTH_RETRYING.has(this.status);
  }

  /** Whether nobody is signed in any more. */
  get isSignedOut() {
    return this.status === 401;
  }
}

/** Nothing came back: there is no connection, or the answer took too long. */
export class OfflineError extends Error {
  constructor() {
    super("offline");
    this.name = "OfflineError";
  }
}

/**
 * @typedef {{signal?: AbortSignal, timeLimitMs?: number, keepalive?: boolean}} Options `keepalive`: goes on when the page is left
 */

/** The interface under /api/v1; every path begins with a slash, such as "/studio/drafts/d1". */
export const api = {
  /** @param {string} path @param {Options} [options] @returns {Promise<any>} */
  get: (path, options) => ask("GET", path, undefined, options),

  /** @param {string} path @param {unknown} [document] @param {Options} [options] @returns {Promise<any>} */
  post: (path, document = {}, options) => ask("POST", path, document, options),

  /** @param {string} path @param {unknown} document @param {Options} [options] @returns {Promise<any>} */
  put: (path, document, options) => ask("PUT", path, document, options),

  /** @param {string} path @param {Options} [options] @returns {Promise<any>} */
  delete: (path, options) => ask("DELETE", path, undefined, options),

  /** Send a file or more as a form. @param {string} path @param {FormData} form @param {Options} [options] @returns {Promise<any>} */
  upload: (path, form, options) => ask("POST", path, form, options),
};

/**
 * @param {string} method @param {string} path @param {unknown} content @param {Options} [options]
 * @returns {Promise<any>}
 */
async function ask(method, path, content, options = {}) {
  try {
    return await askOnce(method, path, content, options);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== "csrf") throw error;
    // Somebody signed in again in another tab: a fresh page has a fresh proof.
    await renewProof();
    return askOnce(method, path, content, options);
  }
}

/** @param {string} method @param {string} path @param {unknown} content @param {Options} options */
async function askOnce(method, path, content, options) {
  const isForm = content instanceof FormData;
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json, application/problem+json" };
  if (method !== "GET") headers["X-CSRF-Token"] = proof(document);
  if (content !== undefined && !isForm) headers["Content-Type"] = "application/json";
  const body = content === undefined ? undefined : isForm ? content : JSON.stringify(content);
  const answer = await reach(`${ROOT}${path}`, { method, headers, body }, options);
  const isJson = /[/+]json/.test(answer.headers.get("Content-Type") ?? "");
  const told = isJson ? await answer.json().catch(() => null) : null;
  if (!answer.ok) throw new ProblemError(answer.status, told ?? { title: answer.statusText });
  return told;
}

/** @param {string} address @param {RequestInit} init @param {Options} options */
async function reach(address, init, { signal, timeLimitMs = TIME_LIMIT_MS, keepalive = false }) {
  const limit = AbortSignal.timeout(timeLimitMs);
  try {
    return await fetch(address, {
      ...init,
      keepalive,
      credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    // Who gave up on purpose is told so; everything else is a lack of connection.
    if (signal?.aborted) throw error;
    throw new OfflineError();
  }
}

async function renewProof() {
  const answer = await reach(location.pathname, { headers: { Accept: "text/html" } }, {});
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = proof(page);
  if (!fresh) return;
  document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", fresh);
}

/** @param {Document} page */
function proof(page) {
  return page.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}
