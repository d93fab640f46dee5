/** Makes the short name from the title until somebody writes another, and offers copies of the chosen kind only. */

import { slugOf } from "./studio_values.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-new]"));
const title = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"));
const slug = /** @type {HTMLInputElement} */ (form.elements.namedItem("slug"));
const kind = /** @type {HTMLSelectElement} */ (form.elements.namedItem("kind"));
const source = /** @type {HTMLSelectElement} */ (form.elements.namedItem("copy_of"));

let isOwn = slug.value !== "" && slug.value !== slugOf(title.value);

title.addEventListener("input", () => {
  if (!isOwn) slug.value = slugOf(title.value);
});
slug.addEventListener("input", () => (isOwn = slug.value !== ""));
kind.addEventListener("change", offer);
source.addEventListener("change", () => {
  const chosen = source.selectedOptions[0]?.dataset.kind;
  if (chosen) kind.value = chosen;
});
offer();
form.dataset.ready = "yes";

function offer() {
  for (const option of source.options) {
    const fits = !option.dataset.kind || option.dataset.kind === kind.value;
    option.hidden = option.disabled = !fits;
    if (!fits && option.selected) source.value = "";
  }
}
