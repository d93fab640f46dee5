/** Typing what was said: who said it, the field, what waits to be sent, and the coach's answers. */

import { key } from "./card.js";
import { draw, el } from "./dom.js";
import { icon } from "./icons.js";
import { coachAnswer, queue, shortcutList } from "./asides.js";
import { counted } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */

const SPEAKERS = ["client", "collector", "coach"];

/** @param {Context} context */
export function composerSection(context) {
  const { t, act } = context;
  const input = /** @type {HTMLTextAreaElement} */ (
    el("textarea", {
      id: "words",
      part: "input",
      rows: "1",
      dir: "auto",
      enterkeyhint: "send",
      maxlength: "8000",
      autocomplete: "off",
    })
  );
  const label = el("label", { class: "unseen", for: "words" });
  const speakers = speakerSwitch(context, (speaker) => aim(speaker));
  const answers = el("div", {});
  const waiting = el("div", {});
  const status = el("p", { class: "status", part: "status" });
  const tools = el("div", { class: "tools" });
  const help = el("div", {});
  const shortcuts = el("div", {});
  const form = el(
    "form",
    { class: "compose", part: "composer" },
    el("div", { class: "speakers-row" }, speakers.element, help),
    el(
      "div",
      { class: "field" },
      label,
      input,
      el(
        "button",
        { class: "main square", type: "submit", "aria-label": t("send"), title: t("send") },
        icon("send"),
      ),
    ),
    el("div", { class: "foot" }, status, tools),
  );
  const element = el("footer", { class: "bottom" }, answers, waiting, shortcuts, form);

  /** @param {string} speaker */
  function aim(speaker) {
    label.textContent = t(`input_${speaker}`);
    input.placeholder = `${t(`input_${speaker}`)}…`;
  }

  function submit() {
    const text = input.value.trim();
    if (!text) return input.focus();
    input.value = "";
    act.typed(text, speakers.value());
  }

  form.addEventListener("submit", (event) => (event.preventDefault(), submit()));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  aim("client");

  return {
    element,
    input,
    /** Take the words that are typed, for a choice by hand. */
    takeWords() {
      const text = speakers.value() === "client" ? input.value.trim() : "";
      if (text) input.value = "";
      return text;
    },
    /** Put words back to be edited, before whatever is typed now. @param {string} text @param {string} speaker */
    putBack(text, speaker) {
      input.value = [text, input.value].filter(Boolean).join("\n");
      speakers.choose(speaker);
      aim(speaker);
      input.focus();
    },
    /** @param {State} state */
    update(state) {
      form.hidden = state.phase !== "live";
      draw(answers, state.answers, () =>
        state.answers.length ? [coachAnswer(context, state.answers)] : [],
      );
      const stuck = state.waiting.filter(
        (turn) => turn.state === "refused" || state.connection !== "online",
      );
      draw(waiting, [stuck], () => (stuck.length ? [queue(context, stuck)] : []));
      draw(status, statusText(context, state), () => [statusText(context, state)]);
      status.dataset.connection = state.connection;
      drawTools(context, tools, state);
      drawHelp(context, help, state.open.includes("keys"));
      draw(shortcuts, state.open.includes("keys"), () =>
        state.open.includes("keys") ? [shortcutList(context)] : [],
      );
    },
  };
}

/** @param {Context} context @param {(speaker: string) => void} changed */
function speakerSwitch({ t }, changed) {
  const radios = SPEAKERS.map(
    (speaker, at) =>
      /** @type {HTMLInputElement} */ (
        el("input", {
          type: "radio",
          name: "speaker",
          value: speaker,
          checked: at === 0,
          onchange: () => changed(speaker),
        })
      ),
  );
  const element = el(
    "fieldset",
    { class: "speakers" },
    el("legend", { class: "unseen", text: t("speaker") }),
    ...radios.map((radio) => el("label", {}, radio, el("span", { text: t(`by_${radio.value}`) }))),
  );
  return {
    element,
    value: () => radios.find((radio) => radio.checked)?.value ?? "client",
    choose: (/** @type {string} */ speaker) =>
      radios.forEach((radio) => (radio.checked = radio.value === speaker)),
  };
}

/** @param {Context} context @param {State} state */
function statusText({ t }, state) {
  const count = state.waiting.filter((turn) => turn.state === "waiting").length;
  if (state.connection === "signed_out") return t("signed_out");
  if (state.connection === "offline")
    return count ? counted("offline_waiting", count) : t("offline");
  if (count > 1) return counted("sending", count);
  return state.hearing ? t("hearing") : "";
}

/** @param {Context} context @param {HTMLElement} tools @param {State} state */
function drawTools({ t, act }, tools, state) {
  const isTrying = state.connection !== "online";
  draw(tools, [isTrying, state.open.includes("picker")], () => [
    isTrying
      ? el("button", {
          class: "quiet",
          type: "button",
          text: t("try_again"),
          data: { key: "retry" },
          onclick: act.retry,
        })
      : null,
    !isTrying
      ? el(
          "button",
          {
            class: "quiet",
            type: "button",
            "aria-expanded": String(state.open.includes("picker")),
            "aria-keyshortcuts": "h",
            data: { key: "picker" },
            onclick: act.togglePicker,
          },
          t("choose"),
          key("h"),
        )
      : null,
  ]);
}

/** @param {Context} context @param {HTMLElement} help @param {boolean} isOpen */
function drawHelp({ t, act }, help, isOpen) {
  draw(help, isOpen, () => [
    el("button", {
      class: "quiet square",
      type: "button",
      "aria-label": t("keys"),
      title: t("keys"),
      "aria-expanded": String(isOpen),
      "aria-keyshortcuts": "?",
      data: { key: "keys" },
      text: "?",
      onclick: act.toggleKeys,
    }),
  ]);
}
