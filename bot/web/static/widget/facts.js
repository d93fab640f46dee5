/** The account at the top: who, what is overdue, and the facts behind a fold with their freshness. */

import { draw, el, said } from "./dom.js";
import { icon } from "./icons.js";
import { counted } from "./strings.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").State} State */
/** @typedef {Record<string, any>} Facts */

/** @param {Context} context @returns {import("./types.js").Section} */
export function headerSection(context) {
  const element = el("header", { class: "head", part: "header" });
  return {
    element,
    update(state) {
      const isOpen = state.open.includes("facts");
      const isProtected = Boolean(state.card?.protocol);
      draw(element, [state.account, isOpen, isProtected], () => [
        ...top(context, state.account, isProtected),
        state.account && factsFold(context, state.account, isOpen),
      ]);
    },
  };
}

/** @param {Context} context @param {Facts|null} account @param {boolean} isProtected */
function top(context, account, isProtected) {
  const { t, act } = context;
  const label = t("close_panel");
  const close = el(
    "button",
    {
      class: "quiet square",
      type: "button",
      part: "close",
      "aria-label": label,
      title: label,
      data: { key: "close" },
      onclick: act.close,
    },
    icon("close"),
  );
  if (!account)
    return [
      el("div", { class: "head-line" }, el("h2", { class: "name", text: t("region") }), close),
    ];
  const due = isProtected ? t("money_off") : overdue(context, account);
  return [
    el(
      "div",
      { class: "head-line" },
      said("h2", account.name, { class: "name", title: account.name }),
      said("p", due, { class: "overdue", part: "overdue" }),
      close,
    ),
  ];
}

/** @param {Context} context @param {Facts} account */
function overdue({ t, format }, account) {
  if (!Number(account.overdue_invoices)) return t("nothing_overdue");
  return t("overdue", { amount: format.money(account.overdue, account.currency) });
}

/** @param {Context} context @param {Facts} account @param {boolean} isOpen */
function factsFold(context, account, isOpen) {
  const { t, act } = context;
  const button = el(
    "button",
    {
      class: "fold facts-fold",
      type: "button",
      "aria-expanded": String(isOpen),
      "aria-keyshortcuts": "f",
      data: { key: "facts" },
      onclick: act.toggleFacts,
    },
    el("span", { text: line(context, account) }),
    icon("fold"),
  );
  if (!isOpen) return button;
  return el(
    "div",
    {},
    button,
    el(
      "div",
      { class: "facts", part: "facts", role: "group", "aria-label": t("facts") },
      ...details(context, account),
    ),
  );
}

/** @param {Context} context @param {Facts} account */
function line({ t }, account) {
  const count = Number(account.overdue_invoices) || 0;
  const kept = Number(account.promises_kept) || 0;
  const all = kept + (Number(account.promises_broken) || 0);
  const parts = [counted("invoices", count)];
  if (count) parts.push(t("oldest", { days: account.oldest_days }));
  parts.push(all ? t("kept", { kept, all }) : t("kept_none"));
  return parts.join(" · ");
}

/** @param {Context} context @param {Facts} account */
function details(context, account) {
  const { t, format } = context;
  const stale = account.stale ?? [];
  return [
    el("p", { class: "muted", text: t("as_of", { time: format.instant(account.as_of) }) }),
    stale.length ? el("p", { class: "notice", text: t("stale_some") }) : null,
    account.on_stop ? el("p", { class: "notice", text: t("on_stop") }) : null,
    sums(context, account),
    el("h3", {}, t("invoices"), mark(context, stale, "invoices")),
    invoices(context, account),
    ...lists(context, account, stale),
    account.notes ? el("h3", { text: t("notes") }) : null,
    account.notes ? said("p", account.notes) : null,
  ];
}

/** @param {Context} context @param {Facts} account */
function sums({ t, format }, account) {
  const list = el("dl", { class: "pairs" });
  for (const name of ["due_now", "disputed", "undisputed", "charged", "exposure"]) {
    if (account[name] === undefined) continue;
    list.append(
      el(
        "div",
        {},
        el("dt", { text: t(name) }),
        said("dd", format.money(account[name], account.currency)),
      ),
    );
  }
  if (account.terms) {
    const terms = t("terms_text", {
      days: account.terms.credit_days,
      date: format.date(account.terms.effective_from),
    });
    list.append(el("div", {}, el("dt", { text: t("terms") }), said("dd", terms)));
  }
  if (account.risk_class)
    list.append(el("div", {}, el("dt", { text: t("risk") }), said("dd", account.risk_class)));
  return list;
}

/** @param {Context} context @param {Facts} account */
function invoices({ t, format }, account) {
  const open = (account.invoices ?? []).filter((/** @type {Facts} */ one) => Number(one.balance));
  if (!open.length) return el("p", { class: "muted", text: t("no_invoices") });
  const rows = open.map((/** @type {Facts} */ one) =>
    el(
      "tr",
      {},
      said("th", one.number, { scope: "row" }),
      el(
        "td",
        {},
        format.date(one.due_on),
        one.days_overdue ? el("small", { text: t("days_late", { days: one.days_overdue }) }) : null,
      ),
      el(
        "td",
        { class: "sum" },
        format.money(one.balance, account.currency),
        Number(one.disputed) ? el("small", { text: t("in_dispute") }) : null,
      ),
    ),
  );
  const heads = ["invoice", "due", "open_sum"].map((key) =>
    el("th", { scope: "col", class: key === "open_sum" ? "sum" : null, text: t(key) }),
  );
  return el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
}

/** @param {Context} context @param {Facts} account @param {string[]} stale */
function lists(context, account, stale) {
  const { t, format } = context;
  const sum = (/** @type {Facts} */ one) => format.money(one.amount, account.currency);
  /** @type {[string, string[]][]} */
  const groups = [
    [
      "promises",
      (account.promises ?? []).map(
        (/** @type {Facts} */ one) =>
          `${sum(one)} · ${format.date(one.due_on)} · ${t(`status_${one.status}`)}`,
      ),
    ],
    [
      "payments",
      (account.payments ?? [])
        .slice(-5)
        .map((/** @type {Facts} */ one) => `${sum(one)} · ${format.date(one.received_on)}`),
    ],
    [
      "disputes",
      (account.disputes ?? [])
        .filter((/** @type {Facts} */ one) => !one.resolved_on)
        .map(
          (/** @type {Facts} */ one) =>
            `${one.invoice_number} · ${sum(one)} · ${t(`label_${one.reason}`)}`,
        ),
    ],
    [
      "plans",
      (account.plans ?? []).map(
        (/** @type {Facts} */ one) =>
          `${format.date(one.agreed_on)} · ${t(`status_${one.status}`)}`,
      ),
    ],
    [
      "contacts",
      (account.contacts ?? []).map((/** @type {Facts} */ one) =>
        [one.name, one.role, one.phone].filter(Boolean).join(" · "),
      ),
    ],
  ];
  return groups
    .filter(([name, items]) => items.length || stale.includes(name))
    .flatMap(([name, items]) => [
      el("h3", {}, t(name), mark(context, stale, name)),
      el("ul", { class: "plain" }, ...items.map((item) => said("li", item))),
    ]);
}

/** @param {Context} context @param {string[]} stale @param {string} name */
function mark({ t }, stale, name) {
  return stale.includes(name) ? el("span", { class: "stale", text: t("stale") }) : null;
}
