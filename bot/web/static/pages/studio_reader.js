/** A document for somebody who may read it and not change it: its sections and its source. */

import { Draft } from "./studio_draft.js";
import { View } from "./studio_view.js";
import { handed } from "./studio_words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("studio"));

new View(root, new Draft(handed(root, "draft")), handed(root, "form").sections, handed(root, "strings"), {
  isReadOnly: true,
  announce: () => {},
  settle: async () => true,
  extras: () => [],
});
root.dataset.ready = "yes";
