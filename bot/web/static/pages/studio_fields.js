/** Single fields of the form: a label, a hint, a control, and a place for what is wrong with it. */

import { el } from "../widget/dom.js";
import { filled } from "./studio_words.js";
import { isEmpty, joined } from "./studio_values.js";

/**
 * @typedef {import("./studio_values.js").Path} Path
 * @typedef {{path: string, label: string, hint?: string, type: string, required?: boolean, choices?: {value: any, label: string}[],
 *   least?: number|null, most?: number|null, item?: any, default?: any, item_title?: string}} Field
 * @typedef {{strings: import("./studio_words.js").Strings, isReadOnly: boolean, value: (path: Path) => any, data: () => any,
 *   change: (path: Path, value: any) => void, say: (text: string) => void, marked: () => void,
 *   build: (field: Field, path: Path, context: Context) => HTMLElement}} Context
 */

/** More choices than this are folded, so that a list of two hundred lines stays quick. */
const MOST_OPEN_CHOICES = 6;

/** @type {Record<string, (field: Field, path: Path, context: Context) => HTMLElement>} */
const CONTROLS = {
  text: (field, path, context) => words("input", field, path, context),
  long_text: (field, path, context) => words("textarea", field, path, context),
  number: figure,
  money: figure,
  day,
  choice,
};

/** A field with one value. @param {Field} field @param {Path} path @param {Context} context @returns {HTMLElement} */
export function single(field, path, context) {
  if (field.type === "yes_no") return yesNo(field, path, context);
  if (field.type === "choices") return choices(field, path, context);
  const isName = joined(path) === "id";
  const box = el("div", { class: `field of-${path.at(-1) === "id" ? "id" : field.type}`, data: { field: joined(path) } });
  box.append(el("label", { for: idOf(path) }, field.label, optional(field, context)), hint(field, path));
  // A document keeps the name that it began with.
  if (context.isReadOnly || isName) box.append(shown(field, context.value(path), context));
  else box.append((CONTROLS[field.type] ?? CONTROLS.text)(field, path, context));
  box.append(message(path, field.label));
  return box;
}

/** The id of the control at a path. @param {Path} path */
export const idOf = (path) => `f-${path.join("-")}`;

/** Where a field says what is wrong; its line is kept free so that nothing moves. @param {Path} path @param {string} [label] */
export const message = (path, label = "") =>
  el("p", { class: "message", id: `${idOf(path)}-message`, data: { message: joined(path), label } });

/** What helps with a field, if anything does. @param {Field} field @param {Path} path */
export const hint = (field, path) =>
  field.hint ? el("p", { class: "hint", id: `${idOf(path)}-hint`, text: field.hint }) : "";

/** @param {Field} field @param {Context} context */
export const optional = (field, context) =>
  field.required || context.isReadOnly ? "" : el("span", { class: "optional", text: ` ${context.strings.optional}` });

/** What describes a control. @param {Field} field @param {Path} path */
const described = (field, path) =>
  [field.hint ? `${idOf(path)}-hint` : "", `${idOf(path)}-message`].filter(Boolean).join(" ");

/** What is left when a field is emptied. @param {Field} field */
const nothing = (field) => (field.required ? (field.type.endsWith("text") ? "" : null) : undefined);

/**
 * @param {"input"|"textarea"} tag @param {Field} field @param {Path} path @param {Context} context
 * @param {(typed: string) => any} [read] what is meant by what was typed
 */
function words(tag, field, path, context, read = (typed) => typed || nothing(field)) {
  const given = context.value(path);
  const control = /** @type {HTMLInputElement} */ (
    el(tag, { id: idOf(path), dir: "auto", autocomplete: "off", "aria-describedby": described(field, path) })
  );
  if (tag === "textarea") control.setAttribute("rows", "2");
  control.value = given === null || given === undefined ? "" : String(given);
  control.addEventListener("input", () => context.change(path, read(control.value)));
  return control;
}

/** Whole numbers and sums of money; what is no number stays as it was typed, and the checks say so. @param {Field} field @param {Path} path @param {Context} context */
function figure(field, path, context) {
  const isMoney = field.type === "money";
  const control = /** @type {HTMLInputElement} */ (words("input", field, path, context, read));
  control.inputMode = isMoney ? "decimal" : "numeric";
  control.classList.add("figure");
  // What counts while nothing is entered.
  if (!isEmpty(field.default)) control.placeholder = String(field.default);
  // A sum is stored with its pence, and without signs that only people need.
  control.addEventListener("change", () => {
    const plain = control.value.replace(/[£€$,\s]/g, "");
    if (!isMoney || !/^-?\d+(\.\d{1,2})?$/.test(plain)) return;
    control.value = Number(plain).toFixed(2);
    context.change(path, control.value);
  });
  return control;

  /** @param {string} typed */
  function read(typed) {
    const plain = typed.trim();
    if (!plain) return nothing(field);
    return !isMoney && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain;
  }
}

/** A day as so many days before or after the call. @param {Field} field @param {Path} path @param {Context} context */
function day(field, path, context) {
  const { strings } = context;
  const given = context.value(path);
  const isNumber = typeof given === "number";
  const number = /** @type {HTMLInputElement} */ (
    el("input", { id: idOf(path), inputmode: "numeric", class: "figure", autocomplete: "off", "aria-describedby": described(field, path) })
  );
  number.value = isNumber ? String(Math.abs(given)) : String(given ?? "");
  const side = /** @type {HTMLSelectElement} */ (
    el("select", { "aria-label": filled(strings.day_side, { label: field.label }) },
      el("option", { value: "-1", text: strings.days_before }),
      el("option", { value: "1", text: strings.days_after }))
  );
  // An account tells of what has been, limits of what is to come.
  const usual = path[0] === "account" ? "-1" : "1";
  side.value = isNumber && given ? String(Math.sign(given)) : usual;
  const tell = () => {
    const typed = number.value.trim();
    const isWhole = /^-?\d+$/.test(typed);
    const days = isWhole ? Number(typed) : 0;
    // Who types the minus sign means it.
    const signed = days < 0 ? days : days * Number(side.value);
    context.change(path, typed ? (isWhole ? signed || 0 : typed) : nothing(field));
  };
  number.addEventListener("input", tell);
  side.addEventListener("change", tell);
  return el("div", { class: "day" }, number, side);
}

/** @param {Field} field @param {Path} path @param {Context} context */
function choice(field, path, context) {
  const given = context.value(path) ?? field.default;
  const known = field.choices ?? [];
  const at = known.findIndex((one) => one.value === given || String(one.value) === String(given ?? ""));
  const select = /** @type {HTMLSelectElement} */ (el("select", { id: idOf(path), "aria-describedby": described(field, path) }));
  const none = field.required ? context.strings.choose : context.strings.none;
  if (!field.required || at < 0) select.append(el("option", { value: "", text: none }));
  for (const [index, one] of known.entries()) select.append(el("option", { value: String(index), text: one.label }));
  // A value that is not among the choices stays until another is chosen.
  if (at < 0 && !isEmpty(given)) select.append(el("option", { value: "other", text: String(given) }));
  select.value = at >= 0 ? String(at) : isEmpty(given) ? "" : "other";
  select.addEventListener("change", () => {
    if (select.value === "other") return;
    context.change(path, select.value === "" ? nothing(field) : known[Number(select.value)].value);
  });
  return select;
}

/** @param {Field} field @param {Path} path @param {Context} context */
function yesNo(field, path, context) {
  const box = el("div", { class: "field of-yes_no", data: { field: joined(path) } });
  const isOn = Boolean(context.value(path) ?? field.default);
  if (context.isReadOnly) {
    box.append(el("label", { text: field.label }), el("p", { class: "value", text: context.strings[isOn ? "yes" : "no"] }));
    return box;
  }
  const control = /** @type {HTMLInputElement} */ (
    el("input", { type: "checkbox", id: idOf(path), autocomplete: "off", "aria-describedby": described(field, path) })
  );
  control.checked = isOn;
  control.addEventListener("change", () => context.change(path, control.checked));
  box.append(el("label", { class: "check", for: idOf(path) }, control, field.label), hint(field, path), message(path, field.label));
  return box;
}

/** Many of several; what is chosen keeps its order, and what is added comes last. @param {Field} field @param {Path} path @param {Context} context */
function choices(field, path, context) {
  const box = el("fieldset", { class: "field of-choices", data: { field: joined(path) }, "aria-describedby": described(field, path) });
  box.append(el("legend", {}, field.label, optional(field, context)), hint(field, path));
  const known = field.choices ?? [];
  const chosen = () => /** @type {any[]} */ (context.value(path) ?? field.default ?? []);
  if (context.isReadOnly) {
    box.append(shown(field, chosen(), context));
  } else if (known.length <= MOST_OPEN_CHOICES) {
    box.append(el("div", { class: "row ticks" }, ...ticks(field, path, context, chosen)));
  } else {
    const summary = el("summary", { id: idOf(path), text: named(field, chosen(), context) });
    const fold = /** @type {HTMLDetailsElement} */ (el("details", {}, summary));
    fold.addEventListener("toggle", () => {
      if (fold.open && fold.children.length === 1)
        fold.append(el("div", { class: "choices" }, ...ticks(field, path, context, chosen)));
    });
    fold.addEventListener("change", () => (summary.textContent = named(field, chosen(), context)));
    box.append(fold);
  }
  box.append(message(path, field.label));
  return box;
}

/** @param {Field} field @param {Path} path @param {Context} context @param {() => any[]} chosen */
function ticks(field, path, context, chosen) {
  const others = chosen().filter((value) => !field.choices?.some((one) => one.value === value));
  const all = [...(field.choices ?? []), ...others.map((value) => ({ value, label: String(value) }))];
  return all.map((one, index) => {
    const control = /** @type {HTMLInputElement} */ (
      el("input", { type: "checkbox", autocomplete: "off", id: index ? null : `${idOf(path)}-first` })
    );
    control.checked = chosen().includes(one.value);
    control.addEventListener("change", () => {
      const rest = chosen().filter((value) => value !== one.value);
      context.change(path, control.checked ? [...rest, one.value] : rest);
    });
    return el("label", { class: "check" }, control, one.label);
  });
}

/** @param {Field} field @param {any[]} values @param {Context} context */
function named(field, values, context) {
  const names = values.map((value) => field.choices?.find((one) => one.value === value)?.label ?? String(value));
  return names.length ? names.join(", ") : context.strings.none_chosen;
}

/** A value for somebody who may only read. @param {Field} field @param {any} value @param {Context} context */
function shown(field, value, context) {
  const { strings } = context;
  let text = named(field, Array.isArray(value) ? value : [value], context);
  if (isEmpty(value)) text = strings.nothing;
  else if (field.type === "day" && typeof value === "number")
    text = filled(strings[value > 0 ? "day_after" : "day_before"], { count: Math.abs(value) });
  return el("p", { class: "value", dir: "auto", text });
}
