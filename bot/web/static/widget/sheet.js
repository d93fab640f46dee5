/** The panel's style sheet, fetched once and shared by every panel of a page; works without inline styles. */

const ADDRESS = new URL("./parley-panel.css", import.meta.url).href;

/** @type {Promise<CSSStyleSheet>|null} */
let shared = null;

/** Dress a shadow root; falls back to a link where the page may not fetch. @param {ShadowRoot} root */
export async function dress(root) {
  try {
    shared ??= fetched();
    root.adoptedStyleSheets = [await shared];
  } catch {
    shared = null;
    await linked(root);
  }
}

async function fetched() {
  const answer = await fetch(ADDRESS, { credentials: "omit" });
  if (!answer.ok) throw new Error(`The style sheet answered ${answer.status}.`);
  const sheet = new CSSStyleSheet();
  return sheet.replace(await answer.text());
}

/** @param {ShadowRoot} root @returns {Promise<void>} */
function linked(root) {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: ADDRESS,
    });
    link.addEventListener("load", () => resolve(), { once: true });
    link.addEventListener("error", () => resolve(), { once: true });
    root.append(link);
  });
}
