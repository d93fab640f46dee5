/** Where the call stands: the checklist, the escalation ladder, handing over and ending. */

import { key } from "./card.js";
import { draw, el, said } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */

/** @param {Context} context @returns {import("./types.js").Section} */
export function ladderSection(context) {
  const { t } = context;
  const element = el("section", {
    class: "ladder",
    part: "ladder",
    "aria-label": `${t("checklist")}, ${t("escalation")}`,
  });
  const lists = el("div", {});
  const handOver = el("div", {});
  const trouble = el("div", {});
  element.append(lists, handOver, trouble);
  return {
    element,
    update(state) {
      const { checklist, escalation, open, handedOver, packet, handOverError } = state;
      draw(lists, [checklist, escalation, open.includes("checklist"), handedOver], () => [
        checklist.length ? checklistFold(context, state) : null,
        ladder(context, state),
      ]);
      const isAsking = open.includes("hand_over") && !handedOver;
      draw(handOver, [isAsking, handedOver, packet], () => [
        isAsking ? question(context) : buttons(context, state),
      ]);
      draw(trouble, handOverError, () =>
        handOverError
          ? [said("p", t("hand_over_failed", { reason: handOverError }), { class: "notice" })]
          : [],
      );
    },
  };
}

/** @param {Context} context @param {State} state */
function checklistFold({ t, act }, { checklist, open }) {
  const done = checklist.filter((item) => item.done).length;
  const isOpen = open.includes("checklist");
  return el(
    "div",
    { class: "checklist", part: "checklist" },
    el(
      "button",
      {
        class: "fold",
        type: "button",
        "aria-expanded": String(isOpen),
        data: { key: "checklist" },
        onclick: () => act.toggle("checklist"),
      },
      el(
        "span",
        {},
        el("span", { class: "label", text: t("checklist") }),
        ` ${done}/${checklist.length}`,
      ),
      icon("fold"),
    ),
    isOpen
      ? el(
          "ul",
          { class: "ticks" },
          ...checklist.map((item) =>
            el(
              "li",
              { data: { done: String(item.done) } },
              icon(item.done ? "done" : "todo"),
              said("span", item.text),
              el("span", { class: "unseen", text: t(item.done ? "item_done" : "item_open") }),
            ),
          ),
        )
      : null,
  );
}

/** @param {Context} context @param {State} state */
function ladder({ t }, { escalation, handedOver }) {
  const word = t(
    `ladder_${handedOver && escalation.state === "not_yet" ? "handed_over" : escalation.state}`,
  );
  return el(
    "div",
    { class: "escalation", part: "escalation" },
    el("p", {}, el("span", { class: "label", text: t("escalation") }), " ", said("span", word)),
    escalation.reason && escalation.state !== "handed_over" ? said("p", escalation.reason) : null,
    escalation.hand_to && !handedOver
      ? el(
          "p",
          {},
          el("span", { class: "muted", text: `${t("hand_to")}: ` }),
          said("span", t(`approver_${escalation.hand_to}`)),
        )
      : null,
    escalation.next_step
      ? el(
          "p",
          {},
          el("span", { class: "muted", text: `${t("next_step")}: ` }),
          said("span", escalation.next_step),
        )
      : null,
    escalation.untried.length
      ? el(
          "p",
          {},
          el("span", { class: "muted", text: `${t("untried")}: ` }),
          said("span", escalation.untried.join(", ")),
        )
      : null,
  );
}

/** @param {Context} context @param {State} state */
function buttons({ t, act }, { handedOver, packet }) {
  const who = packet?.hand_to;
  return el(
    "div",
    {},
    handedOver
      ? said("p", who ? t("handed_to", { who: t(`approver_${who}`) }) : t("handed_over"), {
          class: "notice calm",
          tabindex: "-1",
          data: { focus: "handed" },
        })
      : null,
    el(
      "div",
      { class: "row" },
      el(
        "button",
        {
          type: "button",
          part: "hand-over",
          "aria-disabled": String(handedOver),
          "aria-keyshortcuts": "e",
          data: { key: "hand-over" },
          onclick: act.toggleHandOver,
        },
        t("hand_over"),
        key("e"),
      ),
      el(
        "button",
        { type: "button", part: "end", data: { key: "end" }, onclick: act.wrapUp },
        t("end"),
      ),
    ),
  );
}

/** @param {Context} context */
function question({ t, act }) {
  const note = /** @type {HTMLTextAreaElement} */ (
    el("textarea", {
      id: "hand-over-note",
      rows: "2",
      dir: "auto",
      maxlength: "2000",
      data: { focus: "hand-over" },
    })
  );
  note.value = act.handOverNote();
  return el(
    "div",
    { class: "tray", role: "group", "aria-label": t("hand_over_title") },
    el("h3", { text: t("hand_over_title") }),
    el("label", { for: "hand-over-note", text: t("hand_over_note") }),
    note,
    el(
      "div",
      { class: "row" },
      el("button", {
        class: "main",
        type: "button",
        text: t("hand_over_yes"),
        data: { key: "hand-over" },
        onclick: () => act.handOver(note.value),
      }),
      el("button", {
        class: "quiet",
        type: "button",
        text: t("hand_over_no"),
        onclick: act.toggleHandOver,
      }),
    ),
  );
}
