/** Drafting from a call: keeps what was pasted until it has been read, shows replacements as they are typed, offers a short name. */

const KEY = "parley-from-call";
const LONGEST_SLUG = 64;

const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-step]"));

if (form?.dataset.step === "1") keepPasted(form);
if (form?.dataset.step === "2") showReplacements(form);
if (form?.dataset.step === "3") offerSlug(form);

/** What was pasted outlives a lost connection; it stays in this tab only. @param {HTMLFormElement} form */
function keepPasted(form) {
  const words = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  try {
    if (!words.value) words.value = sessionStorage.getItem(KEY) ?? "";
    words.addEventListener("input", () => sessionStorage.setItem(KEY, words.value));
  } catch {
    // A browser that keeps nothing still sends the form.
  }
}

/** Put what is typed into the call below at once; the server does the same when the form is sent. @param {HTMLFormElement} form */
function showReplacements(form) {
  try {
    // The call has arrived; from here on it goes along in the page.
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
  for (const row of form.querySelectorAll("[data-replacement]")) {
    const field = /** @type {HTMLInputElement} */ (row.querySelector('[name="now"]'));
    const tick = /** @type {HTMLInputElement} */ (row.querySelector('[name="made"]'));
    const was = /** @type {HTMLInputElement} */ (row.querySelector('[name="was"]')).value;
    let shown = tick.checked ? field.value : was;
    const change = () => {
      const wanted = tick.checked ? field.value.trim() || "…" : was;
      for (const turn of form.querySelectorAll("[data-words]")) turn.textContent = replaced(turn.textContent ?? "", shown, wanted);
      shown = wanted;
    };
    field.addEventListener("change", change);
    tick.addEventListener("change", change);
  }
}

/** Whole words only. @param {string} text @param {string} was @param {string} now */
function replaced(text, was, now) {
  if (!was || was === now) return text;
  const plain = was.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "gu"), () => now);
}

/** The short name follows the title until it is written by hand. @param {HTMLFormElement} form */
function offerSlug(form) {
  const title = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"));
  const slug = /** @type {HTMLInputElement} */ (form.elements.namedItem("slug"));
  let isOwn = Boolean(slug.value);
  slug.addEventListener("input", () => (isOwn = Boolean(slug.value)));
  title.addEventListener("input", () => {
    if (!isOwn) slug.value = slugOf(title.value);
  });
}

/** @param {string} title */
function slugOf(title) {
  const plain = title.normalize("NFKD").toLowerCase().replace(/['’]/g, "").replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, LONGEST_SLUG).replace(/^-+|-+$/g, "");
}
