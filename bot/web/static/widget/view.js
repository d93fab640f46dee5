/** Puts the sections of the panel together, and draws them from the state. */

import { cardSection } from "./card.js";
import { composerSection } from "./composer.js";
import { el } from "./dom.js";
import { aroundSection } from "./ended.js";
import { headerSection } from "./facts.js";
import { heardSection } from "./heard.js";
import { heatSection } from "./heat.js";
import { ladderSection } from "./ladder.js";
import { optionsSection } from "./options.js";
import { reasonsSection } from "./reasons.js";
import { wrapUpForm } from "./wrap_up.js";

/** @typedef {import("./types.js").State} State */

export class View {
  /** @type {ReturnType<typeof wrapUpForm>|null} */
  wrapUp = null;

  /** @param {import("./types.js").Context} context @param {() => string} account */
  constructor(context, account) {
    this.context = context;
    this.composer = composerSection(context);
    const live = [
      heatSection,
      heardSection,
      cardSection,
      optionsSection,
      reasonsSection,
      ladderSection,
    ].map((make) => make(context));
    const header = headerSection(context);
    const around = aroundSection(context, account);
    this.sections = [header, around, ...live];
    this.live = el("div", { class: "live" }, ...live.map((one) => one.element));
    this.after = el("div", { class: "after" });
    const { t } = context;
    this.launcher = el("button", {
      class: "launcher main",
      type: "button",
      part: "launcher",
      text: t("open_panel"),
      hidden: true,
    });
    this.panel = el(
      "section",
      { class: "panel", part: "panel", "aria-label": t("region") },
      el("div", { class: "scroll" }, header.element, around.element, this.live, this.after),
      this.composer.element,
    );
  }

  /** @param {State} state @param {boolean} isOpen */
  update(state, isOpen) {
    this.panel.hidden = !isOpen;
    this.launcher.hidden = isOpen;
    this.panel.classList.toggle("protected", Boolean(state.card?.protocol));
    this.live.hidden = state.phase !== "live";
    for (const section of this.sections) section.update(state);
    this.composer.update(state);
    this.#drawWrapUp(state);
  }

  /** The form is made when the wrap-up starts and kept while the collector goes back and forth. @param {State} state */
  #drawWrapUp(state) {
    if (state.phase === "wrap_up" && !this.wrapUp) {
      this.wrapUp = wrapUpForm(this.context, state);
      this.after.replaceChildren(this.wrapUp.element);
    }
    if (state.phase !== "wrap_up" && state.phase !== "live" && this.wrapUp) {
      this.wrapUp = null;
      this.after.replaceChildren();
    }
    this.after.hidden = state.phase !== "wrap_up";
  }
}
