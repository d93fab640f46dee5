/** Keyboard: single keys while focus is in the panel and not in a text field, and arrows inside a group. */

/** Each key, what it does (a name of the panel's actions) and its line under “?”. */
export const SHORTCUTS = Object.freeze([
  { key: "1", action: "copyLine", text: "key_copy" },
  { key: "2", action: "nextLine", text: "key_next" },
  { key: "x", action: "notUseful", text: "key_not_useful" },
  { key: "o", action: "toggleOptions", text: "key_options" },
  { key: "b", action: "toggleBecause", text: "key_because" },
  { key: "f", action: "toggleFacts", text: "key_facts" },
  { key: "h", action: "togglePicker", text: "key_picker" },
  { key: "e", action: "toggleHandOver", text: "key_hand_over" },
  { key: "i", action: "focusInput", text: "key_input" },
  { key: "?", action: "toggleKeys", text: "key_keys" },
]);

/**
 * Listen for the single keys.
 * @param {ShadowRoot} root
 * @param {Record<string, () => void>} act
 */
export function listenForKeys(root, act) {
  root.addEventListener("keydown", (event) => {
    const press = /** @type {KeyboardEvent} */ (event);
    const target = /** @type {HTMLElement} */ (press.target);
    if (press.defaultPrevented || press.isComposing) return;
    if (press.key === "Escape") return done(press, () => act.escape());
    if (press.ctrlKey || press.altKey || press.metaKey || isTextField(target)) return;
    const shortcut = SHORTCUTS.find((one) => one.key === press.key.toLowerCase());
    if (shortcut) done(press, () => act[shortcut.action]());
  });
}

/** Whether keys typed here are words. @param {Element|null} element */
export function isTextField(element) {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return (
    element instanceof HTMLInputElement && !["radio", "checkbox", "button"].includes(element.type)
  );
}

/**
 * Make a group of buttons one tab stop; arrows, Home and End move inside it.
 * @param {HTMLElement} group
 */
export function rove(group) {
  const stops = () => /** @type {HTMLElement[]} */ ([...group.querySelectorAll("button")]);
  const settle = (/** @type {HTMLElement|undefined} */ chosen) => {
    for (const stop of stops()) stop.tabIndex = stop === chosen ? 0 : -1;
  };
  settle(stops()[0]);
  group.addEventListener("focusin", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button) settle(button);
  });
  group.addEventListener("keydown", (event) => {
    const all = stops();
    const next = target(
      event.key,
      all.indexOf(/** @type {any} */ (event.target)),
      all.length,
      group,
    );
    if (next === null) return;
    event.preventDefault();
    all[next]?.focus();
  });
}

/** @param {string} key @param {number} at @param {number} count @param {HTMLElement} group */
function target(key, at, count, group) {
  const rtl = getComputedStyle(group).direction === "rtl";
  const forward = rtl ? ["ArrowLeft", "ArrowDown"] : ["ArrowRight", "ArrowDown"];
  const back = rtl ? ["ArrowRight", "ArrowUp"] : ["ArrowLeft", "ArrowUp"];
  if (at < 0 || !count) return null;
  if (forward.includes(key)) return (at + 1) % count;
  if (back.includes(key)) return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/** @param {Event} event @param {() => void} run */
function done(event, run) {
  event.preventDefault();
  event.stopPropagation();
  run();
}
