/** The main card: the one thing to say, another way, the question, and the reasons; or the steps that protect. */

import { beforeFirstAdvice } from "./brief.js";
import { draw, el, said } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Advice} Advice */

/** @param {Context} context @returns {import("./types.js").Section} */
export function cardSection(context) {
  const element = el("div", {
    class: "card",
    part: "card",
    tabindex: "-1",
    data: { focus: "card" },
  });
  return {
    element,
    update(state) {
      const { card, line, used, dismissed, brief } = state;
      const words = card && [card.say, card.say_ids, card.ask, card.protocol, card.protocol_steps];
      draw(element, [words, line, used, dismissed, card ? null : brief], () => {
        if (card?.protocol) return [protection(context, state, card)];
        if (card) return [say(context, state, card), card.ask ? ask(context, card.ask) : null];
        return [beforeFirstAdvice(context, brief)];
      });
    },
  };
}

/** @param {Context} context @param {State} state @param {Advice} card */
function protection(context, state, card) {
  const { t } = context;
  const steps = card.protocol_steps.map((step) => said("li", step));
  return el(
    "section",
    { class: "protection", part: "protocol", "aria-label": t("protection") },
    el("h3", { class: "label", text: t("protection") }),
    said("p", card.protocol_title ?? card.protocol, { class: "protection-title", tabindex: "-1" }),
    el("p", { class: "muted", text: t("protection_text") }),
    card.say.length ? say(context, state, card) : null,
    el("ol", { class: "steps" }, ...steps),
  );
}

/** @param {Context} context @param {State} state @param {Advice} card */
function say(context, state, card) {
  const { t } = context;
  // All lines share one cell, so that another way never moves what is below it.
  const lines = card.say.map((text, at) =>
    said("p", text, {
      class: at === state.line ? "say-line" : "say-line other",
      "aria-hidden": at === state.line ? null : "true",
    }),
  );
  const id = card.say_ids[state.line] ?? "";
  const isDismissed = state.dismissed.includes(id);
  return el(
    "section",
    { class: isDismissed ? "say dismissed" : "say", part: "say", "aria-label": t("say") },
    el(
      "h3",
      { class: "label" },
      t("say"),
      state.used.includes(id) ? el("span", { class: "used" }, icon("done"), t("used")) : null,
    ),
    el("blockquote", { class: "lines", tabindex: "-1", data: { key: "line" } }, ...lines),
    sayButtons(context, state, card, isDismissed),
  );
}

/** @param {Context} context @param {State} state @param {Advice} card @param {boolean} isDismissed */
function sayButtons({ t, act }, state, card, isDismissed) {
  const text = card.say[state.line] ?? "";
  const many = card.say.length > 1;
  return el(
    "div",
    { class: "row" },
    el(
      "button",
      {
        class: "main",
        type: "button",
        part: "copy",
        "aria-label": t("copy_name", { line: text }),
        "aria-keyshortcuts": "1",
        data: { key: "copy" },
        onclick: act.copyLine,
      },
      icon("copy"),
      t("copy"),
      key("1"),
    ),
    many
      ? el(
          "button",
          {
            type: "button",
            "aria-keyshortcuts": "2",
            data: { key: "next" },
            onclick: act.nextLine,
          },
          t("another"),
          el("span", {
            class: "muted",
            text: t("another_count", { at: state.line + 1, all: card.say.length }),
          }),
          key("2"),
        )
      : null,
    el(
      "button",
      {
        class: "quiet",
        type: "button",
        "aria-keyshortcuts": "x",
        "aria-disabled": String(isDismissed),
        data: { key: "not-useful" },
        onclick: act.notUseful,
      },
      isDismissed ? t("not_useful_done") : t("not_useful"),
    ),
  );
}

/** @param {Context} context @param {string} text */
function ask({ t }, text) {
  return el(
    "section",
    { class: "ask", part: "ask", "aria-label": t("ask") },
    el("h3", { class: "label", text: t("ask") }),
    said("p", text),
  );
}

/** A key as a hint beside a button; its name is in `aria-keyshortcuts`. @param {string} name */
export function key(name) {
  return el("kbd", { "aria-hidden": "true", text: name });
}
