/** The good, the middling and the poor scripted collector on a draft: scores, curves in one picture, what was said. */

import { el, said, svg } from "../widget/dom.js";
import { choices, faultList, heatWord, listed, playsWords, reason, settled, whileWaiting } from "./studio_trial_parts.js";
import { filled } from "./studio_words.js";

/** @typedef {import("./studio_trial_parts.js").Context} Context */

/** A scenario in which good work is worth less than this tells nobody apart. */
const TELLS_APART = 20;
const WIDTH = 320;
const HEIGHT = 140;
const LEFT = 52;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;
const FULL = 100;

/** @param {HTMLElement} element @param {Context} context */
export async function mount(element, context) {
  const { strings } = context;
  const trial = choices(context, () => {});
  const start = el("button", { type: "button", class: "main", text: strings["plays.start"], onclick: () => void play() });
  const state = el("p", { class: "try-state", text: strings["plays.none"] });
  const wait = el("p", { class: "try-wait", role: "status" });
  const problem = el("div", { class: "try-problem", role: "alert" });
  const room = el("div", { class: "plays plays-room" });
  /** @type {number|null} */
  let played = null;
  let isBusy = false;
  element.replaceChildren(
    el("p", { class: "hint", text: strings["plays.lead"] }),
    el("div", { class: "try-head" }, ...trial.parts, start), state, wait, problem, room);
  context.onSaved?.(() => {
    if (played !== null && context.revisionOf() !== played) state.append(" ", strings["try.changed"]);
    played = null;
  });

  async function play() {
    if (isBusy) return;
    isBusy = true;
    element.setAttribute("aria-busy", "true");
    try {
      const told = await whileWaiting(wait, strings["plays.waiting"], async () => {
        await settled(context);
        return context.api.post(`/studio/drafts/${context.draftId}/plays`, trial.chosen());
      });
      tell(told.faults.length ? faultList(context, told.faults) : []);
      state.textContent = playsWords(strings, told.plays);
      played = told.plays.draft.revision;
      room.replaceChildren(...(told.players.length ? playsParts(strings, told) : []));
      if (told.players.length) {
        trial.fill(told.levels, told.level);
        const [good, middling, poor] = told.players.map((/** @type {any} */ one) => one.score);
        context.announce?.(filled(strings["plays.done"], { good, middling, poor }));
      }
    } catch (error) {
      tell([reason(context, error)]);
    } finally {
      isBusy = false;
      element.removeAttribute("aria-busy");
    }
  }

  /** @param {(Node|string)[]} parts */
  function tell(parts) {
    problem.className = parts.length ? "try-problem problem" : "try-problem";
    problem.replaceChildren(...parts);
  }
}

/** @param {Record<string, string>} strings @param {any} told @returns {Node[]} */
function playsParts(strings, told) {
  const { players } = told;
  const ahead = players[0].score - players[players.length - 1].score;
  return [
    summary(strings, players),
    el("p", { text: filled(strings[ahead >= TELLS_APART ? "plays.told_apart" : "plays.alike"], { points: ahead }) }),
    el("h3", { text: strings["plays.curves"] }),
    picture(strings, players),
    curveTable(strings, players),
    ...players.map((/** @type {any} */ one) => transcript(strings, one)),
  ];
}

/** @param {Record<string, string>} strings @param {any[]} players */
function summary(strings, players) {
  const rows = players.map((one, number) =>
    el("tr", {},
      el("th", { scope: "row" }, key(number), strings[`plays.${one.player}`]),
      el("td", { class: "figure", text: one.score }),
      el("td", {}, `${strings[one.passed ? "try.passed" : "try.failed"]}. ${strings[`try.ended.${one.ended}`] ?? ""} `,
        el("span", { class: "muted", text: filled(strings["plays.facts"], { count: one.facts_told.length }) }),
        ...one.blockers.map((/** @type {any} */ blocker) => said("span", blocker.note || blocker.rule, { class: "muted" })))));
  return el("table", {},
    el("thead", {}, el("tr", {}, ...["player", "points", "end"].map((name) => el("th", { scope: "col", text: strings[`plays.${name}`] })))),
    el("tbody", {}, ...rows));
}

/** The line of a player as it is drawn. @param {number} number */
function key(number) {
  const line = svg("line", { x1: 0, x2: 28, y1: 6, y2: 6 });
  return /** @type {HTMLElement} */ (/** @type {unknown} */ (svg("svg", { class: `key line-${number + 1}`, viewBox: "0 0 28 12", "aria-hidden": "true" }, line)));
}

/** @param {Record<string, string>} strings @param {any[]} players */
function picture(strings, players) {
  const most = Math.max(1, ...players.map((one) => one.temper.length - 1));
  const x = (/** @type {number} */ turn) => LEFT + (turn / most) * (WIDTH - LEFT - RIGHT);
  const y = (/** @type {number} */ temper) => TOP + (1 - temper / FULL) * (HEIGHT - TOP - BOTTOM);
  const paths = players.map((one) => filled(strings["plays.path"], { player: strings[`plays.${one.player}`], first: one.temper[0], last: one.temper.at(-1) }));
  const bands = [0, 1, 2, 3].flatMap((heat) => {
    const at = y(heat * 25);
    const word = svg("text", { x: 0, y: at - 3 });
    word.textContent = strings[`heat.${heat}`];
    return [svg("line", { class: "band", x1: LEFT - 4, x2: WIDTH, y1: at, y2: at }), word];
  });
  const lines = players.map((one, number) =>
    svg("g", { class: `line-${number + 1}` },
      svg("polyline", { points: one.temper.map((/** @type {number} */ value, /** @type {number} */ turn) => `${x(turn).toFixed(1)},${y(value).toFixed(1)}`).join(" ") }),
      svg("circle", { class: "mark", cx: x(one.temper.length - 1).toFixed(1), cy: y(one.temper.at(-1)).toFixed(1), r: 3.5 })));
  const every = Math.max(2, 2 * Math.ceil(most / 16));
  const numbers = [];
  for (let turn = 0; turn <= most; turn += every) {
    const number = svg("text", { class: "number", x: x(turn).toFixed(1), y: HEIGHT - 6 });
    number.textContent = String(turn);
    numbers.push(number);
  }
  return svg("svg", { class: "curve three", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": filled(strings["plays.picture"], { paths: paths.join("; ") }) },
    ...bands, ...lines, ...numbers);
}

/** @param {Record<string, string>} strings @param {any[]} players */
function curveTable(strings, players) {
  const most = Math.max(...players.map((one) => one.temper.length));
  const rows = Array.from({ length: most }, (_, turn) =>
    el("tr", {}, el("th", { scope: "row", text: turn }),
      ...players.map((one) => el("td", { class: "figure", text: one.temper[turn] ?? strings["plays.not_reached"] }))));
  const heads = players.map((one) => el("th", { scope: "col", class: "figure", text: strings[`plays.${one.player}`] }));
  return el("details", {}, el("summary", { text: strings["plays.table"] }),
    el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col", text: strings["plays.turn"] }), ...heads)), el("tbody", {}, ...rows)));
}

/** @param {Record<string, string>} strings @param {any} one */
function transcript(strings, one) {
  const rows = one.turns.map((/** @type {any} */ turn) =>
    el("li", { class: `said ${turn.speaker === "client" ? "client" : "you"}` },
      said("span", turn.text || strings["try.silence"]), " ",
      turn.speaker === "client" ? heatWord(strings, turn.heat) : el("span", { class: "muted", text: listed(strings, turn.moves.map((/** @type {any} */ m) => m.name)) })));
  return el("details", {}, el("summary", { text: filled(strings["plays.said"], { player: strings[`plays.${one.player}`].toLowerCase() }) }), el("ol", { class: "findings" }, ...rows));
}
