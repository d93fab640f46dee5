/** Renews the supervisor's board while the box is ticked, and never under the reader's hands. */

const EVERY_MS = 15_000;

const label = /** @type {HTMLElement} */ (document.querySelector("[data-follow]"));
const box = /** @type {HTMLInputElement} */ (label.querySelector("input"));

label.hidden = false;
box.checked = sessionStorage.getItem("parley-follow") === "yes";
box.addEventListener("change", () => sessionStorage.setItem("parley-follow", box.checked ? "yes" : "no"));
setInterval(renew, EVERY_MS);

async function renew() {
  const board = document.querySelector("[data-board]");
  const isInUse = board?.contains(document.activeElement) || String(document.getSelection());
  if (!board || !box.checked || document.hidden || isInUse) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-board]");
  if (fresh) board.replaceWith(document.adoptNode(fresh));
}
