/** The states around a call: before it, while it opens, when it cannot be opened, and after it. */

import { draw, el, said } from "./dom.js";
import { t as words } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */

/** @param {Context} context @param {() => string} account @returns {import("./types.js").Section} */
export function aroundSection(context, account) {
  const { t, act } = context;
  const element = el("div", { class: "around" });
  return {
    element,
    update(state) {
      const { phase, slow, error, summary, written } = state;
      element.hidden = phase === "live" || phase === "wrap_up";
      draw(element, [phase, slow, error, summary, written, account()], () => {
        if (phase === "loading") return [slow ? el("p", { class: "muted", text: t("loading") }) : null];
        if (phase === "error") return [el("h3", { text: t("error_title") }), said("p", error), button(t("try_again"), act.start)];
        if (phase === "ended") return ended(context, state);
        if (!account()) return [el("p", { class: "muted", text: t("no_account") })];
        return [el("h3", { text: t("idle_title") }), el("p", { class: "muted", text: t("idle_text") }), button(t("start"), act.start)];
      });
    },
  };
}

/** @param {Context} context @param {State} state */
function ended({ t }, { summary, written }) {
  return [
    el("h3", { text: t("ended_title"), tabindex: "-1", data: { focus: "ended" } }),
    summary ? pairs(summary) : null,
    el("h3", { class: "label", text: t("written") }),
    written.length ? el("ul", { class: "plain" }, ...written.map((one) => said("li", plain(one)))) : el("p", { class: "muted", text: t("written_none") }),
  ];
}

/** A summary as rows, whatever its fields are; an empty one is shown as a gap. @param {Record<string, any>} summary */
function pairs(summary) {
  const rows = Object.entries(summary).map(([name, value]) => {
    const text = plain(value);
    return el("div", {}, said("dt", words(`field_${name}`)), text ? said("dd", text) : el("dd", { class: "gap", text: words("gap") }));
  });
  return el("dl", { class: "pairs summary", part: "summary" }, ...rows);
}

/** Any value as words. @param {any} value @returns {string} */
function plain(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return words(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join("; ");
  if (typeof value !== "object") return String(value);
  if (value.text) return String(value.text);
  return Object.entries(value).filter(([, one]) => plain(one)).map(([name, one]) => `${words(`field_${name}`)}: ${plain(one)}`).join(", ");
}

/** @param {string} text @param {() => void} onclick */
function button(text, onclick) {
  return el("button", { class: "main", type: "button", text, onclick, data: { key: "start" } });
}
