/** A draft's lines: what the recogniser hears in them, what is there twice, and what lines are missing. */

import { el, said } from "../widget/dom.js";
import { fieldButton, listed, reason, settled, whileWaiting } from "./studio_trial_parts.js";
import { counted, filled } from "./studio_words.js";

/** @typedef {import("./studio_trial_parts.js").Context} Context */

/** @param {HTMLElement} element @param {Context} context */
export async function mount(element, context) {
  const { strings } = context;
  const again = el("button", { type: "button", class: "quiet", text: strings["lines.check"], onclick: () => void check(true) });
  const state = el("p", { class: "try-state" });
  const wait = el("p", { class: "try-wait", role: "status" });
  const problem = el("div", { class: "try-problem", role: "alert" });
  const room = el("div", { class: "lines-room" });
  let isBusy = false;
  /** @type {number|null} */
  let checked = null;
  element.replaceChildren(el("p", { class: "hint", text: strings["lines.lead"] }), again, state, wait, problem, room);
  context.onSaved?.(() => {
    if (checked !== null && context.revisionOf() !== checked) state.append(" ", strings["try.changed"]);
    checked = null;
  });
  await check(false);

  /** @param {boolean} isAsked */
  async function check(isAsked) {
    if (isBusy) return;
    isBusy = true;
    element.setAttribute("aria-busy", "true");
    try {
      const told = await whileWaiting(wait, strings["lines.waiting"], async () => {
        await settled(context);
        return context.api.get(`/studio/drafts/${context.draftId}/lines`);
      });
      problem.className = "try-problem";
      problem.replaceChildren();
      checked = told.revision;
      state.textContent = [
        filled(strings["lines.checked"], { count: told.checked, revision: told.revision }),
        told.listening ? "" : strings["lines.deaf"],
        told.readable === false ? strings["lines.unreadable"] : "",
      ].join(" ").trim();
      room.replaceChildren(...findings(context, told), ...coverage(context, told.coverage));
      if (isAsked) context.announce?.(told.lines.length ? counted(strings, "lines.count", told.lines.length) : strings["lines.none"]);
    } catch (error) {
      problem.className = "try-problem problem";
      problem.replaceChildren(reason(context, error));
    } finally {
      isBusy = false;
      element.removeAttribute("aria-busy");
    }
  }
}

/** @param {Context} context @param {any} told @returns {Node[]} */
function findings(context, told) {
  const { strings } = context;
  if (!told.lines.length) return told.listening ? [el("p", { text: strings["lines.none"] })] : [];
  const rows = told.lines.map((/** @type {any} */ one) => {
    const isFault = one.severity === "fault";
    const heard = one.heard.map((/** @type {any} */ label) => label.name);
    return el("li", { class: isFault ? "fault" : "" },
      el("span", { class: `chip ${isFault ? "broken" : ""}`, text: strings[`lines.kind.${one.kind}`] }),
      isFault && el("span", { class: "muted" }, " ", strings["lines.fault"]),
      said("q", one.text),
      el("p", { text: one.message }),
      heard.length ? el("p", { class: "muted", text: filled(strings["lines.heard"], { labels: listed(strings, heard) }) }) : null,
      one.other && said("p", filled(strings["lines.other"], one.other), { class: "muted" }),
      el("p", { class: "muted", text: one.remedy }),
      fieldButton(context, one.field, strings["try.go_to_line"]));
  });
  return [el("h3", { text: counted(strings, "lines.count", told.lines.length) }), el("ul", { class: "findings" }, ...rows)];
}

/** @param {Context} context @param {any[]} all @returns {Node[]} */
function coverage(context, all) {
  const { strings } = context;
  if (!all.length) return [];
  const lacking = all.filter((one) => one.have < one.want);
  const rows = lacking.map((one) => el("li", {}, el("p", { text: one.message }), fieldButton(context, one.field, strings["try.go"])));
  const table = el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col", text: strings["lines.what"] }), el("th", { scope: "col", class: "figure", text: strings["lines.have"] }), el("th", { scope: "col", class: "figure", text: strings["lines.want"] }))),
    el("tbody", {}, ...all.map((one) => el("tr", {}, el("th", { scope: "row", text: one.what.replaceAll("_", " ") }), el("td", { class: "figure", text: one.have }), el("td", { class: "figure", text: one.want })))));
  return [
    el("h3", { text: strings["lines.coverage"] }),
    el("p", { text: lacking.length ? counted(strings, "lines.lacking", lacking.length) : strings["lines.covered"] }),
    ...(rows.length ? [el("ul", { class: "findings" }, ...rows)] : []),
    el("details", {}, el("summary", { text: strings["lines.all"] }), table),
  ];
}
