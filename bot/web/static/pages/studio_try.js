/** Trying a draft: a chat with its client, or for cards and rules what they would have a collector advised. */

import { el, said } from "../widget/dom.js";
import { mountAdvice, adviceParts } from "./studio_advice.js";
import { choices, faultList, fieldButton, heatWord, listed, playsWords, reason, settled, whileWaiting } from "./studio_trial_parts.js";
import { verdictParts } from "./studio_verdict.js";
import { filled } from "./studio_words.js";

/** @typedef {import("./studio_trial_parts.js").Context} Context */

const MOST_TURNS = 200;

/** @param {HTMLElement} element @param {Context} context */
export async function mount(element, context) {
  const kind = context.kind ?? element.dataset.kind ?? "scenario";
  if (kind !== "scenario" && kind !== "persona") return mountAdvice(element, context);
  return new Trial(element, context).start();
}

class Trial {
  /** @param {HTMLElement} element @param {Context} context */
  constructor(element, context) {
    this.element = element;
    this.context = context;
    this.strings = context.strings;
    this.key = `parley-try-${context.draftId}`;
    /** What was said so far; an empty text is silence. @type {string[]} */
    this.turns = [];
    /** @type {any} */
    this.answer = null;
    /** Settles when everything asked for so far has been played. @type {Promise<void>} */
    this.played = Promise.resolve();
    this.isSaying = false;
    this.isFinished = false;
    this.#build();
  }

  async start() {
    this.#restore();
    await this.#play(() => this.turns, { isQuiet: true });
    this.context.onSaved?.(() => this.#tellChange());
  }

  #build() {
    const { strings } = this;
    this.choices = choices(this.context, () => void this.#play(() => this.turns));
    const again = el("button", { type: "button", class: "quiet small", text: strings["try.again"], onclick: () => void this.#again() });
    this.state = el("p", { class: "try-state" });
    this.log = el("ol", { class: "try-log", tabindex: "0", "aria-label": strings["try.log"] });
    this.wait = el("p", { class: "try-wait", role: "status" });
    this.problem = el("div", { class: "try-problem", role: "alert" });
    this.words = /** @type {HTMLTextAreaElement} */ (
      el("textarea", { id: `${this.key}-words`, rows: 2, maxlength: 4000, onkeydown: (/** @type {KeyboardEvent} */ e) => this.#onKey(e), oninput: () => this.#keep() })
    );
    this.form = el("form", { class: "try-say", onsubmit: (/** @type {SubmitEvent} */ e) => this.#submit(e) },
      el("label", { for: this.words.id, text: strings["try.say"] }), this.words,
      el("div", { class: "row" },
        el("button", { class: "main", text: strings["try.send"] }),
        el("button", { type: "submit", class: "quiet", name: "silent", text: strings["try.silent"] }),
        el("button", { type: "button", class: "quiet", text: strings["try.finish"], onclick: () => void this.#finish() })),
      el("p", { class: "hint", text: strings["try.keys"] }));
    this.over = el("div", { class: "try-over", tabindex: "-1", hidden: true });
    this.element.replaceChildren(
      el("p", { class: "hint", text: strings["try.lead"] }),
      el("div", { class: "try-head" }, ...this.choices.parts, again),
      this.state, this.log, this.wait, this.problem, this.form, this.over);
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const isSilent = event.submitter?.getAttribute("name") === "silent";
    const text = isSilent ? "" : this.words.value.trim();
    if (!isSilent && !text) return this.#tell([this.strings["try.empty"]]);
    if (this.turns.length >= MOST_TURNS) return this.#tell([this.strings["try.too_long"]]);
    return void this.#say(text);
  }

  /** Say something once what is being played has ended; the same words sent twice are said once. @param {string} text */
  async #say(text) {
    if (this.isSaying) return;
    this.isSaying = true;
    await this.#play(() => [...this.turns, text], { said: text });
    this.isSaying = false;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
    event.preventDefault();
    /** @type {HTMLFormElement} */ (this.form).requestSubmit();
  }

  async #again() {
    this.words.value = "";
    await this.#play(() => []);
    this.words.focus();
  }

  async #finish() {
    await this.#play(() => this.turns, { isFinish: true });
    if (!this.over.hidden) this.over.focus();
  }

  /** Go back to before a turn; its words are in the box to be changed. @param {number} place among one's own turns */
  async #rewind(place) {
    const back = this.turns[place];
    if (!(await this.#play(() => this.turns.slice(0, place)))) return;
    this.words.value = back;
    this.#keep();
    this.words.focus();
    this.#announce(filled(this.strings["try.rewound"], { turn: 2 * place + 1 }));
  }

  /** Play turns from the start, after what is being played; what was said stays in the box when that fails. @param {() => string[]} wanted @param {{said?: string, isFinish?: boolean, isQuiet?: boolean}} [how] */
  async #play(wanted, how = {}) {
    const before = this.played;
    let end = () => {};
    this.played = new Promise((resolve) => (end = resolve));
    await before;
    this.element.setAttribute("aria-busy", "true");
    const turns = wanted();
    try {
      const answer = await whileWaiting(this.wait, this.strings["try.waiting"], async () => {
        await settled(this.context);
        return this.context.api.post(`/studio/drafts/${this.context.draftId}/trial`, { ...this.choices.chosen(), turns, finish: Boolean(how.isFinish) });
      });
      this.#tell([]);
      const left = answer.unused ? turns.slice(0, turns.length - answer.unused) : turns;
      this.turns = answer.faults.length ? this.turns : left;
      if (this.words.value.trim() === how.said && !answer.faults.length) this.words.value = "";
      this.answer = answer;
      this.isFinished = Boolean(how.isFinish);
      this.#draw(how.isQuiet ?? false);
      this.#keep();
      return true;
    } catch (error) {
      this.#tell([filled(this.strings["try.failed_to_play"], { why: reason(this.context, error) })]);
      return false;
    } finally {
      end();
      this.element.removeAttribute("aria-busy");
    }
  }

  /** @param {boolean} isQuiet */
  #draw(isQuiet) {
    const { answer, strings } = this;
    this.state.textContent = playsWords(strings, answer.plays);
    if (answer.faults.length) {
      this.log.replaceChildren();
      this.over.hidden = true;
      return this.#tell(faultList(this.context, answer.faults));
    }
    this.choices.fill(answer.levels, answer.level);
    let own = -1;
    const rows = [];
    for (const turn of answer.turns) {
      if (turn.speaker === "client") rows.push(this.#clientTurn(turn));
      else rows.push(...this.#ownTurn(turn, (own += 1)));
    }
    this.log.replaceChildren(...rows);
    this.#scroll();
    this.over.hidden = !answer.ended;
    if (answer.ended) this.over.replaceChildren(...verdictParts(this.context, answer));
    else this.over.replaceChildren();
    const last = answer.turns.at(-1);
    return isQuiet || !last ? undefined : this.#announce(`${answer.client.name}: ${last.text}`);
  }

  /** @param {any} turn */
  #clientTurn(turn) {
    const { strings } = this;
    const advice = el("div", { class: "advice", hidden: true });
    const ask = el("button", { type: "button", class: "link", text: strings["try.advice"], "aria-expanded": "false" });
    ask.addEventListener("click", () => void this.#advise(turn.text, advice, ask));
    const go = turn.fields.map((/** @type {string} */ field) => fieldButton(this.context, field, strings["try.go_to_line"]));
    const mood = filled(strings["try.mood"], { ...turn, heat: strings[`heat.${turn.heat}`] });
    return el("li", { class: "said client" },
      el("b", {}, this.answer.client.name), said("p", turn.text),
      el("p", { class: "muted" }, heatWord(strings, turn.heat), mood.slice(strings[`heat.${turn.heat}`].length)),
      el("div", { class: "row" }, ...go, turn.text && ask), advice);
  }

  /** @param {any} turn @param {number} place */
  #ownTurn(turn, place) {
    const { strings } = this;
    const heard = turn.moves.map((/** @type {any} */ move) => move.name);
    const words = heard.length ? filled(strings["try.heard"], { labels: listed(strings, heard) }) : strings["try.heard_nothing"];
    const mine = el("li", { class: "said you" },
      el("b", {}, strings["try.you"]),
      turn.text ? said("p", turn.text) : el("p", { class: "muted", text: strings["try.silence"] }),
      turn.text && el("p", { class: "muted", text: words }),
      el("button", { type: "button", class: "link", text: strings["try.rewind"], onclick: () => void this.#rewind(place) }));
    if (!turn.note && !turn.better) return [mine];
    const rows = [
      turn.note?.did && [strings["try.did"], turn.note.did],
      turn.note?.caused && [strings["try.caused"], turn.note.caused],
      turn.better && [strings["try.better"], turn.better],
    ].filter(Boolean);
    const causes = turn.causes.filter((/** @type {any} */ cause) => cause.note);
    const why = causes.length && el("details", {}, el("summary", { text: strings["try.why"] }),
      el("ul", {}, ...causes.map((/** @type {any} */ cause) => el("li", {}, `${cause.note} (${filled(strings["try.change"], signed(cause))})`))));
    const take = turn.better && el("button", { type: "button", class: "link", text: strings["try.take"], onclick: () => this.#take(turn.better) });
    return [mine, el("li", { class: "said note" },
      el("dl", {}, ...rows.flatMap(([name, text]) => [el("dt", { text: name }), said("dd", text)])), take, why)];
  }

  /** @param {string} text */
  #take(text) {
    // A better line may come with its reason before the quoted words.
    this.words.value = /“([^”]+)”/.exec(text)?.[1] ?? text;
    this.#keep();
    this.words.focus();
  }

  /** @param {string} text @param {HTMLElement} place @param {HTMLElement} button */
  async #advise(text, place, button) {
    if (!place.hidden) {
      place.hidden = true;
      return button.setAttribute("aria-expanded", "false");
    }
    try {
      const told = await this.context.api.post(`/studio/drafts/${this.context.draftId}/advice`, { text });
      place.replaceChildren(...adviceParts(this.context, told));
    } catch (error) {
      place.replaceChildren(el("p", { class: "problem", text: reason(this.context, error) }));
    }
    place.hidden = false;
    return button.setAttribute("aria-expanded", "true");
  }

  #scroll() {
    const theirs = /** @type {HTMLElement|undefined} */ ([...this.log.querySelectorAll(".said.you")].at(-1));
    const answer = /** @type {HTMLElement|undefined} */ ([...this.log.querySelectorAll(".said.client")].at(-1));
    if (!theirs || !answer) return void (this.log.scrollTop = 0);
    const own = theirs.offsetTop - this.log.offsetTop;
    const begins = answer.offsetTop - this.log.offsetTop;
    // One's own words stay in sight as far as the whole answer is; a long answer is read from its beginning.
    const ends = begins + answer.offsetHeight - this.log.clientHeight;
    this.log.scrollTop = Math.max(own, Math.min(begins, ends));
  }

  #tellChange() {
    if (!this.answer || this.context.revisionOf() === this.answer.plays.draft.revision) return;
    const anew = el("button", { type: "button", class: "link", text: this.strings["try.play_anew"], onclick: () => void this.#play(() => this.turns, { isFinish: this.isFinished }) });
    this.state.replaceChildren(playsWords(this.strings, this.answer.plays), " ", this.strings["try.changed"], " ", anew);
  }

  /** @param {(Node|string)[]} parts */
  #tell(parts) {
    this.problem.className = parts.length ? "try-problem problem" : "try-problem";
    this.problem.replaceChildren(...parts);
  }

  /** @param {string} text */
  #announce(text) {
    this.context.announce?.(text);
  }

  #keep() {
    try {
      const kept = { turns: this.turns, words: this.words.value, ...this.choices.chosen() };
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing loses only this trial.
    }
  }

  #restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      if (!kept) return;
      this.turns = kept.turns;
      this.words.value = kept.words;
      this.choices.restore(kept.level, kept.seed);
    } catch {
      this.turns = [];
    }
  }
}

/** @param {any} cause */
function signed(cause) {
  const sign = (/** @type {number} */ value) => (value > 0 ? `+${value}` : String(value));
  return { temper: sign(cause.temper), trust: sign(cause.trust), patience: sign(cause.patience) };
}
