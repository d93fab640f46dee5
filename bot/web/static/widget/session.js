/** One call as the panel lives it: opens it, sends turns, follows the stream, and turns answers into state. */

import { Outbox, newId } from "./outbox.js";
import { afterTurn, fromDocument } from "./state.js";
import { CallStream } from "./stream.js";
import { Transport } from "./transport.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Turn} Turn */
/** @typedef {import("./transport.js").RequestError} RequestError */

/** Waiting is not mentioned before it has lasted this long. */
const PATIENCE_MS = 300;

/**
 * @typedef {object} Host what the session needs of the panel
 * @property {() => State} state
 * @property {(patch: Partial<State>) => void} change
 * @property {(name: string, detail: object) => void} emit
 * @property {(before: State, turn: Turn) => void} answered told after each turn that was answered
 * @property {() => void} recovered told when everything that waited was sent
 */

export class CallSession {
  #stopped = false;

  /** @param {Host} host @param {string} base @param {string} token */
  constructor(host, base, token) {
    this.host = host;
    this.transport = new Transport(base);
    this.transport.token = token;
    this.outbox = new Outbox(this.transport, (error) => this.#sent(error));
    this.stream = new CallStream(this.transport, (kind, data) => this.#heard(kind, data));
  }

  /** The path of the call, with more after it. @param {string} [more] */
  path(more = "") {
    return `/calls/${encodeURIComponent(this.host.state().callId ?? "")}${more}`;
  }

  /** Show the account before the call starts; nothing is said when that fails. @param {string} accountId */
  async preview(accountId) {
    const account = await this.transport
      .get(`/accounts/${encodeURIComponent(accountId)}`)
      .catch(() => null);
    if (account && !this.#stopped && this.host.state().phase === "idle")
      this.host.change({ account });
  }

  /** Open a call, or start one on the account. @param {string} accountId @param {string} callId */
  async start(accountId, callId) {
    this.host.change({ phase: "loading", slow: false, error: "" });
    const slow = setTimeout(() => this.host.change({ slow: true }), PATIENCE_MS);
    try {
      const call = callId
        ? await this.transport.get(`/calls/${encodeURIComponent(callId)}`)
        : await this.transport.post("/calls", { account_id: accountId });
      if (this.#stopped) return;
      this.host.change({ ...fromDocument(call), connection: "online" });
      this.host.emit("parley-ready", { call_id: call.id, account_id: call.account_id });
      if (call.status !== "closed") void this.#follow();
    } catch (error) {
      if (!this.#stopped) this.#failedToStart(/** @type {RequestError} */ (error));
    } finally {
      clearTimeout(slow);
    }
  }

  /**
   * Send a turn; it waits in order until the server has it.
   * @param {string} text
   * @param {string} speaker client or collector
   * @param {string[]|null} [labels] what was heard, when a person chose it
   * @returns {Promise<Turn>}
   */
  async turn(text, speaker, labels = null) {
    const segment_id = newId();
    const patience = setTimeout(() => this.host.change({ hearing: true }), PATIENCE_MS);
    try {
      const body = { speaker, text, segment_id, ...(labels ? { labels } : {}) };
      const promise = this.outbox.add(this.path("/turns"), body);
      this.#showWaiting();
      const turn = { ...(await promise), speaker, text, segment_id };
      this.#take(turn);
      return turn;
    } finally {
      clearTimeout(patience);
      this.host.change({ hearing: false });
    }
  }

  /** Tell what became of a line or of a label; waits like a turn. @param {string} kind @param {object} more */
  feedback(kind, more) {
    const turnId = this.host.state().cardTurn?.turn_id;
    if (!turnId) return;
    const path = this.path(`/turns/${encodeURIComponent(turnId)}/feedback`);
    this.outbox.add(path, { kind, ...more }).catch((error) => this.fail(error));
  }

  /** Report an error to the page. @param {RequestError} error */
  fail(error) {
    this.host.emit("parley-error", {
      message: error.message,
      status: error.status,
      code: error.code,
    });
  }

  /** Use a new token and send what waited for it. @param {string} token */
  signIn(token) {
    this.transport.token = token;
    void this.retry();
  }

  /** Try again now. */
  async retry() {
    await this.outbox.flush();
    if (this.host.state().phase === "live" && !this.outbox.jobs.length) {
      await this.transport.get(this.path()).then(
        () => this.#sent(null),
        (error) => this.#sent(error),
      );
    }
  }

  /** Take a refused turn out of the queue. @param {string} id */
  forget(id) {
    this.outbox.drop(id);
    this.#showWaiting();
  }

  /** Send on what another session left unsent; each request carries its own call. @param {CallSession} left */
  adopt(left) {
    this.outbox.jobs = left.outbox.jobs;
    left.outbox.jobs = [];
    if (this.outbox.jobs.length) void this.outbox.flush();
  }

  /** Leave the call; what waits goes to the session that follows. */
  stop() {
    this.#stopped = true;
    this.stream.close();
    this.outbox.rest();
  }

  async #follow() {
    const { callId, turns } = this.host.state();
    const last = Math.max(-1, ...turns.map((turn) => turn.index ?? -1));
    await this.stream.follow(callId ?? "", last);
  }

  /** @param {string} kind @param {any} data one event of the stream */
  #heard(kind, data) {
    if (this.#stopped || !data) return;
    if (kind === "closed") {
      this.stream.close();
      if (this.host.state().phase === "live") void this.#closedElsewhere();
      return;
    }
    if (data.turn_id) this.#take(data);
  }

  async #closedElsewhere() {
    const call = await this.transport.get(this.path()).catch(() => null);
    if (!this.#stopped)
      this.host.change({
        phase: "ended",
        summary: call?.summary ?? null,
        written: call?.summary?.written ?? [],
      });
  }

  /** @param {Turn} turn */
  #take(turn) {
    if (this.#stopped) return;
    const before = this.host.state();
    const isNew = !before.turns.some((one) => one.turn_id === turn.turn_id && one.advice);
    this.host.change(afterTurn(before, turn));
    if (isNew && turn.advice) this.host.answered(before, turn);
  }

  /** @param {RequestError} error */
  #failedToStart(error) {
    this.host.change({ phase: "error", error: error.message });
    this.fail(error);
    if (error.status === 401) this.host.emit("parley-token-needed", { reason: error.message });
  }

  /** @param {RequestError|null} error what the last step of the outbox met */
  #sent(error) {
    if (this.#stopped) return;
    const before = this.host.state().connection;
    const connection = !error
      ? "online"
      : error.status === 401
        ? "signed_out"
        : error.isPassing
          ? "offline"
          : before;
    this.host.change({ connection });
    this.#showWaiting();
    if (error && connection !== before) this.fail(error);
    if (connection === "signed_out" && before !== connection)
      this.host.emit("parley-token-needed", { reason: error?.message });
    if (before !== "online" && connection === "online" && !this.outbox.jobs.length)
      this.host.recovered();
  }

  #showWaiting() {
    const turns = this.outbox.jobs.filter((job) => job.path.endsWith("/turns"));
    this.host.change({
      waiting: turns.map((job) => ({
        id: job.id,
        text: job.body.text,
        speaker: job.body.speaker,
        labels: job.body.labels ?? null,
        state: job.state,
        reason: job.reason,
      })),
    });
  }
}
