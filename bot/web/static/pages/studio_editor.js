/** The editor of one document: form and source, checks, saving by itself, undo, and what stands beside. */

import { el } from "../widget/dom.js";
import { api } from "./studio_api.js";
import { Banners } from "./studio_banners.js";
import { Checks } from "./studio_checks.js";
import { Draft } from "./studio_draft.js";
import { clientLines } from "./studio_ear.js";
import { KeptWords } from "./studio_kept.js";
import { startRevisions } from "./studio_revisions.js";
import { Saving } from "./studio_saving.js";
import { startTabs } from "./studio_tabs.js";
import { startUndo } from "./studio_undo.js";
import { focusField } from "./studio_form.js";
import { View } from "./studio_view.js";
import { counted, filled, handed } from "./studio_words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("studio"));
const announcements = /** @type {HTMLElement} */ (document.getElementById("announcements"));
const strings = handed(root, "strings");
const { sections } = handed(root, "form");

const draft = new Draft(handed(root, "draft"));
const kept = new KeptWords(root.dataset.user ?? "", draft.name);
const saving = new Saving(draft, api, kept, part("[data-save-state]"), strings);
const view = new View(root, draft, sections, strings, { isReadOnly: false, announce, settle: () => saving.flush(), extras });
const checks = new Checks(part("#checks"), draft, sections, strings, (fault) => void view.goTo(fault));
const banners = new Banners(part("[data-banner]"), draft, saving, strings, announce, () => view.focusTitle());
startRevisions(root, saving, strings, announce);
startUndo(root, draft, undone);
startTabs(part("[data-side]"), {
  draftId: draft.id,
  kind: root.dataset.kind,
  name: draft.name,
  strings,
  api,
  announce,
  revisionOf: () => draft.revision,
  levelsOf: () => draft.data?.levels,
  flush: () => saving.flush(),
  goToField: (/** @type {string} */ where) => view.goToField(where),
  onSaved: (/** @type {(stored: any) => void} */ told) =>
    saving.addEventListener("saved", (event) => told(/** @type {CustomEvent} */ (event).detail)),
});

draft.addEventListener("checked", tellChecks);
draft.addEventListener("changed", tellTitle);
draft.addEventListener("read", tellTitle);
draft.addEventListener("replaced", tellTitle);
tellChecks();
banners.offerKept();

for (const link of root.querySelectorAll("a[data-leave]"))
  link.addEventListener("click", (event) => void leave(/** @type {HTMLAnchorElement} */ (link), event));

root.dataset.ready = "yes";

function tellChecks() {
  view.steps.count(checks.bySection());
  const count = draft.faults.length;
  const publish = part("[data-publish]");
  publish.setAttribute("aria-disabled", String(count > 0));
  part("[data-publish-why]").textContent = count ? counted(strings, "publish_after", count) : "";
}

function tellTitle() {
  const title = draft.data?.title;
  if (title) part("[data-title]").textContent = String(title);
}

/** What was changed is shown; keys put the focus there, buttons keep it so that they can be pressed again. @param {string|null} where @param {boolean} isBack @param {boolean} isKey */
function undone(where, isBack, isKey) {
  if (where === null) return announce(isBack ? strings.nothing_to_undo : strings.nothing_to_redo);
  if (where && where !== "source") view.reveal(where);
  if (isKey && where && !view.isSource) focusField(view.form, where);
  return announce(isBack ? strings.undone : strings.redone);
}

/** Another page is opened when everything is saved. @param {HTMLAnchorElement} link @param {Event} event */
async function leave(link, event) {
  const isPublish = link.matches("[data-publish]");
  if (isPublish && link.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return announce(part("[data-publish-why]").textContent ?? "");
  }
  if (!saving.isBehind) return undefined;
  event.preventDefault();
  if (!(await saving.flush())) return announce(strings.leave_after_saving);
  if (isPublish && draft.faults.length) return announce(counted(strings, "publish_after", draft.faults.length));
  return location.assign(link.href);
}

/** What stands below the fields of a section. @param {import("./studio_form.js").Section} section */
function extras(section) {
  if (root.dataset.kind !== "scenario" || !section.fields.some((field) => field.path === "examples")) return [];
  const take = el("button", { type: "button", class: "quiet", id: "take-lines", text: strings.take_lines });
  take.addEventListener("click", takeLines);
  return [el("div", { class: "card take-lines" }, el("p", { class: "hint", text: strings.take_lines_hint }), take)];
}

function takeLines() {
  const { taken, left } = clientLines(draft.data);
  const rest = left ? counted(strings, "lines_left", left) : "";
  if (!taken.length) return announce(`${strings.lines_all_there} ${rest}`.trim());
  draft.set(["examples"], [...(draft.data.examples ?? []), ...taken]);
  view.draw();
  document.getElementById("take-lines")?.focus({ preventScroll: true });
  return announce(`${counted(strings, "lines_taken", taken.length)} ${rest}`.trim());
}

/** @param {string} text */
function announce(text) {
  // The same words again are news again.
  announcements.textContent = announcements.textContent === text ? `${text}\u00a0` : text;
}

/** @param {string} selector @returns {HTMLElement} */
function part(selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}
