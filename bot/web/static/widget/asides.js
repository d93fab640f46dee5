/** What stands above the text field now and then: turns that wait, the coach's answer, the list of keys. */

import { el, said } from "./dom.js";
import { icon } from "./icons.js";
import { SHORTCUTS } from "./keys.js";
import { labelName } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */

/** @param {Context} context @param {import("./types.js").WaitingTurn[]} turns */
export function queue({ t, act }, turns) {
  return el(
    "ul",
    { class: "queue", part: "queue", tabindex: "0", "aria-label": t("queue") },
    ...turns.map((turn) =>
      el(
        "li",
        {},
        el("span", { class: "muted", text: `${t(`by_${turn.speaker}`)}: ` }),
        said("span", turn.text || (turn.labels ?? []).map(labelName).join(", "), {
          class: "queue-words",
        }),
        turn.state === "waiting"
          ? el("span", { class: "muted", text: ` · ${t("waiting_turn")}` })
          : el(
              "span",
              { class: "row" },
              said("span", t("refused", { reason: turn.reason }), { class: "notice" }),
              el("button", {
                class: "quiet",
                type: "button",
                text: t("edit"),
                onclick: () => act.editTurn(turn),
              }),
              el("button", {
                class: "quiet",
                type: "button",
                text: t("forget"),
                onclick: () => act.forgetTurn(turn),
              }),
            ),
      ),
    ),
  );
}

/** @param {Context} context @param {string[]} lines */
export function coachAnswer({ t, act }, lines) {
  return el(
    "section",
    { class: "answer", part: "answer", "aria-label": t("coach_says") },
    el(
      "div",
      { class: "head-line" },
      el("h3", { class: "label", text: t("coach_says") }),
      el(
        "button",
        {
          class: "quiet square",
          type: "button",
          "aria-label": t("close_answer"),
          title: t("close_answer"),
          onclick: act.closeAnswer,
        },
        icon("close"),
      ),
    ),
    ...lines.map((line) => said("p", line)),
  );
}

/** @param {Context} context */
export function shortcutList({ t }) {
  const rows = [
    ...SHORTCUTS.map((one) => [one.key, one.text]),
    ["Enter", "key_enter"],
    ["Esc", "key_escape"],
  ];
  return el(
    "section",
    {
      class: "tray keys",
      part: "keys",
      tabindex: "0",
      "aria-label": t("keys"),
      data: { focus: "keys" },
    },
    el("p", { class: "muted", text: t("keys_title") }),
    el(
      "dl",
      { class: "shortcuts" },
      ...rows.map(([name, text]) =>
        el("div", {}, el("dt", {}, el("kbd", { text: name })), el("dd", { text: t(text) })),
      ),
    ),
  );
}
