/** Keeps what must reach the server, in order, until it has: nothing that was typed is lost. */

import { RequestError } from "./transport.js";

const WAITS_MS = [1000, 2000, 4000, 8000, 15_000];
const TRIES_ON_SERVER_FAULT = 3;

/**
 * @typedef {{id: string, path: string, body: Record<string, any>, resolve: (answer: any) => void,
 *   reject: (error: Error) => void, state: "waiting"|"refused", reason: string, faults: number}} Job
 */

export class Outbox {
  /** @type {Job[]} */
  jobs = [];
  #sending = false;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import("./transport.js").Transport} transport
   * @param {(error: RequestError|null) => void} changed told after every step, with what went wrong or null
   */
  constructor(transport, changed) {
    this.transport = transport;
    this.changed = changed;
  }

  /**
   * Queue a request; resolves with its answer once the server has it.
   * @param {string} path
   * @param {Record<string, any>} body
   * @returns {Promise<any>}
   */
  add(path, body) {
    return new Promise((resolve, reject) => {
      const id = body.segment_id ?? newId();
      this.jobs.push({ id, path, body, resolve, reject, state: "waiting", reason: "", faults: 0 });
      void this.flush();
    });
  }

  /** Take a refused request out, to be edited or forgotten. @param {string} id */
  drop(id) {
    const job = this.jobs.find((one) => one.id === id);
    this.jobs = this.jobs.filter((one) => one !== job);
    this.changed(null);
    return job;
  }

  /** Send what waits, oldest first; stops at the first that fails for a passing reason. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#sending) return;
    this.#sending = true;
    let trouble = null;
    for (let job = this.#next(); job && !trouble; job = this.#next())
      trouble = await this.#send(job);
    this.#sending = false;
    this.#failures = trouble ? this.#failures + 1 : 0;
    if (trouble?.isPassing) this.#tryLater();
  }

  /** Stop trying; what waits stays. */
  rest() {
    clearTimeout(this.#timer);
  }

  #next() {
    return this.jobs.find((job) => job.state === "waiting");
  }

  #tryLater() {
    const wait = WAITS_MS[Math.min(this.#failures - 1, WAITS_MS.length - 1)];
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  /** @param {Job} job @returns {Promise<RequestError|null>} what stopped the queue */
  async #send(job) {
    try {
      const answer = await this.transport.post(job.path, job.body);
      this.jobs = this.jobs.filter((one) => one !== job);
      this.changed(null);
      job.resolve(answer);
      return null;
    } catch (error) {
      return this.#failed(job, /** @type {RequestError} */ (error));
    }
  }

  /** @param {Job} job @param {RequestError} error */
  #failed(job, error) {
    if (!(error instanceof RequestError)) throw error;
    // A request that breaks the server each time must not hold up the ones behind it.
    const broken = error.status === 500 && (job.faults += 1) >= TRIES_ON_SERVER_FAULT;
    if (error.status === 401 || (error.isPassing && !broken)) {
      this.changed(error);
      return error;
    }
    Object.assign(job, { state: "refused", reason: error.message });
    this.changed(error);
    job.reject(error);
    return null;
  }
}

/** A name that no other request has; works on pages without a secure context too. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
