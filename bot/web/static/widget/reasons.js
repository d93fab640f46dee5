/** Below the options: a private word, what to avoid, a cue to the collector, and the reasons for the advice. */

import { key } from "./card.js";
import { draw, el, said } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./types.js").Context} Context */

/** @param {Context} context @returns {import("./types.js").Section} */
export function reasonsSection(context) {
  const { t, act } = context;
  const element = el("div", { class: "reasons" });
  return {
    element,
    update({ card, correction, cue, open }) {
      const isOpen = open.includes("because");
      const avoid = card?.avoid;
      draw(element, [avoid, card?.because, correction, cue, isOpen], () => [
        correction ? betweenUs(context, correction) : null,
        avoid
          ? el(
              "section",
              { class: "avoid", part: "avoid", "aria-label": t("avoid") },
              el("h3", { class: "label", text: t("avoid") }),
              said("p", avoid),
            )
          : null,
        cue
          ? el(
              "section",
              { class: "cue", part: "cue", "aria-label": t("cue") },
              el("h3", { class: "label", text: t("cue") }),
              said("p", cue),
            )
          : null,
        card?.because?.length
          ? el(
              "section",
              { class: "because", part: "because" },
              el(
                "button",
                {
                  class: "fold",
                  type: "button",
                  "aria-expanded": String(isOpen),
                  "aria-keyshortcuts": "b",
                  data: { key: "because" },
                  onclick: act.toggleBecause,
                },
                el("span", {}, t("because"), key("b")),
                icon("fold"),
              ),
              isOpen
                ? el("ul", { class: "plain" }, ...card.because.map((line) => said("li", line)))
                : null,
            )
          : null,
      ]);
    },
  };
}

/** @param {Context} context @param {import("./types.js").Correction} correction */
function betweenUs({ t, act }, correction) {
  return el(
    "section",
    { class: "correction", part: "correction", "aria-label": t("correction") },
    el("h3", { class: "label", text: t("correction") }),
    correction.evidence
      ? said("p", t("correction_heard", { words: correction.evidence }), { class: "muted" })
      : null,
    said("p", correction.note),
    correction.better
      ? el(
          "p",
          {},
          el("span", { class: "muted", text: `${t("correction_better")} ` }),
          said("q", correction.better),
        )
      : null,
    el("button", {
      class: "quiet",
      type: "button",
      text: t("close_answer"),
      data: { key: "correction" },
      onclick: act.closeCorrection,
    }),
  );
}
