/** The rehearsed call without reloads: sends turns, keeps what could not be sent, and redraws only what changed. */

import { Courier, SignedOutError, RefusedError, UnheardError } from "./rehearse_courier.js";
import { startSpeech } from "./rehearse_speech.js";

/** Short waits show nothing, so that nothing flickers. */
const THINKING_AFTER_MS = 300;
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000];

const call = /** @type {HTMLElement} */ (document.getElementById("call"));
const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-say]"));
const words = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("words"));
const unsent = /** @type {HTMLElement} */ (call.querySelector("[data-unsent]"));
const problem = /** @type {HTMLElement} */ (call.querySelector("[data-problem]"));
const thinking = call.querySelector("[data-thinking-line]");
const announcements = /** @type {HTMLElement} */ (document.getElementById("announcements"));
const draftKey = `parley-draft-${call.dataset.id}`;

const courier = new Courier(draftKey);
const speech = startSpeech(call, words, announce);

/** What is on its way or waits. @type {import("./rehearse_courier.js").Turn|null} */
let pending = null;
let isSending = false;
let isWarned = false;
let failures = 0;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

scrollToLast();
restore();
call.dataset.ready = "yes";

// The turn

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const isSilent = /** @type {SubmitEvent} */ (event).submitter?.getAttribute("name") === "silent";
  say(isSilent);
});

words?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
  event.preventDefault();
  say(false);
});

words?.addEventListener("input", () => courier.keepDraft(words.value));

/** @param {boolean} isSilent */
function say(isSilent) {
  if (!form || !words || form.hidden) return;
  const text = isSilent ? "" : words.value.trim();
  if (isSending || pending) return announce(call.dataset.oneAtATime ?? "");
  if (!isSilent && !text) return tell(call.dataset.empty ?? "");
  const segment = /** @type {HTMLInputElement} */ (form.elements.namedItem("segment_id"));
  pending = { action: form.action, text, segment_id: segment.value, silent: isSilent };
  courier.keep(pending);
  if (!isSilent) words.value = "";
  courier.keepDraft(words.value);
  speech.hush();
  void send();
}

/** Send what waits; the same segment again is the same turn. */
async function send() {
  clearTimeout(timer);
  if (!pending || isSending) return;
  isSending = true;
  tell("");
  const patience = setTimeout(() => (thinking ? (thinking.textContent = call.dataset.thinking ?? "") : null), THINKING_AFTER_MS);
  try {
    const page = await courier.send(pending);
    settled();
    show(page, true);
  } catch (error) {
    failed(error);
  } finally {
    clearTimeout(patience);
    if (thinking) thinking.textContent = "";
    isSending = false;
  }
}

function settled() {
  pending = null;
  failures = 0;
  isWarned = false;
  courier.keep(null);
  unsent.hidden = true;
  part("[data-unsent-words]").textContent = "";
}

/** @param {unknown} error */
function failed(error) {
  if (error instanceof UnheardError) {
    // Stored, but nobody listens: the page shows it as waiting, and it is asked for again.
    show(error.page, false);
    waitBecause("listeningOff");
  } else if (error instanceof SignedOutError) waitBecause("signedOut");
  else if (error instanceof RefusedError && !error.isPassing) void refused(error);
  else waitBecause(error instanceof RefusedError ? "failed" : "offline");
}

/** @param {"offline"|"signedOut"|"listeningOff"|"failed"} why */
function waitBecause(why) {
  const reason = call.dataset[why] ?? "";
  const isNews = unsent.hidden || unsent.dataset.why !== why;
  unsent.dataset.why = why;
  part("[data-unsent-why]").textContent = reason;
  part("[data-unsent-words]").textContent = pending?.text ? `“${pending.text}”` : "";
  // What was stored has a place of its own in the log, and can no longer be changed.
  part("[data-change]").hidden = why === "listeningOff";
  unsent.hidden = false;
  call.querySelector("[data-waiting]")?.remove();
  if (isNews) announce(reason);
  timer = setTimeout(() => void send(), WAITS_MS[Math.min(failures, WAITS_MS.length - 1)]);
  failures += 1;
}

/** @param {RefusedError} error */
async function refused(error) {
  const back = pending?.text ?? "";
  settled();
  if (words && !words.value) words.value = back;
  tell(error.message);
  const page = await courier.read(location.pathname).catch(() => null);
  if (page) show(page, false);
}

unsent.querySelector("[data-send-again]")?.addEventListener("click", () => {
  words?.focus();
  void send();
});

unsent.querySelector("[data-change]")?.addEventListener("click", () => {
  if (isSending || !pending) return;
  if (words && pending.text) words.value = [pending.text, words.value].filter(Boolean).join(" ");
  clearTimeout(timer);
  settled();
  renewSegment();
  words?.focus();
});

globalThis.addEventListener("online", () => void send());

// What else there is to press

document.addEventListener("submit", (event) => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (sent.matches("[data-end]")) return endWarned(event);
  if (sent.matches("[data-again]")) {
    event.preventDefault();
    takeOver(sent);
  }
  if (!sent.matches("[data-hint], [data-rewind]")) return undefined;
  event.preventDefault();
  return void press(sent, /** @type {SubmitEvent} */ (event).submitter);
});

call.addEventListener("click", (event) => {
  const mark = /** @type {Element} */ (event.target).closest?.("[data-turn]");
  if (!mark) return;
  const retry = call.querySelector(`form[data-rewind="${mark.getAttribute("data-turn")}"]`);
  if (retry instanceof HTMLFormElement) retry.requestSubmit();
});

/** @param {HTMLFormElement} sent @param {HTMLElement|null} [button] */
async function press(sent, button) {
  if (isSending) return;
  isSending = true;
  const isHint = sent.matches("[data-hint]");
  tell("");
  try {
    const page = await courier.submit(sent, button);
    if (!isHint) {
      settled();
      isSending = false;
    }
    show(page, false);
    const news = isHint ? "[data-hint-said]" : "[data-back]";
    announce(call.querySelector(news)?.textContent ?? "");
  } catch (error) {
    const reason = error instanceof SignedOutError ? "signedOut" : "offline";
    tell(error instanceof RefusedError ? error.message : (call.dataset[reason] ?? ""));
  } finally {
    isSending = false;
    words?.focus();
  }
}

/** The call is not ended over a turn that is still here. @param {Event} event */
function endWarned(event) {
  if (!pending || isWarned) {
    courier.keep(null);
    return;
  }
  event.preventDefault();
  isWarned = true;
  tell(call.dataset.endUnsent ?? "");
}

// The page

/** Put the parts of a fresh page in place of the old ones. @param {Document} page @param {boolean} isAnswer */
function show(page, isAnswer) {
  const isInside = Array.from(call.querySelectorAll("[data-part]")).some((one) => one.contains(document.activeElement));
  for (const old of call.querySelectorAll("[data-part]")) replace(/** @type {HTMLElement} */ (old), page);
  courier.renew(page);
  renewSegment(page);
  scrollToLast();
  const over = document.getElementById("over");
  if (over && form) form.hidden = true;
  else if (form) form.hidden = false;
  if (over) over.focus();
  else if (isInside) words?.focus();
  if (!isAnswer) return;
  announce(call.querySelector("[data-announcement]")?.textContent ?? "");
  speech.speak(call.querySelector("[data-last-words]")?.textContent ?? "");
}

/** @param {HTMLElement} old @param {Document} page */
function replace(old, page) {
  const fresh = page.querySelector(`[data-part="${old.dataset.part}"]`);
  if (!fresh) return old.replaceChildren();
  const isOpen = old.querySelector("details")?.open;
  const table = fresh.querySelector("details");
  if (isOpen && table) table.open = true;
  // Adopting takes a node out of the list that is walked, so the list is copied first.
  const nodes = [...fresh.childNodes];
  return old.replaceChildren(...nodes.map((node) => document.adoptNode(node)));
}

/** @param {Document} [page] */
function renewSegment(page) {
  const mine = /** @type {HTMLInputElement|null|undefined} */ (form?.elements.namedItem("segment_id"));
  const fresh = /** @type {HTMLInputElement|null|undefined} */ (
    page?.querySelector('form[data-say] [name="segment_id"]')
  );
  if (mine) mine.value = fresh?.value ?? courier.newId();
}

function scrollToLast() {
  const log = call.querySelector(".call-log");
  const last = /** @type {HTMLElement|null} */ (log?.lastElementChild ?? null);
  // A long answer is read from its beginning.
  if (log && last) log.scrollTop = last.offsetTop;
}

/** Bring back what an earlier visit to this page could not send. */
function restore() {
  const stored = call.querySelector("form[data-again]");
  if (words && !words.value) words.value = courier.draft();
  pending = courier.kept();
  if (stored instanceof HTMLFormElement) takeOver(stored);
  else if (pending) waitBecause("offline");
}

/** Ask again for a turn that the server has but nobody heard. @param {HTMLFormElement} stored */
function takeOver(stored) {
  const given = new FormData(stored);
  pending = {
    action: stored.action,
    text: String(given.get("text") ?? ""),
    segment_id: String(given.get("segment_id") ?? ""),
    silent: given.has("silent"),
  };
  waitBecause("listeningOff");
}

/** @param {string} text */
function tell(text) {
  problem.textContent = text;
  problem.hidden = !text;
  if (text) announce(text);
}

/** @param {string} text */
function announce(text) {
  announcements.textContent = text.trim();
}

/** @param {string} selector @returns {HTMLElement} */
function part(selector) {
  return /** @type {HTMLElement} */ (unsent.querySelector(selector));
}
