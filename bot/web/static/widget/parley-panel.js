/**
 * `<parley-panel account="…" call="…">`: the coach beside a call, in any page.
 *
 * Attributes: `account`, `call`, `locale`, `api` (origin of the interface; the page's own by default), `closed`.
 * Properties: `token` (bearer token; without it the page's cookies are used), `callId`, `advice`, `waiting`.
 * Methods: `open()`, `close()`, `hear(text, speaker)`.
 * Events, all bubbling and composed: `parley-ready`, `parley-advice-shown`, `parley-offer-chosen`,
 * `parley-escalated`, `parley-token-needed`, `parley-error`.
 */

import { actionsOf } from "./actions.js";
import { Announcer } from "./announce.js";
import { Format } from "./format.js";
import { listenForKeys } from "./keys.js";
import { CallSession } from "./session.js";
import { dress } from "./sheet.js";
import { emptyState } from "./state.js";
import { t } from "./strings.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Turn} Turn */

const ABUSIVE = 3;

export class ParleyPanel extends HTMLElement {
  static observedAttributes = ["account", "call", "locale", "api", "closed"];

  #state = emptyState();
  #announcer = new Announcer();
  #token = "";
  #isReady = false;
  /** @type {CallSession} */
  #session;
  /** @type {View} */
  #view = /** @type {any} */ (null);
  /** @type {Record<string, (...args: any[]) => any>} */
  #act;
  #goOnline = () => void this.#session.retry();
  #guard = (/** @type {Event} */ event) => this.waiting && event.preventDefault();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    this.#session = this.#newSession();
    this.#act = actionsOf({
      root,
      state: () => this.#state,
      change: (patch) => this.#change(patch),
      session: () => this.#session,
      emit: (name, detail) => this.#emit(name, detail),
      announce: (text, urgent) => this.#announcer.say(text, urgent),
      start: () => this.#start(),
      close: () => this.close(),
      composer: () => this.#view.composer,
      failWrapUp: (text) => this.#view.wrapUp?.fail(text),
    });
    listenForKeys(root, this.#act);
  }

  /** The bearer token that requests carry; set it when `parley-token-needed` asks for one. */
  get token() {
    return this.#token;
  }

  set token(value) {
    this.#token = String(value ?? "");
    this.#session.signIn(this.#token);
    if (this.#isReady && this.#state.phase === "error") void this.#start();
  }

  /** The call on show, or null. */
  get callId() {
    return this.#state.callId;
  }

  /** The advice on show, or null. */
  get advice() {
    return this.#state.card;
  }

  /** How many turns wait to be sent. */
  get waiting() {
    return this.#state.waiting.length;
  }

  /** Show the panel, start the call if there is none yet, and go to the text field. */
  async open() {
    this.removeAttribute("closed");
    if (this.#state.phase === "idle" && this.getAttribute("account")) await this.#start();
    this.#act.focusInput();
  }

  /** Fold the panel to its button; the call goes on and nothing is lost. */
  close() {
    const hadFocus = this.shadowRoot?.activeElement;
    this.setAttribute("closed", "");
    if (hadFocus) this.#view.launcher.focus();
  }

  /**
   * Take a turn that was said; answers with its reading and advice.
   * @param {string} text
   * @param {"client"|"collector"} [speaker]
   * @returns {Promise<Turn>}
   */
  hear(text, speaker = "client") {
    if (this.#state.phase !== "live") return Promise.reject(new Error("No call is open."));
    return this.#session.turn(String(text), speaker);
  }

  async connectedCallback() {
    window.addEventListener("online", this.#goOnline);
    window.addEventListener("beforeunload", this.#guard);
    if (this.#isReady) return this.#restart();
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    await dress(root);
    if (this.#isReady) return;
    this.#view = this.#newView();
    root.append(...this.#announcer.regions, this.#view.launcher, this.#view.panel);
    this.#isReady = true;
    this.#restart();
  }

  disconnectedCallback() {
    window.removeEventListener("online", this.#goOnline);
    window.removeEventListener("beforeunload", this.#guard);
    this.#announcer.clear();
    this.#session.stop();
  }

  /** @param {string} name @param {string|null} before @param {string|null} value */
  attributeChangedCallback(name, before, value) {
    if (!this.#isReady || before === value) return;
    if (name === "closed") return this.#render();
    if (name === "call" && value === this.#state.callId) return;
    if (name === "locale") return this.#redress();
    this.#restart();
  }

  #restart() {
    if (!this.isConnected) return;
    const left = this.#session;
    left.stop();
    this.#session = this.#newSession();
    this.#session.adopt(left);
    this.#change(emptyState());
    const account = this.getAttribute("account") ?? "";
    if (this.getAttribute("call")) void this.#start();
    else if (account) void this.#session.preview(account);
  }

  async #start() {
    await this.#session.start(this.getAttribute("account") ?? "", this.getAttribute("call") ?? "");
    if (this.#state.callId) this.setAttribute("call", this.#state.callId);
  }

  #newSession() {
    return new CallSession(
      {
        state: () => this.#state,
        change: (patch) => this.#change(patch),
        emit: (name, detail) => this.#emit(name, detail),
        answered: (before, turn) => this.#answered(before, turn),
        recovered: () => this.#announcer.say(t("back_online")),
      },
      this.getAttribute("api") ?? "",
      this.#token,
    );
  }

  #newView() {
    const format = new Format(this.getAttribute("locale") ?? document.documentElement.lang);
    const view = new View({ t, format, act: this.#act }, () => this.getAttribute("account") ?? "");
    view.launcher.addEventListener("click", () => void this.open());
    return view;
  }

  /** A new locale writes every sum and day anew. */
  #redress() {
    const old = this.#view;
    this.#view = this.#newView();
    old.launcher.replaceWith(this.#view.launcher);
    old.panel.replaceWith(this.#view.panel);
    this.#render();
  }

  /** @param {Partial<State>} patch */
  #change(patch) {
    this.#state = { ...this.#state, ...patch };
    if (this.#isReady) this.#render();
  }

  #render() {
    this.#view.update(this.#state, !this.hasAttribute("closed"));
  }

  /** Say what is new, without moving the focus. @param {State} before @param {Turn} turn */
  #answered(before, turn) {
    const { card, heat, correction } = this.#state;
    const isHotter = heat === ABUSIVE && before.heat < ABUSIVE;
    const isNew = card !== before.card && card;
    if (card && isNew && card.protocol && card.protocol !== before.card?.protocol) {
      this.#announcer.say(
        t("new_protocol", { title: card.protocol_title ?? "", step: card.protocol_steps[0] ?? "" }),
        true,
      );
    } else {
      if (isHotter) this.#announcer.say(t("urgent_heat", { word: t(`heat_${heat}`) }), true);
      if (isNew && card?.say[0] && card.say[0] !== before.card?.say[0])
        this.#announcer.say(t("new_card", { line: card.say[0] }));
      else if (correction && correction !== before.correction) this.#announcer.say(correction.note);
    }
    if (isNew)
      this.#emit("parley-advice-shown", {
        call_id: this.#state.callId,
        turn_id: turn.turn_id,
        advice: card,
      });
  }

  /** @param {string} name @param {object} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get("parley-panel")) customElements.define("parley-panel", ParleyPanel);
