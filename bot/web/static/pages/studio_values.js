/** Values of a document: read and change them by path, without changing what was there before. */

/** @typedef {(string|number)[]} Path */

/** @param {any} data @param {Path} path @returns {any} */
export function valueAt(data, path) {
  return path.reduce((value, key) => (value === null || value === undefined ? undefined : value[key]), data);
}

/**
 * The data with another value at a path; what lies beside the path is shared, and `undefined` takes a key away.
 * @param {any} data @param {Path} path @param {any} value @returns {any}
 */
export function withValue(data, path, value) {
  if (!path.length) return value;
  const [key, ...rest] = path;
  const isList = Array.isArray(data) || (data === undefined && typeof key === "number");
  const inner = withValue(data?.[key], rest, value);
  if (isList) {
    const copy = [...(data ?? [])];
    copy[Number(key)] = inner;
    return copy;
  }
  const copy = { ...(data ?? {}), [key]: inner };
  if (inner === undefined) delete copy[key];
  return copy;
}

/** Whether two values say the same; keys may stand in any order. @param {any} one @param {any} other @returns {boolean} */
export function isSame(one, other) {
  if (one === other) return true;
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return (
    Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => isSame(one[key], other[key]))
  );
}

/** Whether nothing is said by a value. @param {any} value @returns {boolean} */
export function isEmpty(value) {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

/** @param {Path} path */
export const joined = (path) => path.join(".");

/** The path behind its dotted form; a part of digits is a place in a list. @param {string} dotted @returns {Path} */
export function parted(dotted) {
  return dotted ? dotted.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)) : [];
}

/** The keys below its parent of a field of the form. @param {{path?: string}} field @param {Path} parent @returns {Path} */
export function keysOf(field, parent) {
  const own = field.path ?? "";
  const fixed = parent.filter((key) => typeof key !== "number").join(".");
  // Members are named from their parent; a name from the top of the document is understood too.
  return parted(fixed && own.startsWith(`${fixed}.`) ? own.slice(fixed.length + 1) : own);
}

/**
 * A new item's first values: its defaults, and an id that nothing else has.
 * @param {any} field the list's field @param {any} data the whole document @param {Path} path the list's place
 */
export function newItem(field, data, path) {
  const members = Array.isArray(field.item) ? field.item : null;
  if (!members) return field.item?.default ?? "";
  /** @type {Record<string, any>} */
  const item = {};
  for (const member of members) {
    const [key] = keysOf(member, path);
    if (key === "id") item.id = freshId(data, path);
    else if (key === "labels" && path[0] === "examples") item.labels = labelsOfNext(data);
    else if (member.default !== undefined && member.default !== null) item[key] = structuredClone(member.default);
    else if (member.required && member.type === "list") item[key] = [];
  }
  return item;
}

/** Lines for the ear come in rows of one label, so the next one begins with those of the last. @param {any} data */
function labelsOfNext(data) {
  const last = (data?.examples ?? []).at(-1)?.labels;
  return Array.isArray(last) ? [...last] : data?.objection ? [data.objection] : [];
}

/** An id after the pattern of its neighbours, such as `asy-res-13` after `asy-res-12`. @param {any} data @param {Path} path */
export function freshId(data, path) {
  const taken = new Set(idsOf(data));
  const stem = stemOf(data, path);
  for (let number = 1; ; number += 1) {
    const id = `${stem}${String(number).padStart(2, "0")}`;
    if (!taken.has(id)) return id;
  }
}

/** @param {any} data @param {Path} path */
function stemOf(data, path) {
  const neighbours = (valueAt(data, path) ?? []).map((/** @type {any} */ one) => String(one?.id ?? ""));
  const known = neighbours.findLast((/** @type {string} */ id) => /\d+$/.test(id));
  if (known) return known.replace(/\d+$/, "");
  const initials = String(data?.id ?? "").split(/[-_]/).map((word) => word[0] ?? "").join("") || "new";
  const names = path.map((key, index) =>
    typeof key === "number" ? String(valueAt(data, path.slice(0, index + 1))?.id ?? key + 1) : key,
  );
  const words = names.filter((name) => name !== "lines").map((name) => name.replaceAll("_", "-").slice(0, 12));
  return `${initials}-${words.at(-1) ?? "new"}-`;
}

/** @param {any} value @returns {string[]} */
function idsOf(value) {
  if (!value || typeof value !== "object") return [];
  const own = typeof value.id === "string" ? [value.id] : [];
  return [...own, ...Object.values(value).flatMap(idsOf)];
}

/** A title as the name of a file: small letters, digits and hyphens. @param {string} title */
export function slugOf(title) {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 64).replace(/-+$/, "");
}

/**
 * What is wrong, with the form's word for a field in place of the file's key, which the source view shows.
 * @param {import("./studio_draft.js").Fault} fault @param {string} label the form's word, empty where it has none
 */
export function inWords(fault, label) {
  const keys = parted(fault.field).map(String);
  const names = [keys.at(-1), keys.slice(-2).join(" ")];
  return fault.message.replace(/^“([^”]*)”/, (quoted, key) => (label && names.includes(key) ? `“${label}”` : quoted));
}
