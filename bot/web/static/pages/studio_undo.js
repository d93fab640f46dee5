/** Undo and redo by button and key: a field first takes back its own typing, then the whole document goes back. */

/**
 * @typedef {import("./studio_draft.js").Draft} Draft
 */

const TYPED = "textarea, input:not([type=checkbox]):not([type=radio]):not([type=button])";

/**
 * @param {HTMLElement} root @param {Draft} draft
 * @param {(where: string|null, isBack: boolean, isKey: boolean) => void} gone hears where something changed, null when there was nothing
 */
export function startUndo(root, draft, gone) {
  const undo = /** @type {HTMLElement} */ (root.querySelector("[data-undo]"));
  const redo = /** @type {HTMLElement} */ (root.querySelector("[data-redo]"));
  /** What the field that is typed in held when it was entered, and how much of the typing was taken back. */
  let entered = "";
  let takenBack = 0;

  undo.addEventListener("click", () => go(true, false));
  redo.addEventListener("click", () => go(false, false));
  for (const what of ["changed", "replaced", "checked"]) draft.addEventListener(what, tell);

  document.addEventListener("focusin", (event) => {
    entered = /** @type {HTMLInputElement} */ (event.target).value ?? "";
    takenBack = 0;
  });
  document.addEventListener("input", (event) => {
    const kind = /** @type {InputEvent} */ (event).inputType;
    takenBack = kind === "historyUndo" ? takenBack + 1 : kind === "historyRedo" ? takenBack - 1 : 0;
  });
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const isUndo = key === "z" && !event.shiftKey;
    const isRedo = (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey);
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !(isUndo || isRedo)) return;
    if (document.querySelector("dialog[open]") || isOwn(event.target, isUndo)) return;
    event.preventDefault();
    go(isUndo, true);
  });

  /** Whether the field itself has something to take back or to bring back. @param {EventTarget|null} target @param {boolean} isUndo */
  function isOwn(target, isUndo) {
    if (!(target instanceof HTMLElement) || !target.matches(TYPED)) return false;
    const field = /** @type {HTMLInputElement} */ (target);
    // A field beside the document, such as the one for a line's number, is its own.
    if (!field.closest("[data-form-part], .source")) return true;
    return isUndo ? field.value !== entered : takenBack > 0;
  }

  /** @param {boolean} isBack @param {boolean} isKey */
  function go(isBack, isKey) {
    const where = isBack ? draft.undo() : draft.redo();
    gone(where, isBack, isKey);
    entered = /** @type {HTMLInputElement|null} */ (document.activeElement)?.value ?? "";
    takenBack = 0;
  }

  function tell() {
    undo.setAttribute("aria-disabled", String(!draft.canUndo));
    redo.setAttribute("aria-disabled", String(!draft.canRedo));
  }
}
