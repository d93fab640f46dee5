/** The compromises open on this account, in full figures; folded until the client has been acknowledged. */

import { key } from "./card.js";
import { draw, el, said } from "./dom.js";
import { icon } from "./icons.js";
import { counted } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").Option} Option */

/** @param {Context} context @returns {import("./types.js").Section} */
export function optionsSection(context) {
  const { t } = context;
  const element = el("section", { class: "options", part: "options", "aria-label": t("options") });
  return {
    element,
    update({ card, open, offered, handedOver }) {
      const options = card?.protocol ? [] : (card?.options ?? []);
      element.hidden = !options.length;
      draw(element, [options, open.filter(isOurs), offered, handedOver], () => {
        const live = options.filter((one) => one.status !== "closed");
        const closed = options.filter((one) => one.status === "closed");
        const isHeld = live.some((one) => one.held);
        const isShown = isHeld === open.includes("options");
        return [
          heading(context, live, isHeld, isShown),
          isShown && live.length
            ? el(
                "ul",
                { class: "offers" },
                ...live.map((one) => offer(context, one, open, offered)),
              )
            : null,
          isShown && closed.length ? closedFold(context, closed, open.includes("closed")) : null,
        ];
      });
    },
  };
}

/** @param {string} name a fold */
function isOurs(name) {
  return name === "options" || name === "closed" || name.startsWith("option:");
}

/** @param {Context} context @param {Option[]} live @param {boolean} isHeld @param {boolean} isShown */
function heading({ t, act }, live, isHeld, isShown) {
  const held = el(
    "span",
    { class: "held" },
    el("strong", { text: t("options_held") }),
    ` · ${live.length === 1 ? t("options_held_one") : t("options_held_text", { count: live.length })}`,
  );
  const button = el(
    "button",
    {
      class: "quiet",
      type: "button",
      "aria-label": t(isShown ? "options_hide_name" : "options_show_name"),
      "aria-expanded": String(isShown),
      "aria-keyshortcuts": "o",
      data: { key: "options" },
      onclick: act.toggleOptions,
    },
    isShown ? t("options_hide") : t("options_show"),
    key("o"),
  );
  return el(
    "div",
    { class: "options-head" },
    el("h3", { class: "label", text: t("options") }),
    isHeld && !isShown ? held : null,
    button,
  );
}

/** @param {Context} context @param {Option} option @param {string[]} open @param {string[]} offered */
function offer(context, option, open, offered) {
  const { act } = context;
  const name = `option:${option.title}`;
  const isOpen = open.includes(name);
  return el(
    "li",
    { class: "offer", part: "option", data: { status: option.status } },
    el(
      "button",
      {
        class: "fold offer-fold",
        type: "button",
        "aria-expanded": String(isOpen),
        data: { key: name },
        onclick: () => act.toggle(name),
      },
      icon(option.status),
      el(
        "span",
        { class: "offer-words" },
        said("span", option.title, { class: "offer-title" }),
        el("span", { class: "muted", text: statusWords(context, option) }),
      ),
      icon("fold"),
    ),
    isOpen ? details(context, option, offered.includes(option.title)) : null,
  );
}

/** @param {Context} context @param {Option} option */
function statusWords({ t }, option) {
  if (option.status !== "needs_approval" || !option.approver) return t(`status_${option.status}`);
  return t("status_needs_approval_by", { approver: t(`approver_${option.approver}`) });
}

/** @param {Context} context @param {Option} option @param {boolean} isOffered */
function details(context, option, isOffered) {
  const { t, format } = context;
  const cost = Number(option.cost) ? format.money(option.cost, option.currency) : t("no_cost");
  return el(
    "div",
    { class: "offer-details" },
    el(
      "dl",
      { class: "pairs" },
      el(
        "div",
        {},
        el("dt", { text: t("total") }),
        said("dd", format.money(option.total, option.currency)),
      ),
      el(
        "div",
        {},
        el("dt", { text: t("cost") }),
        said("dd", option.cost_note ? `${cost} · ${option.cost_note}` : cost),
      ),
    ),
    option.schedule.length ? schedule(context, option) : null,
    option.why
      ? el("p", {}, el("span", { class: "muted", text: `${t("why")}: ` }), said("span", option.why))
      : null,
    offerButton(context, option, isOffered),
  );
}

/** @param {Context} context @param {Option} option */
export function schedule({ t, format }, option) {
  const rows = option.schedule.map((one) =>
    el(
      "tr",
      {},
      el("td", { text: format.day(one.due) }),
      el("td", { class: "sum", text: format.money(one.amount, option.currency) }),
    ),
  );
  return el(
    "table",
    {},
    el("caption", { class: "unseen", text: t("schedule") }),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col", text: t("day") }),
        el("th", { scope: "col", class: "sum", text: t("amount") }),
      ),
    ),
    el("tbody", {}, ...rows),
  );
}

/** @param {Context} context @param {Option} option @param {boolean} isOffered */
function offerButton({ t, act }, option, isOffered) {
  if (option.status === "needs_approval") {
    return el("button", {
      type: "button",
      text: t("ask_approval"),
      data: { key: `approve-${option.title}` },
      onclick: () => act.askApproval(option),
    });
  }
  return el(
    "button",
    {
      type: "button",
      "aria-disabled": String(isOffered),
      data: { key: `offer-${option.title}` },
      onclick: () => act.offer(option),
    },
    isOffered ? icon("done") : null,
    isOffered ? t("option_chosen") : t("choose_option"),
  );
}

/** @param {Context} context @param {Option[]} closed @param {boolean} isOpen */
function closedFold({ act }, closed, isOpen) {
  return el(
    "div",
    { class: "closed" },
    el(
      "button",
      {
        class: "fold",
        type: "button",
        "aria-expanded": String(isOpen),
        data: { key: "closed" },
        onclick: () => act.toggle("closed"),
      },
      icon("closed"),
      el("span", { text: counted("closed", closed.length) }),
      icon("fold"),
    ),
    isOpen
      ? el(
          "dl",
          { class: "shut" },
          ...closed.map((one) => el("div", {}, said("dt", one.title), said("dd", one.why))),
        )
      : null,
  );
}
