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
        if (phase === "loading")
          return [slow ? el("p", { class: "muted", text: t("loading") }) : null];
        if (phase === "error")
          return [
            el("h3", { text: t("error_title") }),
            said("p", error),
            button(t("try_again"), act.start),
          ];
        if (phase === "ended") return ended(context, state);
        if (!account()) return [el("p", { class: "muted", text: t("no_account") })];
        return [
          el("h3", { text: t("idle_title") }),
          el("p", { class: "muted", text: t("idle_text") }),
          button(t("start"), act.start),
        ];
      });
    },
  };
}

/** @param {Context} context @param {State} state */
function ended({ t }, { summary, written }) {
  return [
    el("h3", { text: t("ended_title"), tabindex: "-1", data: { focus: "ended" } }),
    summary?.cue ? said("p", summary.cue, { class: "notice calm" }) : null,
    summary ? pairs(summary) : null,
    el("h3", { class: "label", text: t("written") }),
    written.length
      ? el(
          "ul",
          { class: "plain" },
          ...written.map((one) => el("li", { text: words(`wrap_${one.kind}`) })),
        )
      : el("p", { class: "muted", text: t("written_none") }),
  ];
}

/** What of a summary is worth reading again, in this order; what a newer server adds is left out. */
const SHOWN = [
  "outcome",
  "heat",
  "heard",
  "offered",
  "refused",
  "client_words",
  "gaps",
  "left_open",
  "survey_question",
  "notes",
];

/** A summary as rows; gaps stay marked as gaps. @param {Record<string, any>} summary */
function pairs(summary) {
  const rows = SHOWN.map((name) => [name, [summary[name] ?? ""].flat().join("; ")]).filter(
    ([, text]) => text,
  );
  return el(
    "dl",
    { class: "pairs summary", part: "summary" },
    ...rows.map(([name, text]) =>
      el(
        "div",
        {},
        el("dt", { text: words(`field_${name}`) }),
        said("dd", text, { class: name === "gaps" ? "gap" : null }),
      ),
    ),
  );
}

/** @param {string} text @param {() => void} onclick */
function button(text, onclick) {
  return el("button", { class: "main", type: "button", text, onclick, data: { key: "start" } });
}
