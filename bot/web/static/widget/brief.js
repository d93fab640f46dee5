/** What to know before the client has said anything: how to open, and the first minute. */

import { el, said } from "./dom.js";

/** @typedef {import("./types.js").Context} Context */

/** The parts of the brief that help in the first minute, most useful first. */
const BRIEF_PARTS = [
  "strategy",
  "promises",
  "habit",
  "disputes",
  "invoice_faults",
  "early_warnings",
  "next_step",
];

/** @param {Context} context @param {Record<string, any>|null} brief */
export function beforeFirstAdvice({ t }, brief) {
  const { opening_line: opening, purpose_line: purpose, paused, expect = [] } = brief ?? {};
  const lines = BRIEF_PARTS.flatMap((name) => briefLines(brief?.[name]));
  return el(
    "section",
    { class: "brief", part: "brief", "aria-label": t("brief") },
    paused ? said("p", paused, { class: "notice calm" }) : null,
    opening ? el("h3", { class: "label", text: t("open_with") }) : null,
    opening
      ? el("blockquote", { class: "lines" }, said("p", opening, { class: "say-line" }))
      : null,
    purpose ? said("p", `${t("once_known")} ${purpose}`) : null,
    el("h3", { class: "label", text: t("brief") }),
    el(
      "ul",
      { class: "plain" },
      expect.length ? said("li", `${t("expect")}: ${[expect].flat().join(", ")}`) : null,
      ...lines.map((line) => said("li", line)),
    ),
    el("p", { class: "muted", text: t("waiting_card") }),
  );
}

/** The sentences of a brief, whatever its parts are called. @param {any} part @returns {string[]} */
export function briefLines(part) {
  if (typeof part === "string") return part.includes(" ") ? [part] : [];
  if (Array.isArray(part)) return part.flatMap(briefLines);
  return part && typeof part === "object" ? Object.values(part).flatMap(briefLines) : [];
}

/** The words of one message of the coach. @param {{text?: string, custom?: any}} message @returns {string[]} */
export function wordsOf(message) {
  if (message.text) return [message.text];
  return briefLines(message.custom?.say ?? message.custom?.lines ?? []);
}
