/** What the buttons and keys of the panel do. */

import { isTextField } from "./keys.js";
import { wordsOf } from "./brief.js";
import { copied } from "./clipboard.js";
import { toggled } from "./state.js";
import { t } from "./strings.js";

/**
 * @param {object} panel
 * @param {() => import("./types.js").State} panel.state
 * @param {(patch: Partial<import("./types.js").State>) => void} panel.change
 * @param {() => import("./session.js").CallSession} panel.session
 * @param {(name: string, detail: object) => void} panel.emit
 * @param {(text: string, urgent?: boolean) => void} panel.announce
 * @param {() => Promise<void>} panel.start
 * @param {() => void} panel.close
 * @param {ShadowRoot} panel.root
 * @param {() => {takeWords: () => string, putBack: (text: string, speaker: string) => void, input: HTMLElement}} panel.composer
 * @param {(text: string) => void} panel.failWrapUp
 * @returns {Record<string, (...args: any[]) => any>}
 */
export function actionsOf(panel) {
  let note = "";
  let isBusy = false;
  const { state, change, announce } = panel;
  const focus = (/** @type {string} */ selector) => {
    const found = /** @type {HTMLElement|null} */ (panel.root.querySelector(selector));
    found?.focus({ preventScroll: false });
    return Boolean(found);
  };
  const toggle = (/** @type {string} */ name) => change(toggled(state(), name));
  const lineId = () => state().card?.say_ids[state().line] ?? "";

  /** Do one thing at a time: a second press while it runs is let go. @param {() => Promise<void>} run */
  async function once(run) {
    if (isBusy) return;
    isBusy = true;
    await run().finally(() => (isBusy = false));
  }

  const act = {
    toggle,
    start: panel.start,
    close: panel.close,
    retry: () => panel.session().retry(),
    focusInput: () => panel.composer().input.focus(),

    async copyLine() {
      const { card, line, used } = state();
      const text = card?.say[line];
      if (!text) return;
      const id = lineId();
      if (!used.includes(id)) {
        change({ used: [...used, id] });
        panel.session().feedback("used", { line_id: id });
      }
      announce(t((await copied(text)) ? "copied" : "copy_failed"));
    },
    nextLine() {
      const { card, line } = state();
      if (!card?.say.length) return;
      if (card.say.length === 1) return announce(t("only_one"));
      change({ line: (line + 1) % card.say.length });
      announce(card.say[state().line]);
    },
    notUseful() {
      const { card, dismissed } = state();
      const id = lineId();
      if (!card?.say.length || dismissed.includes(id)) return;
      panel.session().feedback("not_useful", { line_id: id });
      const gone = [...dismissed, id];
      const next = card.say_ids.findIndex((one) => !gone.includes(one));
      change({ dismissed: gone, ...(next >= 0 ? { line: next } : {}) });
      announce(t("not_useful_done"));
    },

    toggleOptions: () => state().card?.options?.length && toggle("options"),
    toggleBecause: () => state().card?.because?.length && toggle("because"),
    toggleFacts: () => state().account && toggle("facts"),
    toggleKeys() {
      toggle("keys");
      focus(state().open.includes("keys") ? '[data-focus="keys"]' : '[data-key="keys"]');
    },
    togglePicker() {
      if (state().phase !== "live") return;
      change({
        ...toggled({ ...state(), open: state().open.filter((one) => one !== "correct") }, "picker"),
      });
      return focus(".picker button[tabindex='0']") || focus('[data-key="picker"]');
    },
    toggleCorrect() {
      toggle("correct");
      return focus(".picker button[tabindex='0']") || focus(".heard-chip[tabindex='0']");
    },
    chooseHeard(/** @type {string} */ name) {
      const text = panel.composer().takeWords();
      change(toggled(state(), "picker", false));
      focus('[data-focus="card"]');
      panel
        .session()
        .turn(text, "client", [name])
        .catch(() => undefined);
    },
    correct(/** @type {string[]} */ labels) {
      panel.session().feedback("misheard", { labels });
      // A protocol that rests on a mishearing stands down, with the pause that the server takes back.
      const standsDown =
        state().card?.protocol && !state().card?.heard.some((one) => labels.includes(one));
      change({
        corrected: labels,
        ...toggled(state(), "correct", false),
        ...(standsDown ? { card: null } : {}),
      });
      focus(".heard-chip[tabindex='0']");
      announce(t("corrected", { labels: labels.map((one) => t(`label_${one}`)).join(", ") }));
    },

    offer(/** @type {import("./types.js").Option} */ option) {
      if (state().offered.includes(option.title)) return;
      change({ offered: [...state().offered, option.title] });
      panel.emit("parley-offer-chosen", { call_id: state().callId, option });
    },
    askApproval(/** @type {import("./types.js").Option} */ option) {
      note = t("approval_note", {
        title: option.title,
        total: `${option.total} ${option.currency}`,
      });
      change(toggled(state(), "hand_over", true));
      focus('[data-focus="hand-over"]');
    },
    handOverNote: () => note,
    toggleHandOver() {
      if (state().handedOver || state().phase !== "live") return;
      if (state().open.includes("hand_over")) note = "";
      change({ handOverError: "", ...toggled(state(), "hand_over") });
      return focus('[data-focus="hand-over"]') || focus('[data-key="hand-over"]');
    },
    handOver: (/** @type {string} */ words) =>
      once(async () => {
        try {
          const packet = await panel
            .session()
            .transport.post(panel.session().path("/escalation"), { note: words });
          change({
            handedOver: true,
            packet,
            handOverError: "",
            ...toggled(state(), "hand_over", false),
          });
          focus('[data-focus="handed"]');
          panel.emit("parley-escalated", { call_id: state().callId, packet });
        } catch (error) {
          change({ handOverError: /** @type {Error} */ (error).message });
          panel.session().fail(/** @type {any} */ (error));
        }
      }),

    wrapUp: () =>
      once(async () => {
        const { transport, path } = {
          transport: panel.session().transport,
          path: panel.session().path(),
        };
        // Without the server the form fills itself from the turns.
        const call = await transport.get(path).catch(() => null);
        change({ phase: "wrap_up", summary: call?.summary ?? null });
        focus('[data-focus="wrap"]');
      }),
    backToCall() {
      change({ phase: "live" });
      panel.composer().input.focus();
    },
    saveCall: (/** @type {object} */ confirmed) =>
      once(async () => {
        panel.failWrapUp("");
        try {
          const { session } = panel;
          const answer = await session().transport.post(session().path("/close"), { confirmed });
          session().stream.close();
          change({
            phase: "ended",
            summary: answer?.summary ?? null,
            written: answer?.written ?? [],
          });
          focus('[data-focus="ended"]');
        } catch (error) {
          panel.failWrapUp(/** @type {Error} */ (error).message);
          panel.session().fail(/** @type {any} */ (error));
        }
      }),

    typed(/** @type {string} */ text, /** @type {string} */ speaker) {
      if (speaker === "coach") return act.askCoach(text);
      return panel
        .session()
        .turn(text, speaker)
        .catch(() => undefined);
    },
    async askCoach(/** @type {string} */ text) {
      try {
        const answer = await panel
          .session()
          .transport.post("/coach", { text, call_id: state().callId });
        const lines = (answer?.messages ?? []).flatMap(wordsOf);
        change({ answers: lines.length ? lines : [t("coach_silent")] });
      } catch (error) {
        panel.composer().putBack(text, "coach");
        change({ answers: [t("coach_off")] });
        panel.session().fail(/** @type {any} */ (error));
      }
      announce(state().answers.join(" "));
    },
    closeAnswer() {
      change({ answers: [] });
      panel.composer().input.focus();
    },
    closeCorrection: () => change({ correction: null }),
    forgetTurn: (/** @type {import("./types.js").WaitingTurn} */ turn) => {
      panel.session().forget(turn.id);
      panel.composer().input.focus();
    },
    editTurn(/** @type {import("./types.js").WaitingTurn} */ turn) {
      panel.session().forget(turn.id);
      panel.composer().putBack(turn.text, turn.speaker);
    },

    /** Leave the field; then close what opened last; then the panel. */
    escape() {
      const field = panel.root.activeElement;
      const last = state().open.at(-1);
      if (field?.id === "hand-over-note") return act.toggleHandOver();
      if (isTextField(field))
        return focus(state().phase === "wrap_up" ? '[data-focus="wrap"]' : '[data-focus="card"]');
      if (last === "picker") return act.togglePicker();
      if (last === "correct") return act.toggleCorrect();
      if (last === "hand_over") return act.toggleHandOver();
      if (last === "keys") return act.toggleKeys();
      return last ? toggle(last) : panel.close();
    },
  };
  return act;
}
