/** Makes the coach page a conversation: asks in the background and adds question and answer to the log. */

/**
 * @typedef {object} Custom What a message is besides its text; `kind` is client, note, verdict ... in a rehearsal.
 * @property {string} [kind]
 * @property {string} [name]
 * @property {string} [mood]
 * @property {string} [words]
 * @property {string} [page]
 */
/** @typedef {{text: string, custom?: Custom|null}} Message */

const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("question"));
const talk = /** @type {HTMLElement} */ (document.getElementById("talk"));
const failure = /** @type {HTMLElement} */ (document.getElementById("failure"));

/** Short waits show nothing, so that nothing flickers. */
const THINKING_AFTER_MS = 300;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question || form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  failure.hidden = true;
  const asked = add("you", question);
  /** @type {HTMLElement|null} */
  let thinking = null;
  const timer = setTimeout(() => (thinking = add("coach", talk.dataset.thinking ?? "")), THINKING_AFTER_MS);
  try {
    const messages = await ask(question);
    clear(timer, thinking);
    for (const message of messages) show(message);
    box.value = "";
  } catch (error) {
    clear(timer, thinking);
    asked.remove();
    failure.textContent = error instanceof Error && error.message ? error.message : (talk.dataset.failed ?? "");
    failure.hidden = false;
  } finally {
    form.ariaBusy = "false";
  }
});

/** @param {string} text @returns {Promise<Message[]>} */
async function ask(text) {
  const proof = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  const answer = await fetch(talk.dataset.address ?? "", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": proof },
    body: JSON.stringify({ text }),
  }).catch(() => null);
  const document_ = answer ? await answer.json().catch(() => null) : null;
  if (!answer?.ok || !document_) throw new Error(document_?.detail ?? "");
  return document_.messages;
}

/** The rehearsed client speaks under their own name; a note and a verdict are the coach's. @param {Message} message */
function show({ text, custom }) {
  if (custom?.kind === "client") return add("client", custom.words ?? text, `${custom.name}, ${custom.mood}`);
  const line = add(custom?.kind === "note" ? "note" : "coach", text, talk.dataset.coach);
  if (custom?.kind !== "verdict" || !custom.page?.startsWith("/rehearse/")) return line;
  const link = document.createElement("a");
  link.href = custom.page;
  link.textContent = talk.dataset.debrief ?? "";
  line.append(link);
  return line;
}

/** @param {"you"|"coach"|"client"|"note"} who @param {string} text @param {string} [called] */
function add(who, text, called = talk.dataset[who]) {
  const line = document.createElement("p");
  line.className = `said ${who}`;
  const name = document.createElement("b");
  name.textContent = called ?? "";
  const words = document.createElement("span");
  words.textContent = text;
  line.append(name, words);
  talk.append(line);
  // A long answer is read from its beginning.
  talk.scrollTop = line.offsetTop - talk.offsetTop;
  return line;
}

/** @param {ReturnType<typeof setTimeout>} timer @param {HTMLElement|null} thinking */
function clear(timer, thinking) {
  clearTimeout(timer);
  thinking?.remove();
}
