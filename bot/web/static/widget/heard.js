/** What was heard: chips with the client's words, their correction, and choosing by hand. */

import { draw, el, said } from "./dom.js";
import { rove } from "./keys.js";
import { FAMILIES, labelName, t } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */

const WORDS_SHOWN = 60;

/** @param {Context} context @returns {import("./types.js").Section} */
export function heardSection(context) {
  const row = el("div", { class: "heard-row" });
  const fold = el("div", {});
  const element = el(
    "section",
    { class: "heard", part: "heard", "aria-label": t("heard") },
    row,
    fold,
  );
  return {
    element,
    update(state) {
      const labels = heardLabels(state);
      const note = noteOf(state, labels.length > 0);
      draw(row, [labels, note, state.open.includes("correct")], () => [
        el("h3", { class: "label", text: t("heard") }),
        labels.length ? chips(context, labels, state.open.includes("correct")) : null,
        note
          ? el("p", { class: state.listening && !state.unsure ? "muted" : "notice", text: note })
          : null,
      ]);
      drawFold(context, fold, state, labels);
    },
  };
}

/** @param {State} state */
function heardLabels(state) {
  const words = new Map(
    (state.cardTurn?.reading?.labels ?? []).map((one) => [one.name, one.evidence]),
  );
  return (state.card?.heard ?? []).map((name) => ({ name, evidence: words.get(name) ?? "" }));
}

/** @param {State} state @param {boolean} hasChips */
function noteOf(state, hasChips) {
  if (!state.listening) return t("listening_off");
  if (state.unsure) return t("not_sure");
  if (state.corrected) return t("corrected", { labels: state.corrected.map(labelName).join(", ") });
  return hasChips ? "" : t("heard_nothing");
}

/** @param {Context} context @param {{name: string, evidence: string}[]} labels @param {boolean} isOpen */
function chips({ act }, labels, isOpen) {
  const group = el("div", { class: "chips", role: "group", "aria-label": t("heard") });
  for (const { name, evidence } of labels) {
    const label = labelName(name);
    const words = shortened(evidence);
    group.append(
      el(
        "button",
        {
          class: "chip heard-chip",
          type: "button",
          part: "chip",
          "aria-expanded": String(isOpen),
          "aria-label": words ? t("chip", { label, words }) : t("chip_plain", { label }),
          data: { key: `heard-${name}` },
          onclick: act.toggleCorrect,
        },
        el("span", { class: "chip-name", text: label }),
        words ? said("q", words) : null,
      ),
    );
  }
  rove(group);
  return group;
}

/** @param {Context} context @param {HTMLElement} fold @param {State} state @param {{name: string, evidence: string}[]} labels */
function drawFold(context, fold, state, labels) {
  const isCorrecting = state.open.includes("correct") && Boolean(state.cardTurn);
  const isChoosing = !isCorrecting && state.open.includes("picker");
  const kind = isCorrecting ? "correct" : isChoosing ? "choose" : "";
  draw(fold, [kind, isCorrecting ? labels : []], () => {
    if (isCorrecting) return [correction(context, labels)];
    return isChoosing ? [choice(context)] : [];
  });
}

/** @param {Context} context @param {{name: string, evidence: string}[]} labels */
function correction({ act }, labels) {
  const chosen = new Set(labels.map((one) => one.name));
  const words = labels
    .map((one) => one.evidence)
    .filter(Boolean)
    .join(" … ");
  const save = el("button", {
    class: "main",
    type: "button",
    text: t("correct_save"),
    data: { key: "save" },
    onclick: () => act.correct([...chosen]),
  });
  const mark = (/** @type {HTMLElement} */ button, /** @type {string} */ name) => {
    if (chosen.has(name)) chosen.delete(name);
    else chosen.add(name);
    button.setAttribute("aria-pressed", String(chosen.has(name)));
    save.toggleAttribute("disabled", !chosen.size);
  };
  return el(
    "div",
    { class: "tray", part: "picker" },
    el("h3", { text: t("correct_title"), tabindex: "-1", data: { focus: "true" } }),
    words ? el("p", { class: "muted" }, `${t("correct_words")} `, said("q", words)) : null,
    picker(t("correct_title"), mark, chosen),
    el(
      "div",
      { class: "row" },
      save,
      el("button", {
        class: "quiet",
        type: "button",
        text: t("cancel"),
        onclick: act.toggleCorrect,
      }),
    ),
  );
}

/** @param {Context} context */
function choice({ act }) {
  return el(
    "div",
    { class: "tray", part: "picker" },
    el("h3", { text: t("choose_title"), tabindex: "-1", data: { focus: "true" } }),
    picker(t("choose_title"), (_, name) => act.chooseHeard(name)),
    el(
      "div",
      { class: "row" },
      el("button", {
        class: "quiet",
        type: "button",
        text: t("cancel"),
        onclick: act.togglePicker,
      }),
    ),
  );
}

/**
 * Every label as a button, by family; one tab stop for all.
 * @param {string} title
 * @param {(button: HTMLElement, name: string) => void} chosen
 * @param {Set<string>} [pressed] the labels that are on; left out when a tap chooses at once
 */
function picker(title, chosen, pressed) {
  const all = el("div", { class: "picker", role: "group", "aria-label": title });
  for (const [family, names] of /** @type {[string, string[]][]} */ (
    /** @type {any} */ (FAMILIES)
  )) {
    const group = el("div", { class: "chips", role: "group", "aria-label": t(`family_${family}`) });
    for (const name of names) {
      const button = el("button", {
        class: "chip",
        type: "button",
        part: "chip",
        text: labelName(name),
        "aria-pressed": pressed ? String(pressed.has(name)) : null,
        data: { key: `pick-${name}`, label: name },
      });
      button.addEventListener("click", () => chosen(button, name));
      group.append(button);
    }
    all.append(
      el("p", { class: "family", "aria-hidden": "true", text: t(`family_${family}`) }),
      group,
    );
  }
  rove(all);
  return all;
}

/** @param {string} words */
function shortened(words) {
  const letters = [...words];
  return letters.length > WORDS_SHOWN ? `${letters.slice(0, WORDS_SHOWN - 1).join("")}…` : words;
}
