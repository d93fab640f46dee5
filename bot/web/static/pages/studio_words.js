/** Puts values into sentences of the catalogue, and instants into words. */

/** @typedef {Record<string, string>} Strings */

/** A sentence with its values filled in. @param {string|undefined} sentence @param {Record<string, unknown>} [values] */
export function filled(sentence, values = {}) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? String(values[name]) : whole,
  );
}

/**
 * The sentence for one or for many: keys end in `.one` and `.many`.
 * @param {Strings} strings @param {string} key @param {number} count @param {Record<string, unknown>} [values]
 */
export function counted(strings, key, count, values = {}) {
  return filled(strings[`${key}.${count === 1 ? "one" : "many"}`], { count, ...values });
}

/** An instant as the clock shows it, with its day unless that is today. @param {string|Date} instant */
export function moment(instant) {
  const at = new Date(instant);
  const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = at.toDateString() === new Date().toDateString();
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return isToday ? clock : `${day}, ${clock}`;
}

/** What an element was handed as JSON. @param {HTMLElement} element @param {string} name @returns {any} */
export function handed(element, name) {
  return JSON.parse(element.dataset[name] || "null");
}
