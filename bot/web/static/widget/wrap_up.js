/** After the call: what it led to, filled from what was heard, with gaps shown as gaps, confirmed before it is written. */

import { el, said } from "./dom.js";
import { labelName } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */
/** @typedef {{name: string, kind: "money"|"date"|"text"|"invoice"|"reason", optional?: boolean}} Field */

/** @type {Record<string, Field[]>} */
const SECTIONS = {
  promise: [{ name: "amount", kind: "money" }, { name: "due_on", kind: "date" }],
  dispute: [{ name: "invoice_number", kind: "invoice" }, { name: "reason", kind: "reason" }, { name: "amount", kind: "money", optional: true }, { name: "note", kind: "text", optional: true }],
  document: [{ name: "kind", kind: "text" }],
  follow_up: [{ name: "due_on", kind: "date" }, { name: "note", kind: "text", optional: true }],
};

const REASONS = ["invoice_dispute", "service_dispute", "terms_dispute", "missing_paperwork", "payment_claimed"];

/**
 * What the call itself says about each section; null when it did not come up.
 * @param {State} state
 * @returns {Record<string, Record<string, string>|null>}
 */
export function heardOutcome(state) {
  const client = state.turns.filter((turn) => turn.reading && turn.speaker !== "collector");
  const last = (/** @type {string[]} */ names) => client.findLast((turn) => turn.reading?.labels.some((label) => names.includes(label.name)));
  const entity = (/** @type {any} */ turn, /** @type {string} */ type) => turn?.reading.entities?.find((/** @type {any} */ one) => one.type === type)?.value;
  const promise = last(["promise_to_pay", "accept_offer"]);
  const dispute = last(REASONS.slice(0, 3));
  const paper = last(["missing_paperwork"]);
  return {
    promise: promise ? { amount: entity(promise, "money")?.amount ?? "", due_on: entity(promise, "date") ?? "" } : null,
    dispute: dispute ? { invoice_number: entity(dispute, "invoice_number") ?? "", reason: dispute.reading?.labels.find((label) => REASONS.includes(label.name))?.name ?? "" } : null,
    document: paper ? { kind: "" } : null,
    follow_up: null,
  };
}

/**
 * The form; made once per wrap-up, so that nothing typed is ever redrawn away.
 * @param {Context} context
 * @param {State} state
 */
export function wrapUpForm(context, state) {
  const { t, act } = context;
  const heard = heardOutcome(state);
  const parts = Object.entries(SECTIONS).map(([name, fields]) => section(context, state, name, fields, heard[name]));
  const gaps = el("p", { class: "gaps", role: "status" });
  const error = said("p", "", { class: "notice", role: "alert", hidden: true });
  const refresh = () => {
    const missing = parts.flatMap((part) => part.missing());
    const key = missing.length ? (missing.length === 1 ? "gaps_one" : "gaps_many") : "gaps_none";
    gaps.textContent = t(key, { count: missing.length, names: missing.map((one) => one.label).join(", ") });
    return missing;
  };
  const form = el("form", { class: "wrap", part: "wrap-up", novalidate: true, "aria-label": t("wrap_title") },
    el("h3", { class: "wrap-title", text: t("wrap_title"), tabindex: "-1", data: { focus: "wrap" } }),
    el("p", { class: "muted", text: t("wrap_text") }),
    story(context, state), gaps, ...parts.map((part) => part.element), error,
    el("div", { class: "row" },
      el("button", { class: "main", type: "submit", text: t("wrap_save") }),
      el("button", { class: "quiet", type: "button", text: t("wrap_back"), onclick: act.backToCall })));
  form.addEventListener("input", refresh);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = refresh();
    if (first) return first.input.focus();
    act.saveCall(Object.fromEntries(parts.filter((part) => part.isOn()).map((part) => [part.name, part.value()])));
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

/** @param {Context} context @param {State} state */
function story({ t }, state) {
  const labels = new Set(state.turns.flatMap((turn) => (turn.advice?.heard ?? []).map(labelName)));
  const rows = [
    ["heard_in_call", [...labels].join(", ")],
    ["heat_in_call", state.heatPath.length ? [...new Set([Math.max(...state.heatPath), state.heat])].map((one) => t(`heat_${one}`)).join(" → ") : ""],
    ["offered_in_call", state.offered.join("; ")],
  ];
  return el("dl", { class: "pairs" }, ...rows.map(([key, text]) => el("div", {}, el("dt", { text: t(key) }), said("dd", text || t("none")))));
}

/** @param {Context} context @param {State} state @param {string} name @param {Field[]} fields @param {Record<string, string>|null} heard */
function section({ t }, state, name, fields, heard) {
  const tick = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", checked: heard !== null, name }));
  const boxes = fields.map((field) => box(t, state, name, field, heard?.[field.name] ?? ""));
  const body = el("div", { class: "wrap-fields", hidden: heard === null }, ...boxes.map((one) => one.element));
  tick.addEventListener("change", () => (body.hidden = !tick.checked));
  const title = t(`wrap_${name}`);
  return {
    name,
    element: el("fieldset", { class: "wrap-section" }, el("legend", {}, el("label", {}, tick, el("span", { text: title }))), body),
    isOn: () => tick.checked,
    value: () => Object.fromEntries(boxes.filter((one) => one.value()).map((one) => [one.field.name, one.value()])),
    missing: () => boxes.map((one) => ({ ...one, isMissing: one.check(tick.checked) })).filter((one) => one.isMissing)
      .map((one) => ({ input: one.input, label: `${title}: ${t(`field_${one.field.name}`)}` })),
  };
}

/** @param {Context["t"]} t @param {State} state @param {string} group @param {Field} field @param {string} start */
function box(t, state, group, field, start) {
  const id = `wrap-${group}-${field.name}`;
  const input = /** @type {HTMLInputElement} */ (control(state, field, id));
  input.value = start;
  const gap = el("span", { class: "gap", id: `${id}-gap`, hidden: true });
  const value = () => (field.kind === "money" ? input.value.replace(/[£$€,\s]/g, "") : input.value.trim());
  return {
    field, input, value,
    element: el("div", { class: "wrap-field" }, el("label", { for: id, text: t(`field_${field.name}`) }), input, gap),
    /** @param {boolean} isOn whether the field is missing or wrong; says so beside it */
    check(isOn) {
      const isEmpty = !value();
      const isWrong = field.kind === "money" && !isEmpty && !/^\d+(\.\d{1,2})?$/.test(value());
      const isMissing = isOn && (isWrong || (isEmpty && !field.optional));
      gap.hidden = !isMissing;
      gap.textContent = isMissing ? (isWrong ? t("gap_amount") : `${t("gap")} · ${t("gap_any")}`) : "";
      input.setAttribute("aria-invalid", String(isMissing));
      if (isMissing) input.setAttribute("aria-describedby", gap.id);
      else input.removeAttribute("aria-describedby");
      return isMissing;
    },
  };
}

/** @param {State} state @param {Field} field @param {string} id */
function control(state, field, id) {
  if (field.kind === "date") return el("input", { id, type: "date" });
  if (field.kind === "money") return el("input", { id, type: "text", inputmode: "decimal", dir: "auto" });
  if (field.kind === "text") return el("input", { id, type: "text", dir: "auto", maxlength: "500" });
  const choices = field.kind === "reason"
    ? REASONS.map((name) => [name, labelName(name)])
    : (state.account?.invoices ?? []).map((/** @type {any} */ one) => [one.number, one.number]);
  return el("select", { id, dir: "auto" }, el("option", { value: "" }), ...choices.map((/** @type {string[]} */ [value, text]) => el("option", { value, text })));
}
