/** The verdict on a tried call: how it ended, score, goals, blockers and skills. */

import { el, said } from "../widget/dom.js";
import { filled } from "./studio_words.js";

/** @param {import("./studio_trial_parts.js").Context} context @param {any} answer @returns {(Node|string)[]} */
export function verdictParts({ strings }, answer) {
  const card = answer.scorecard;
  const ended = el("p", { text: strings[`try.ended.${answer.ended}`] ?? answer.ended });
  const unused = answer.unused ? el("p", { class: "notice", text: filled(strings["try.unused"], { count: answer.unused }) }) : "";
  if (!card) return [ended, unused];
  const verdict = strings[card.passed ? "try.passed" : "try.failed"];
  return [
    ended,
    unused,
    el("p", { class: "total" }, el("strong", { text: filled(strings["try.score"], { score: card.score, outcome: verdict }) })),
    // The summary begins with the score, which stands above it.
    said("p", card.summary.replace(/^\d+ of 100\. /, "")),
    ...section(strings["try.blockers"], card.blockers.map((/** @type {any} */ one) => `${one.note || one.rule}${one.quote ? `: “${one.quote}”` : ""}`)),
    ...section(strings["try.goals"], (card.debrief.goals ?? []).map((/** @type {any} */ goal) =>
      `${goal.met ? "✓" : "✕"} ${goal.text} (${strings[goal.met ? "try.goal_met" : "try.goal_missed"]})`)),
    ...section(strings["try.facts"], (card.debrief.facts ?? []).map((/** @type {any} */ fact) =>
      fact.earned ? `✓ ${fact.what}` : `✕ ${fact.what} (${strings["try.fact_hidden"]})`)),
    el("h3", { text: strings["try.skills"] }),
    el("table", {}, el("tbody", {}, ...Object.entries(card.skills).map(([name, points]) =>
      el("tr", {}, el("th", { scope: "row", text: strings[`skill.${name}`] ?? name.replaceAll("_", " ") }), el("td", { class: "figure", text: points }))))),
  ];
}

/** @param {string} title @param {string[]} lines */
function section(title, lines) {
  if (!lines.length) return [];
  return [el("h3", { text: title }), el("ul", {}, ...lines.map((line) => said("li", line)))];
}
