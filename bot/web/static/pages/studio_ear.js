/** The client's own lines as examples for the ear: what they say in the scenario, with its label and heat. */

/** @typedef {{text: string, labels: string[], heat: number, style: string}} Example */

const PLACEHOLDER = /\{\w+\}/;

/**
 * The lines of a scenario that are not among its examples yet; lines with a place for a figure are left out, as nobody says them so.
 * @param {any} data @returns {{taken: Example[], left: number}}
 */
export function clientLines(data) {
  const known = new Set((data.examples ?? []).map((/** @type {any} */ one) => plain(one?.text)));
  /** @type {Example[]} */
  const taken = [];
  let left = 0;
  for (const [text, label, heat] of spoken(data)) {
    if (!text.trim() || !label || known.has(plain(text))) continue;
    known.add(plain(text));
    if (PLACEHOLDER.test(text)) left += 1;
    else taken.push({ text: text.trim(), labels: [label], heat, style: "clean" });
  }
  return { taken, left };
}

/** @param {any} data @returns {[string, string, number][]} */
function spoken(data) {
  const own = String(data.objection ?? "");
  /** @type {[string, string, number][]} */
  const openings = Object.entries(data.opening ?? {}).map(([level, text]) => [String(text ?? ""), own, Number(level) - 1]);
  return [
    ...openings,
    ...lines(data.restate, own),
    ...(data.objections ?? []).flatMap((/** @type {any} */ one) => lines(one?.lines, String(one?.label ?? ""))),
  ];
}

/** @param {any} all @param {string} label @returns {[string, string, number][]} */
function lines(all, label) {
  return (all ?? []).map((/** @type {any} */ one) => [String(one?.text ?? ""), label, middle(one?.heat)]);
}

/** The heat in the middle of those that a line fits. @param {any} heats */
function middle(heats) {
  const all = Array.isArray(heats) && heats.length ? [...heats].sort() : [0];
  return Number(all[Math.floor((all.length - 1) / 2)]) || 0;
}

/** @param {any} text */
const plain = (text) => String(text ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
