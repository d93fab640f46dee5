/** One field of the form after a call: a sum, a day, words or a choice, with its gap said beside it. */

import { el } from "./dom.js";
import { REASONS } from "./outcome.js";
import { labelName, t } from "./strings.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {{name: string, kind: "money"|"date"|"text"|"invoice"|"reason", optional?: boolean}} Field */
/** @typedef {ReturnType<typeof box>} Box */

/** @param {State} state @param {string} group @param {Field} field @param {string|null|undefined} start */
export function box(state, group, field, start) {
  const id = `wrap-${group}-${field.name}`;
  const input = /** @type {HTMLInputElement} */ (control(state, field, id));
  input.value = start ?? "";
  const gap = el("span", { class: "gap", id: `${id}-gap`, hidden: true });
  const value = () =>
    field.kind === "money" ? input.value.replace(/[£$€,\s]/g, "") : input.value.trim();
  return {
    field,
    input,
    value,
    element: el(
      "div",
      { class: "wrap-field" },
      el("label", { for: id, text: t(`field_${field.name}`) }),
      input,
      gap,
    ),
    /** @param {boolean} isOn whether the field is missing or wrong; says so beside it */
    check(isOn) {
      const isEmpty = !value();
      const isWrong = field.kind === "money" && !isEmpty && !/^\d+(\.\d{1,3})?$/.test(value());
      const isMissing = isOn && (isWrong || (isEmpty && !field.optional));
      gap.hidden = !isMissing;
      gap.textContent = isMissing
        ? isWrong
          ? t("gap_amount")
          : `${t("gap")} · ${t("gap_any")}`
        : "";
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
  if (field.kind === "money")
    return el("input", { id, type: "text", inputmode: "decimal", dir: "auto" });
  if (field.kind === "text")
    return el("input", { id, type: "text", dir: "auto", maxlength: "500" });
  const choices =
    field.kind === "reason"
      ? REASONS.map((name) => [name, labelName(name)])
      : (state.account?.invoices ?? []).map((/** @type {any} */ one) => [one.number, one.number]);
  return el(
    "select",
    { id, dir: "auto" },
    el("option", { value: "" }),
    ...choices.map((/** @type {string[]} */ [value, text]) => el("option", { value, text })),
  );
}
