/** Builds elements from code only: text enters as text nodes, never as markup. */

const SVG = "http://www.w3.org/2000/svg";
/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/**
 * Make an element; `on…` keys listen, `text` is its text, null and false attributes are left out.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null|false|undefined)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setOne(element, name, value);
  element.append(...present(children));
  return element;
}

/**
 * Make an element for words that came from outside: they set their own direction.
 * @param {string} tag
 * @param {string|null|undefined} text
 * @param {Record<string, any>} [attributes]
 */
export function said(tag, text, attributes = {}) {
  return el(tag, { dir: "auto", ...attributes, text: text ?? "" });
}

/**
 * Make an SVG element from attributes.
 * @param {string} tag
 * @param {Record<string, any>} attributes
 * @param {...Node} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Redraw a part only when its signature changed, and keep the focus on the same control.
 * @param {HTMLElement} part
 * @param {any} signature
 * @param {() => (Node|string|null|false|undefined)[]} build
 */
export function draw(part, signature, build) {
  const text = JSON.stringify(signature);
  if (drawn.get(part) === text) return;
  drawn.set(part, text);
  const root = /** @type {ShadowRoot} */ (part.getRootNode());
  const focused = /** @type {HTMLElement|null} */ (root.activeElement ?? null);
  const key = focused && part.contains(focused) ? (focused.dataset.key ?? "") : null;
  part.replaceChildren(...present(build()));
  if (key !== null) refocus(part, key);
}

/** @param {HTMLElement} part @param {string} key */
function refocus(part, key) {
  const same = key && part.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!same) part.tabIndex = -1;
  const target = /** @type {HTMLElement} */ (same || part);
  target.focus({ preventScroll: true });
}

/** @param {(Node|string|null|false|undefined)[]} children @returns {(Node|string)[]} */
function present(children) {
  return /** @type {(Node|string)[]} */ (children.filter((child) => child || child === ""));
}

/** @param {HTMLElement} element @param {string} name @param {any} value */
function setOne(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") element.textContent = String(value);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : String(value));
}
