/** Draws one section of a document's form from its description, marks what is wrong, and finds any field. */

import { el } from "../widget/dom.js";
import { dressed } from "./studio_choices.js";
import { hint, idOf, message, optional, single } from "./studio_fields.js";
import { list, unfold } from "./studio_lists.js";
import { filled } from "./studio_words.js";
import { inWords, joined, keysOf, parted } from "./studio_values.js";

/**
 * @typedef {import("./studio_fields.js").Field} Field
 * @typedef {import("./studio_fields.js").Path} Path
 * @typedef {import("./studio_fields.js").Context} Context
 * @typedef {import("./studio_draft.js").Fault} Fault
 * @typedef {{id: string, title: string, hint?: string, fields: Field[]}} Section
 */

const LEVELS = ["1", "2", "3"];

/** The parts of a section, without its heading. @param {Section} section @param {Context} context */
export function sectionParts(section, context) {
  return section.fields.map((field) => build(field, parted(field.path), context));
}

/** Any field with what belongs to it. @param {Field} given @param {Path} path @param {Context} context @returns {HTMLElement} */
export function build(given, path, context) {
  const field = dressed(given, path, context);
  if (field.type === "list") return list(field, path, context);
  if (field.type === "group") return group(field, path, context);
  if (field.type === "by_level") return byKey(field, path, context, levelsOf(context));
  if (field.type === "map") return byKey(field, path, context, keysIn(field, path, context));
  return single(field, path, context);
}

/** The section that a value belongs to: the one with the longest fitting field. @param {Section[]} sections @param {string} where */
export function sectionOf(sections, where) {
  let best = null;
  let length = -1;
  for (const section of sections)
    for (const { path } of section.fields) {
      const fits = where === path || where.startsWith(`${path}.`) || path.startsWith(`${where}.`);
      if (!fits || path.length <= length || !where) continue;
      best = section;
      length = path.length;
    }
  return best;
}

/** Mark the fields of the part that have faults, and take marks away where all is well. @param {HTMLElement} part @param {Fault[]} faults */
export function mark(part, faults) {
  /** @type {Map<Element, Fault[]>} */
  const found = new Map();
  for (const fault of faults) {
    const box = nearest(part, fault.field);
    if (box) found.set(box, [...(found.get(box) ?? []), fault]);
  }
  for (const box of part.querySelectorAll("[data-field]")) {
    const said = found.get(box) ?? [];
    const path = box.getAttribute("data-field") ?? "";
    const place = /** @type {HTMLElement|null} */ (box.querySelector(`:scope > .message[data-message="${CSS.escape(path)}"]`));
    const label = place?.dataset.label ?? "";
    const words = said.map((fault) => inWords(fault, fault.field === path ? label : "")).join(" ");
    if (place && place.textContent !== words) place.textContent = words;
    box.classList.toggle("faulty", said.length > 0);
    for (const control of controlsOf(box)) {
      if (said.length) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
}

/** Put the focus on the field with this name, opening what it is folded in. @param {HTMLElement} part @param {string} where @returns {boolean} */
export function focusField(part, where) {
  const path = parted(where);
  for (let length = 1; length <= path.length; length += 1) {
    const box = find(part, joined(path.slice(0, length)));
    const fold = box?.querySelector(":scope > details");
    if (fold instanceof HTMLDetailsElement && box?.matches(".item")) unfold(fold);
  }
  const box = nearest(part, where);
  const control = box && (controlsOf(box)[0] ?? box.querySelector("input, textarea, select, summary") ?? box.querySelector("button"));
  if (!(control instanceof HTMLElement)) return false;
  control.focus({ preventScroll: true });
  control.scrollIntoView({ block: "center" });
  return true;
}

/** @param {HTMLElement} part @param {string} where */
function nearest(part, where) {
  for (let path = parted(where); path.length; path = path.slice(0, -1)) {
    const box = find(part, joined(path));
    if (box) return box;
  }
  return null;
}

/** @param {HTMLElement} part @param {string} where */
const find = (part, where) => part.querySelector(`[data-field="${CSS.escape(where)}"]`);

/** The controls of a field itself, not of fields within it. @param {Element} box */
function controlsOf(box) {
  const controls = [...box.querySelectorAll("input, textarea, select")];
  return box.matches(".item, .of-list, .of-group, .of-by_key") ? [] : controls;
}

/** Several values under one heading; an optional one is taken in by a button. @param {Field} field @param {Path} path @param {Context} context */
function group(field, path, context) {
  const { strings } = context;
  const box = el("fieldset", { class: "field of-group", data: { field: joined(path) } });
  const members = /** @type {Field[]} */ (field.item ?? []);
  draw();
  return box;

  function draw() {
    const given = context.value(path);
    const isThere = Boolean(field.required) || (given !== null && given !== undefined);
    const name = filled(strings[isThere ? "take_out" : "take_in"], { label: field.label });
    const turn = el("button", { type: "button", class: "quiet small", id: idOf(path), text: name });
    turn.addEventListener("click", () => {
      context.change(path, isThere ? undefined : {});
      draw();
      context.marked();
      (box.querySelector(isThere ? "button" : "input, textarea, select, summary") ?? turn).focus();
    });
    box.replaceChildren(el("legend", {}, field.label, optional(field, context)), hint(field, path));
    if (isThere)
      box.append(el("div", { class: "members" }, ...members.map((one) => build(one, [...path, ...keysOf(one, path)], context))));
    else if (context.isReadOnly) box.append(el("p", { class: "value", text: strings.nothing }));
    box.append(message(path, field.label));
    if (!field.required && !context.isReadOnly) box.append(turn);
  }
}

/** One value for each of some keys, such as for each level. @param {Field} field @param {Path} path @param {Context} context @param {{value: string, label: string}[]} keys */
function byKey(field, path, context, keys) {
  const inner = field.item && !Array.isArray(field.item) ? field.item : { type: "long_text" };
  const parts = keys.map((key) =>
    build({ hint: "", ...inner, label: key.label, required: Boolean(inner.required ?? field.required) }, [...path, key.value], context),
  );
  return el("fieldset", { class: "field of-by_key", data: { field: joined(path) } },
    el("legend", {}, field.label, optional(field, context)), hint(field, path),
    el("div", { class: "members" }, ...parts), message(path, field.label));
}

/** @param {Context} context */
function levelsOf(context) {
  return LEVELS.map((value) => ({ value, label: context.strings[`level.${value}`] }));
}

/** @param {Field} field @param {Path} path @param {Context} context */
function keysIn(field, path, context) {
  const known = (field.choices ?? []).map((one) => ({ value: String(one.value), label: one.label }));
  const others = Object.keys(context.value(path) ?? {}).filter((key) => !known.some((one) => one.value === key));
  return [...known, ...others.map((key) => ({ value: key, label: key.replaceAll("_", " ") }))];
}
