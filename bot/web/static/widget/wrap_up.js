/** After the call: what it led to, filled from what was heard, with gaps shown as gaps, confirmed before it is written. */

import { el, said } from "./dom.js";
import { proposalsOf, recordedAlready } from "./outcome.js";
import { counted, labelName, t } from "./strings.js";
import { box } from "./wrap_fields.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./outcome.js").Proposal} Proposal */

/** @type {Record<string, import("./wrap_fields.js").Field[]>} */
const FIELDS = {
  promise: [
    { name: "amount", kind: "money" },
    { name: "due_on", kind: "date" },
  ],
  payment: [
    { name: "amount", kind: "money" },
    { name: "due", kind: "date" },
  ],
  dispute: [
    { name: "invoice_number", kind: "invoice" },
    { name: "reason", kind: "reason" },
    { name: "amount", kind: "money", optional: true },
    { name: "note", kind: "text", optional: true },
  ],
  document: [{ name: "kind", kind: "text" }],
  follow_up: [
    { name: "due_on", kind: "date" },
    { name: "note", kind: "text", optional: true },
  ],
};

/** The sections that the ledger takes several of. */
const MANY = ["dispute", "document"];
const FIRST_PAYMENTS = 2;

/**
 * The form; made once per wrap-up, so that nothing typed is ever redrawn away.
 * @param {Context} context
 * @param {State} state
 */
export function wrapUpForm({ act }, state) {
  const parts = proposalsOf(state, state.summary).map((proposal, at) =>
    section(state, proposal, at),
  );
  const gaps = el("p", { class: "gaps", role: "status" });
  const error = said("p", "", { class: "notice", role: "alert", hidden: true });
  const notes = /** @type {HTMLTextAreaElement} */ (
    el("textarea", { id: "wrap-notes", rows: "2", dir: "auto", maxlength: "4000" })
  );
  const refresh = () => {
    const missing = parts.flatMap((part) => part.missing());
    const names = missing.map((one) => one.label).join(", ");
    gaps.textContent = missing.length ? counted("gaps", missing.length, { names }) : t("gaps_none");
    return missing;
  };
  const form = el(
    "form",
    { class: "wrap", part: "wrap-up", novalidate: true, "aria-label": t("wrap_title") },
    el("h3", {
      class: "wrap-title",
      text: t("wrap_title"),
      tabindex: "-1",
      data: { focus: "wrap" },
    }),
    el("p", { class: "muted", text: t("wrap_text") }),
    story(state),
    ...recordedAlready(state.summary).map((text) => said("p", text, { class: "notice calm" })),
    gaps,
    ...parts.map((part) => part.element),
    el("div", { class: "wrap-field" }, el("label", { for: "wrap-notes", text: t("notes") }), notes),
    error,
    el(
      "div",
      { class: "row" },
      el("button", { class: "main", type: "submit", text: t("wrap_save") }),
      el("button", {
        class: "quiet",
        type: "button",
        text: t("wrap_back"),
        onclick: act.backToCall,
      }),
    ),
  );
  form.addEventListener("input", refresh);
  form.addEventListener("click", refresh);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = refresh();
    if (first) return first.input.focus();
    act.saveCall(confirmed(parts, notes.value.trim()));
  });
  refresh();
  return {
    element: form,
    /** @param {string} text */
    fail(text) {
      error.textContent = text;
      error.hidden = !text;
    },
  };
}

/** @param {ReturnType<typeof section>[]} parts @param {string} notes */
function confirmed(parts, notes) {
  /** @type {Record<string, any>} */
  const document = notes ? { notes } : {};
  for (const part of parts.filter((one) => one.isOn())) {
    if (MANY.includes(part.kind)) (document[part.kind] ??= []).push(part.value());
    else document[part.kind] = part.value();
  }
  return document;
}

/** @param {State} state */
function story({ summary, turns, offered }) {
  const labels = [...new Set(turns.flatMap((turn) => (turn.advice?.heard ?? []).map(labelName)))];
  const rows = [
    ["outcome", summary?.outcome],
    ["heard", labels.join(", ")],
    ["heat", summary?.heat],
    ["offered", offered.join("; ")],
    ["left_open", (summary?.left_open ?? []).join("; ")],
  ].filter(([, text]) => text);
  return el(
    "dl",
    { class: "pairs" },
    ...rows.map(([key, text]) =>
      el("div", {}, el("dt", { text: t(`field_${key}`) }), said("dd", text)),
    ),
  );
}

/** @param {State} state @param {Proposal} proposal @param {number} at */
function section(state, { kind, values, gaps, isOn }, at) {
  const group = MANY.includes(kind) ? `${kind}-${at}` : kind;
  const tick = /** @type {HTMLInputElement} */ (
    el("input", { type: "checkbox", checked: isOn, name: group })
  );
  const body =
    kind === "plan" ? planBody(state, values.schedule) : plainBody(state, kind, group, values);
  const fields = el(
    "div",
    { class: "wrap-fields", hidden: !isOn },
    gaps.length ? said("p", gaps.join(" · "), { class: "gap" }) : null,
    ...body.elements,
  );
  tick.addEventListener("change", () => (fields.hidden = !tick.checked));
  const title = t(`wrap_${kind}`);
  return {
    kind,
    element: el(
      "fieldset",
      { class: "wrap-section", data: { kind } },
      el("legend", {}, el("label", {}, tick, el("span", { text: title }))),
      fields,
    ),
    isOn: () => tick.checked,
    value: body.value,
    missing: () =>
      body
        .boxes()
        .filter((one) => one.check(tick.checked))
        .map((one) => ({ input: one.input, label: `${title}: ${t(`field_${one.field.name}`)}` })),
  };
}

/** @param {State} state @param {string} kind @param {string} group @param {Record<string, any>} values */
function plainBody(state, kind, group, values) {
  const boxes = FIELDS[kind].map((field) => box(state, group, field, values[field.name]));
  return {
    elements: boxes.map((one) => one.element),
    boxes: () => boxes,
    value: () => filled(boxes),
  };
}

/** The payments of a plan, one row each; more can be added. @param {State} state @param {Record<string, string>[]|undefined} schedule */
function planBody(state, schedule) {
  const rows = el("div", { class: "payments" });
  /** @type {import("./wrap_fields.js").Box[][]} */
  const payments = [];
  const add = (/** @type {Record<string, string>} */ start) => {
    const boxes = FIELDS.payment.map((field) =>
      box(state, `plan-${payments.length}`, field, start[field.name]),
    );
    payments.push(boxes);
    rows.append(el("div", { class: "payment" }, ...boxes.map((one) => one.element)));
  };
  (schedule ?? Array.from({ length: FIRST_PAYMENTS }, () => ({}))).forEach(add);
  const more = el("button", { type: "button", text: t("add_payment"), onclick: () => add({}) });
  return {
    elements: [rows, el("div", { class: "row" }, more)],
    boxes: () => payments.flat(),
    value: () => ({ schedule: payments.map(filled) }),
  };
}

/** @param {import("./wrap_fields.js").Box[]} boxes */
function filled(boxes) {
  return Object.fromEntries(
    boxes.filter((one) => one.value()).map((one) => [one.field.name, one.value()]),
  );
}
