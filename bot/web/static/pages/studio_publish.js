/** Follows a publication: looks once a second, changes only what changed, and speaks only when a step begins. */

const EVERY_MS = 1000;
const SLOWEST_MS = 15_000;

const main = /** @type {HTMLElement} */ (document.getElementById("publication"));
const trouble = /** @type {HTMLElement} */ (main.querySelector("[data-trouble]"));
const announcements = /** @type {HTMLElement} */ (document.getElementById("announcements"));

let failures = 0;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

document.addEventListener("visibilitychange", lookAtOnce);
globalThis.addEventListener("online", lookAtOnce);
plan();
main.dataset.ready = "yes";

function plan() {
  clearTimeout(timer);
  if (main.dataset.over === "yes") return;
  timer = setTimeout(() => void look(), Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS));
}

function lookAtOnce() {
  if (!document.hidden && main.dataset.over !== "yes") void look();
}

async function look() {
  clearTimeout(timer);
  // Nobody looks: the next look comes when somebody does.
  if (document.hidden) return;
  try {
    const page = await read();
    failures = 0;
    if (page) show(page);
    else tell(main.dataset.signedOut ?? "");
  } catch {
    failures += 1;
    // One look that fails is no news.
    if (failures > 1) tell(main.dataset.offline ?? "");
  }
  plan();
}

/** The page as it is now; nothing when nobody is signed in any more. @returns {Promise<Document|null>} */
async function read() {
  const answer = await fetch(location.pathname, {
    headers: { Accept: "text/html" },
    signal: AbortSignal.timeout(SLOWEST_MS),
  });
  if (answer.redirected) {
    failures = 3;
    return null;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** @param {Document} page */
function show(page) {
  const fresh = page.getElementById("publication");
  if (!fresh) throw new Error("not the page");
  tell("");
  const hadFocus = main.contains(document.activeElement) && document.activeElement;
  for (const old of main.querySelectorAll("[data-part]")) replace(/** @type {HTMLElement} */ (old), fresh);
  // What had the focus may be gone, as the button to call it off is once it runs.
  if (hadFocus && !hadFocus.isConnected) main.querySelector("h1")?.focus();
  document.title = page.title;
  main.dataset.over = fresh.dataset.over;
  const said = fresh.dataset.announcement ?? "";
  if (said !== main.dataset.announcement) {
    main.dataset.announcement = said;
    announcements.textContent = said;
  }
}

/** @param {HTMLElement} old @param {HTMLElement} page */
function replace(old, page) {
  const fresh = page.querySelector(`[data-part="${old.dataset.part}"]`);
  if (!fresh || plain(fresh) === plain(old)) return;
  old.className = fresh.className;
  // Adopting takes a node out of the list that is walked, so the list is copied first.
  const nodes = [...fresh.childNodes];
  old.replaceChildren(...nodes.map((node) => document.adoptNode(node)));
}

/** A part without the proof of its forms, which is another one each time. @param {Element} part */
function plain(part) {
  return part.innerHTML.replaceAll(/(name="csrf_token" value=")[^"]*/g, "$1");
}

/** @param {string} words */
function tell(words) {
  if (trouble.textContent === words) return;
  trouble.textContent = words;
  trouble.hidden = !words;
  if (words) announcements.textContent = words;
}
