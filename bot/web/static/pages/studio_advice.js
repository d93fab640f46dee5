/** What a card, the house's rules or a law pack would have a collector advised on any words of a client. */

import { el, said } from "../widget/dom.js";
import { faultList, listed, nameOf, playsWords, reason, settled, whileWaiting } from "./studio_trial_parts.js";
import { filled } from "./studio_words.js";

/** @typedef {import("./studio_trial_parts.js").Context} Context */

/** @param {HTMLElement} element @param {Context} context */
export async function mountAdvice(element, context) {
  const { strings } = context;
  const key = `parley-advice-${context.draftId}`;
  const words = /** @type {HTMLTextAreaElement} */ (el("textarea", { id: key, rows: 3, maxlength: 4000, onkeydown: onKey }));
  const wait = el("p", { class: "try-wait", role: "status" });
  const problem = el("div", { class: "try-problem", role: "alert" });
  const shown = el("div", { class: "advice", "aria-live": "polite" });
  const form = /** @type {HTMLFormElement} */ (
    el("form", { class: "try-say", onsubmit: show },
      el("label", { for: key, text: strings["advice.say"] }), words,
      el("div", { class: "row" }, el("button", { class: "main", text: strings["advice.show"] })))
  );
  element.replaceChildren(el("p", { class: "hint", text: strings["advice.lead"] }), form, wait, problem, shown);

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
    event.preventDefault();
    form.requestSubmit();
  }

  /** @param {Event} event */
  async function show(event) {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return tell([strings["advice.empty"]]);
    try {
      const told = await whileWaiting(wait, strings["try.waiting"], async () => {
        await settled(context);
        return context.api.post(`/studio/drafts/${context.draftId}/advice`, { text });
      });
      if (told.faults.length) {
        shown.replaceChildren();
        return tell(faultList(context, told.faults));
      }
      tell([]);
      return shown.replaceChildren(...adviceParts(context, told));
    } catch (error) {
      return tell([filled(strings["try.failed_to_play"], { why: reason(context, error) })]);
    }
  }

  /** @param {(Node|string)[]} parts */
  function tell(parts) {
    problem.className = parts.length ? "try-problem problem" : "try-problem";
    problem.replaceChildren(...parts);
  }
}

/** The advice as it would stand on the panel. @param {Context} context @param {any} told @returns {(Node|string)[]} */
export function adviceParts(context, told) {
  const { strings } = context;
  if (told.faults.length) return faultList(context, told.faults);
  const { advice, reading } = told;
  const names = reading.labels.map((/** @type {any} */ label) => label.name);
  const heard = filled(strings["advice.heard"], {
    labels: listed(strings, names.length ? names : ["neutral"]),
    heat: strings[`heat.${reading.heat}`],
  });
  const origin = told.is_from_draft ? strings["advice.from_draft"] : strings["advice.not_from_draft"];
  const isScenario = told.plays.draft.name.startsWith("scenario:");
  return [
    el("p", { class: "muted", text: playsWords(strings, told.plays) }),
    el("p", { text: heard }),
    advice.protocol
      ? el("p", {}, el("strong", { text: filled(strings["advice.protocol"], { title: advice.protocol_title }) }))
      : advice.card && el("p", {}, el("strong", { text: filled(strings["advice.card"], { card: nameOf(strings, advice.card) }) }), isScenario ? "" : `, ${origin}`),
    advice.silent && el("p", { text: filled(strings["advice.silent"], { outcome: strings[`advice.outcome.${advice.outcome}`] ?? advice.outcome }) }),
    advice.protocol_steps.length && el("ol", {}, ...advice.protocol_steps.map((/** @type {string} */ step) => said("li", step))),
    ...lines(strings["advice.line"], advice.say),
    ...lines(strings["advice.ask"], advice.ask ? [advice.ask] : []),
    ...lines(strings["advice.avoid"], advice.avoid ? [advice.avoid] : []),
    ...options(strings, advice.options),
    el("p", { class: "muted" },
      filled(strings["advice.account"], { name: told.account.name, overdue: told.account.overdue_text }), " ",
      filled(strings["advice.law"], told)),
  ].filter(Boolean);
}

/** @param {string} title @param {string[]} said_lines */
function lines(title, said_lines) {
  if (!said_lines.length) return [];
  return [el("h3", { text: title }), ...said_lines.map((line) => said("p", line, { class: "say" }))];
}

/** @param {Record<string, string>} strings @param {any[]} all */
function options(strings, all) {
  if (!all.length) return [];
  const rows = all.map((option) =>
    el("li", {}, filled(strings["advice.option"], { title: option.title, status: strings[`advice.status.${option.status}`] ?? option.status }),
      option.why && said("span", option.why, { class: "remedy" })));
  return [el("h3", { text: strings["advice.options"] }), el("ul", {}, ...rows)];
}
