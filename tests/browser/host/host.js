/** A customer page with the panel in it; it notes what the panel tells it and what the policy refuses. */

const asked = new URLSearchParams(location.search);
document.documentElement.classList.add(asked.get("scheme") ?? "light");
const told = [];
const refused = [];
addEventListener("securitypolicyviolation", (event) =>
  refused.push(`${event.violatedDirective} ${event.blockedURI}`),
);
for (const name of [
  "ready",
  "advice-shown",
  "offer-chosen",
  "escalated",
  "error",
  "token-needed",
]) {
  addEventListener(`parley-${name}`, (event) =>
    told.push({ name: `parley-${name}`, detail: event.detail, composed: event.composed }),
  );
}
Object.assign(document, { told, refused });
const panel = document.createElement("parley-panel");
for (const name of ["account", "call", "locale", "closed", "api"]) {
  if (asked.has(name)) panel.setAttribute(name, asked.get(name));
}
document.querySelector("aside").append(panel);
