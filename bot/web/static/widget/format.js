/** Writes sums and days the way the reader's locale does; sums stay decimal text and are never rounded. */

export class Format {
  /** @param {string} locale */
  constructor(locale) {
    this.locale = Intl.NumberFormat.supportedLocalesOf(safe(locale))[0] ?? "en-GB";
  }

  /**
   * A decimal text as money: `4750.00`, `GBP` becomes `£4,750`.
   * @param {string|null|undefined} amount
   * @param {string} currency
   */
  money(amount, currency) {
    if (!/^-?\d+(\.\d+)?$/.test(String(amount ?? ""))) return String(amount ?? "");
    try {
      return new Intl.NumberFormat(this.locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        // A whole sum reads faster without its noughts.
        trailingZeroDisplay: "stripIfInteger",
      }).format(/** @type {any} */ (amount));
    } catch {
      return `${amount} ${currency}`;
    }
  }

  /** A day as people say it: `Fri 4 Dec`. @param {string|null|undefined} day */
  day(day) {
    return this.#write(day, { weekday: "short", day: "numeric", month: "short" });
  }

  /** A day with its year: `4 Dec 2026`. @param {string|null|undefined} day */
  date(day) {
    return this.#write(day, { day: "numeric", month: "short", year: "numeric" });
  }

  /** An instant in the reader's own time zone. @param {string|null|undefined} instant */
  instant(instant) {
    const at = new Date(String(instant));
    if (Number.isNaN(at.getTime())) return String(instant ?? "");
    const style = /** @type {const} */ ({
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    return new Intl.DateTimeFormat(this.locale, style).format(at);
  }

  /** @param {string|null|undefined} day @param {Intl.DateTimeFormatOptions} style */
  #write(day, style) {
    if (!/^\d{4}-\d\d-\d\d$/.test(String(day ?? ""))) return String(day ?? "");
    const at = new Date(`${day}T00:00:00Z`);
    return new Intl.DateTimeFormat(this.locale, { ...style, timeZone: "UTC" }).format(at);
  }
}

/** @param {string} locale */
function safe(locale) {
  try {
    return Intl.getCanonicalLocales(locale || "en-GB");
  } catch {
    return ["en-GB"];
  }
}
