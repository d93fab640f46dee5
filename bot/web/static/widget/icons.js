/** The few shapes of the panel, drawn in the colour of the text beside them. */

import { svg } from "./dom.js";

/** Filled shapes by name, on a 16 by 16 field. @type {Record<string, string>} */
const FILLED = {
  angry: "M8 1.5 15 14.5H1Z",
  abusive: "M5 1h6l4 4v6l-4 4H5l-4-4V5Z",
  irritated: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
};

/** Lines by name, on a 16 by 16 field. @type {Record<string, string>} */
const LINES = {
  calm: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z",
  open: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z",
  needs_approval: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM8 5v3.5l2 1.5",
  closed: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM4.2 4.2l7.6 7.6",
  done: "M2.5 8.5 6 12l7.5-8",
  todo: "M3 8h10",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  fold: "M4 6l4 4 4-4",
  send: "M13.5 3v5.5h-10M6.5 5.5l-3 3 3 3",
  copy: "M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3",
};

/**
 * Draw one shape; it is decoration, the word beside it carries the meaning.
 * @param {string} name
 */
export function icon(name) {
  const filled = name in FILLED;
  return svg(
    "svg",
    {
      viewBox: "0 0 16 16",
      class: `icon ${filled ? "filled" : "lined"} icon-${name}`,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("path", { d: FILLED[name] ?? LINES[name] ?? LINES.open }),
  );
}
