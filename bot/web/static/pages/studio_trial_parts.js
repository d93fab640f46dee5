/** What the three panels of trials share: faults as links, what is played, waiting, and what went wrong in words. */

import { el, said } from "../widget/dom.js";
import { filled } from "./studio_words.js";

/**
 * @typedef {{
 *   draftId: string, kind?: string, name?: string, strings: Record<string, string>, api: any,
 *   announce?: (text: string) => void, revisionOf: () => number, flush?: () => Promise<any>, levelsOf?: () => any,
 *   goToField: (field: string) => void, onSaved?: (told: (stored: any) => void) => void,
 * }} Context
 */

/** Short waits show nothing, so that nothing flickers. */
const THINKING_AFTER_MS = 300;

/** The name of a label or move in words. @param {Record<string, string>} strings @param {string} name */
export function nameOf(strings, name) {
  return strings[`name.${name}`] ?? name.replaceAll("_", " ");
}

/** @param {Record<string, string>} strings @param {string[]} names */
export function listed(strings, names) {
  return names.map((name) => nameOf(strings, name)).join(", ");
}

/** A heat as word and shape. @param {Record<string, string>} strings @param {number} heat */
export function heatWord(strings, heat) {
  return el("span", { class: `heat heat-${heat}`, text: strings[`heat.${heat}`] });
}

/** Which revision of what is played. @param {Record<string, string>} strings @param {any} plays */
export function playsWords(strings, plays) {
  const { revision } = plays.draft;
  if (!plays.other) return filled(strings["try.plays_alone"], { revision });
  const key = plays.other.revision ? "try.other_draft" : "try.other_published";
  return filled(strings["try.plays"], { revision, other: filled(strings[key], plays.other) });
}

/** The faults that keep a draft from being played, each a link to its field. @param {Context} context @param {any[]} faults */
export function faultList(context, faults) {
  const rows = faults.map((fault) =>
    el("li", {},
      said("span", fault.message), " ", el("span", { class: "remedy", text: fault.remedy }),
      fieldButton(context, fault.field, context.strings["try.go"])),
  );
  return [el("p", { text: context.strings["try.not_played"] }), el("ul", { class: "checks" }, ...rows)];
}

/** A button that puts the reader into a field of the form. @param {Context} context @param {string} field @param {string} words */
export function fieldButton(context, field, words) {
  return el("button", { type: "button", class: "link", text: words, onclick: () => context.goToField(field) });
}

/** Why something did not work, in words. @param {Context} context @param {unknown} error */
export function reason(context, error) {
  const isProblem = error instanceof Error && error.name === "ProblemError";
  return isProblem ? error.message : (context.strings.no_connection ?? "");
}

/** Say that something is being done, once it takes long. @template T @param {HTMLElement} line @param {string} words @param {() => Promise<T>} work @returns {Promise<T>} */
export async function whileWaiting(line, words, work) {
  const timer = setTimeout(() => (line.textContent = words), THINKING_AFTER_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    line.textContent = "";
  }
}

/** Save what was typed, so that what is played is what is seen. @param {Context} context */
export async function settled(context) {
  await context.flush?.();
}

/** Level and seed, as far as the draft has levels. @param {Context} context @param {() => void} changed */
export function choices(context, changed) {
  const { strings } = context;
  const id = `trial-${Math.random().toString(36).slice(2, 8)}`;
  const level = /** @type {HTMLSelectElement} */ (el("select", { id: `${id}-level`, onchange: changed }));
  const seed = /** @type {HTMLInputElement} */ (
    el("input", { id: `${id}-seed`, type: "number", min: 0, max: 2147483646, step: 1, value: 0, onchange: changed, title: strings["try.seed_hint"] })
  );
  const parts = [
    el("div", {}, el("label", { for: level.id, text: strings["try.level"] }), level),
    el("div", {}, el("label", { for: seed.id, text: strings["try.seed"] }), seed),
  ];
  const known = levelsIn(context.levelsOf?.());
  fill(known.length ? known : [1], known[0] ?? null);
  return {
    parts,
    /** @returns {{level?: number, seed: number}} */
    chosen: () => ({
      ...(level.value ? { level: Number(level.value) } : {}),
      seed: Math.min(2147483646, Math.max(0, Math.trunc(Number(seed.value)) || 0)),
    }),
    fill,
    /** @param {number|undefined} atLevel @param {number} atSeed */
    restore: (atLevel, atSeed) => {
      if (atLevel) fill([atLevel], atLevel);
      seed.value = String(atSeed);
    },
  };

  /** @param {number[]} levels @param {number|null} chosen */
  function fill(levels, chosen) {
    const now = chosen ?? (Number(level.value) || null);
    const options = levels.map((one) =>
      el("option", { value: one, text: filled(strings["try.level_number"], { level: one }), selected: one === now }),
    );
    // Before the first answer the draft's own first level is meant.
    if (chosen === null) options.unshift(el("option", { value: "", text: "–", selected: true }));
    level.replaceChildren(...options);
  }
}

/** The levels that a draft names, as far as they are levels. @param {any} given @returns {number[]} */
function levelsIn(given) {
  return Array.isArray(given) ? given.filter((one) => [1, 2, 3].includes(one)) : [];
}
