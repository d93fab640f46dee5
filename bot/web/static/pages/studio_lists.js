/** Lists of the form: items are added, removed and moved by buttons, and the focus goes where the work goes on. */

import { el } from "../widget/dom.js";
import { inOrder } from "./studio_choices.js";
import { hint, idOf, message, optional } from "./studio_fields.js";
import { counted, filled } from "./studio_words.js";
import { isEmpty, joined, keysOf, newItem, valueAt } from "./studio_values.js";

/**
 * @typedef {import("./studio_fields.js").Field} Field
 * @typedef {import("./studio_fields.js").Path} Path
 * @typedef {import("./studio_fields.js").Context} Context
 */

const NESTED = new Set(["list", "group", "by_level", "map"]);
const MOST_MEMBERS_IN_SIGHT = 5;
/** A longer list is folded to one line an item, which is quick, and easier to look over. */
const MOST_ITEMS_IN_SIGHT = 40;

/** What unfolds an item; it is built when it is first opened. @type {WeakMap<HTMLDetailsElement, () => void>} */
const builders = new WeakMap();

/** Open a folded item, and have it built. @param {HTMLDetailsElement} fold */
export function unfold(fold) {
  builders.get(fold)?.();
  builders.delete(fold);
  fold.open = true;
}

/** A list with its items. @param {Field} field @param {Path} path @param {Context} context @returns {HTMLElement} */
export function list(field, path, context) {
  const { strings } = context;
  const members = Array.isArray(field.item) ? inOrder(field.item, field.item_title) : null;
  const isLong = values().length > MOST_ITEMS_IN_SIGHT;
  const isFolded = Boolean(
    members && (isLong || members.length > MOST_MEMBERS_IN_SIGHT || members.some((one) => NESTED.has(one.type))),
  );
  const items = el("ol", { class: "items" });
  const add = el("button", { type: "button", class: "quiet", id: idOf(path), "aria-describedby": `${idOf(path)}-message` });
  const box = el("fieldset", { class: "field of-list", data: { field: joined(path) } },
    el("legend", {}, field.label, optional(field, context)), hint(field, path), items, message(path, field.label));
  add.append(filled(strings.add_to, { label: field.label }));
  add.addEventListener("click", append);
  if (!context.isReadOnly) box.append(add);
  draw([]);
  return box;

  /** @returns {any[]} */
  function values() {
    const given = context.value(path);
    return Array.isArray(given) ? given : [];
  }

  /** @param {boolean[]} open */
  function draw(open) {
    items.replaceChildren(...values().map((_, index) => item(index, Boolean(open[index]))));
    ends();
  }

  function ends() {
    const count = items.children.length;
    const isFull = Boolean(field.most) && count >= Number(field.most);
    items.hidden = !count;
    add.setAttribute("aria-disabled", String(isFull));
    for (const [index, one] of [...items.children].entries()) {
      one.querySelector('[data-move="-1"]')?.setAttribute("aria-disabled", String(index === 0));
      one.querySelector('[data-move="1"]')?.setAttribute("aria-disabled", String(index === count - 1));
    }
  }

  /** @param {number} index @param {boolean} isOpen */
  function item(index, isOpen) {
    const at = [...path, index];
    const title = el("span", { class: "item-title", dir: "auto", text: heading(index) });
    const one = el("li", { class: `item${isFolded ? " folded" : ""}`, data: { field: joined(at) } });
    one.addEventListener("input", () => (title.textContent = heading(index)));
    if (isFolded) {
      const fold = /** @type {HTMLDetailsElement} */ (el("details", {}, el("summary", {}, title)));
      builders.set(fold, () => {
        fold.append(...body(at));
        context.marked();
      });
      fold.addEventListener("toggle", () => fold.open && unfold(fold));
      one.append(fold, el("div", { class: "item-bar" }, ...buttons(index)));
      if (isOpen) unfold(fold);
    } else {
      one.append(el("div", { class: "item-bar" }, title, ...buttons(index)), ...body(at));
    }
    one.append(message(at));
    return one;
  }

  /** @param {number} index */
  function heading(index) {
    const value = values()[index];
    const key = field.item_title;
    const given = key ? valueAt(value, key.split(".")) : "";
    const choice = members?.find((one) => one.path === key)?.choices?.find((one) => one.value === given);
    const said = choice?.label ?? given;
    const number = filled(strings.item_number, { number: index + 1 });
    if (!key && isFolded) return `${number} ${inShort(value)}`;
    return isEmpty(said) || !isFolded ? number : `${number} ${said}`;
  }

  /** What an item without a title says first. @param {any} value */
  function inShort(value) {
    const first = members?.find((one) => one.type !== "day" && !NESTED.has(one.type) && !isEmpty(value?.[one.path]));
    return first ? `${first.label}: ${value[first.path]}` : "";
  }

  /** @param {Path} at */
  function body(at) {
    if (!members) {
      const label = filled(strings.item_label, { label: field.label, number: Number(at.at(-1)) + 1 });
      const leaf = context.build({ required: true, ...field.item, label: field.item?.label || label }, at, context);
      leaf.classList.add("unlabelled");
      return [leaf];
    }
    return [el("div", { class: "members" }, ...members.map((one) => context.build(one, [...at, ...keysOf(one, at)], context)))];
  }

  /** @param {number} index */
  function buttons(index) {
    if (context.isReadOnly) return [];
    const what = { label: field.label, number: index + 1 };
    return [
      press("↑", filled(strings.move_up, what), { move: "-1" }, () => move(index, -1)),
      press("↓", filled(strings.move_down, what), { move: "1" }, () => move(index, 1)),
      press("✕", filled(strings.remove, what), { remove: "" }, () => remove(index)),
    ];
  }

  function append() {
    if (add.getAttribute("aria-disabled") === "true")
      return context.say(counted(strings, "list_full", Number(field.most), { label: field.label }));
    const index = values().length;
    context.change([...path, index], newItem(field, context.data(), path));
    items.append(item(index, true));
    ends();
    context.marked();
    focusIn(index);
    return context.say(filled(strings.added, { label: field.label, number: index + 1 }));
  }

  /** @param {number} index */
  function remove(index) {
    const open = opened();
    open.splice(index, 1);
    context.change(path, values().filter((_, at) => at !== index));
    draw(open);
    context.marked();
    const next = items.children[Math.min(index, items.children.length - 1)];
    /** @type {HTMLElement} */ (next?.querySelector("[data-remove]") ?? add).focus();
    context.say(filled(strings.removed, { label: field.label, number: index + 1 }));
  }

  /** @param {number} index @param {number} by */
  function move(index, by) {
    const to = index + by;
    const all = [...values()];
    if (to < 0 || to >= all.length) return;
    const open = opened();
    [all[index], all[to]] = [all[to], all[index]];
    [open[index], open[to]] = [open[to], open[index]];
    context.change(path, all);
    for (const at of [index, to].sort((one, other) => one - other))
      items.children[at].replaceWith(item(at, open[at]));
    ends();
    context.marked();
    /** @type {HTMLElement|null} */ (items.children[to].querySelector(`[data-move="${by}"]`))?.focus();
    context.say(filled(strings.moved, { label: field.label, from: index + 1, to: to + 1, count: all.length }));
  }

  function opened() {
    return [...items.children].map((one) => Boolean(one.querySelector("details")?.open));
  }

  /** @param {number} index */
  function focusIn(index) {
    const controls = items.children[index].querySelectorAll("input, textarea, select, summary");
    const first = [...controls].find((one) => !one.closest(".of-id") && !(isFolded && one.matches(".item > details > summary")));
    /** @type {HTMLElement|undefined} */ (first)?.focus();
  }
}

/** @param {string} sign @param {string} name @param {Record<string, string>} data @param {() => void} act */
function press(sign, name, data, act) {
  const button = el("button", { type: "button", class: "quiet icon", "aria-label": name, title: name, data }, sign);
  button.addEventListener("click", act);
  return button;
}
