/** Heat as a word, a shape and the path of the call; colour only repeats what they say. */

import { draw, el, svg } from "./dom.js";
import { icon } from "./icons.js";

const SHAPES = ["calm", "irritated", "angry", "abusive"];
const SHOWN = 12;
const WIDTH = 76;
const HEIGHT = 24;

/** @param {import("./types.js").Context} context @returns {import("./types.js").Section} */
export function heatSection({ t }) {
  const element = el("div", { class: "heat", part: "heat" });
  return {
    element,
    update({ heat, heatPath, heatTrend }) {
      draw(element, [heat, heatPath, heatTrend], () => {
        const level = clamp(heat);
        element.dataset.level = String(level);
        const path = heatPath.slice(-SHOWN).map(clamp);
        const trend = t(`trend_${heatTrend}`);
        return [
          el("h3", { class: "label", text: t("heat") }),
          el(
            "span",
            { class: "heat-word" },
            icon(SHAPES[level]),
            el("strong", { text: heatPath.length ? t(`heat_${level}`) : t("heat_none") }),
          ),
          path.length > 1
            ? sparkline(
                path,
                t("heat_path", { path: path.map((one) => t(`heat_${one}`)).join(", "), trend }),
              )
            : null,
          path.length > 1 ? el("span", { class: "muted", text: trend }) : null,
        ];
      });
    },
  };
}

/** @param {number[]} path @param {string} text */
function sparkline(path, text) {
  const step = WIDTH / Math.max(1, SHOWN - 1);
  const points = path.map((level, at) => [3 + at * step, HEIGHT - 4 - (level * (HEIGHT - 8)) / 3]);
  const [x, y] = points[points.length - 1];
  return svg(
    "svg",
    { class: "spark", role: "img", "aria-label": text, viewBox: `0 0 ${WIDTH + 6} ${HEIGHT}` },
    svg("path", { class: "floor", d: `M3 ${HEIGHT - 4}H${WIDTH + 3}` }),
    svg("polyline", {
      class: "line",
      points: points.map((point) => point.map((one) => one.toFixed(1)).join(",")).join(" "),
    }),
    svg("circle", { class: "dot", cx: x.toFixed(1), cy: y.toFixed(1), r: 3 }),
  );
}

/** @param {number} level */
function clamp(level) {
  return Math.min(3, Math.max(0, Math.round(Number(level) || 0)));
}
