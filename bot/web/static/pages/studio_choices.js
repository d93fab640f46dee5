/** Turns fields that name something else in the document into choices, so that nobody has to remember an id. */

import { valueAt } from "./studio_values.js";

/**
 * @typedef {import("./studio_fields.js").Field} Field
 * @typedef {import("./studio_fields.js").Path} Path
 * @typedef {import("./studio_fields.js").Context} Context
 */

/** Which list of the document a key names an item of, by which key, and what it is called by. @type {Record<string, [Path, string, string]>} */
const NAMED = {
  after_facts: [["hidden_facts"], "id", "what"],
  facts: [["hidden_facts"], "id", "what"],
  invoice: [["account", "invoices"], "number", "number"],
};

/** Payments may be for bills that were paid long ago. */
const ALSO_OTHERS = "payments";

const HEATS = [0, 1, 2, 3];

/** The field as it is shown here. @param {Field} field @param {Path} path @param {Context} context @returns {Field} */
export function dressed(field, path, context) {
  const key = String(path.at(-1));
  if (key === "heat" && field.type === "number")
    return { ...field, type: "choice", choices: HEATS.map((value) => ({ value, label: context.strings[`heat.${value}`] })) };
  const named = NAMED[key];
  const isWords = field.type === "text" || (field.type === "list" && field.item?.type === "text");
  if (!named || !isWords || path.includes(ALSO_OTHERS)) return field;
  const [list, id, title] = named;
  const items = /** @type {any[]} */ (valueAt(context.data(), list) ?? []);
  const choices = items
    .filter((one) => one?.[id])
    .map((one) => ({ value: one[id], label: String(one[title] || one[id]) }));
  return { ...field, hint: "", type: field.type === "list" ? "choices" : "choice", choices };
}

/** The members of an item in the order of work: what it is called by first, its id last. @param {Field[]} members @param {string|null} [title] */
export function inOrder(members, title) {
  const rank = (/** @type {Field} */ one) => (one.path === "id" ? 2 : one.path === title && one.type === "long_text" ? 0 : 1);
  return members.toSorted((one, other) => rank(one) - rank(other));
}
