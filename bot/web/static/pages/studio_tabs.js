/** The tabs beside the form; what a tab shows is fetched and mounted when it is first opened. */

/** Which module fills which tab. @type {Record<string, string>} */
const MODULES = { try: "./studio_try.js", plays: "./studio_plays.js", lines: "./studio_lines.js" };

/** Make the tabs of a part work. @param {HTMLElement} side @param {Record<string, any>} context handed to what is mounted @returns {(name: string) => void} */
export function startTabs(side, context) {
  const tabs = /** @type {HTMLElement[]} */ ([...side.querySelectorAll('[role="tab"]')]);
  /** @type {Set<string>} */
  const mounted = new Set();

  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (index + step + tabs.length) % tabs.length : -1;
      if (to < 0) return;
      event.preventDefault();
      choose(tabs[to]);
      tabs[to].focus();
    });
  }
  return (name) => {
    const tab = tabs.find((one) => one.getAttribute("aria-controls") === name);
    if (tab) choose(tab);
  };

  /** @param {HTMLElement} chosen */
  function choose(chosen) {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (!panel) continue;
      panel.hidden = !isChosen;
      if (isChosen) void fill(panel);
    }
  }

  /** @param {HTMLElement} panel */
  async function fill(panel) {
    const module = MODULES[panel.id];
    if (!module || mounted.has(panel.id)) return;
    mounted.add(panel.id);
    try {
      const { mount } = await import(module);
      await mount(panel, context);
    } catch {
      // The next opening tries again.
      mounted.delete(panel.id);
      if (!panel.childElementCount) panel.textContent = context.strings.no_connection;
    }
  }
}
