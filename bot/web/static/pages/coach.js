/** Makes the coach page a conversation: asks in the background and adds question and answer to the log. */

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
    for (const message of messages) add("coach", message.text);
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

/** @param {string} text @returns {Promise<{text: string}[]>} */
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

/** @param {"you"|"coach"} who @param {string} text */
function add(who, text) {
  const line = document.createElement("p");
  line.className = `said ${who}`;
  const name = document.createElement("b");
  name.textContent = talk.dataset[who] ?? "";
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
