/* Numbers, times and stretches of time as people read them. What is not known is said to be so. */

export const NOT_KNOWN = "not known";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const UNITS = [["y", 31557600000], ["d", 86400000], ["h", 3600000], ["min", 60000], ["s", 1000]];

/** A number with four figures; whole ones in full. */
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return NOT_KNOWN;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e12)) return Number(value.toPrecision(4)).toExponential().replace("e+", "e");
  if (Number.isInteger(value) || Math.abs(value) >= 10000) return whole.format(value);
  return new Intl.NumberFormat("en", { maximumSignificantDigits: 4 }).format(value);
}

/** A rate per second. */
export function rate(value) {
  return value === null || value === undefined ? NOT_KNOWN : `${value >= 10 || value === 0 ? whole.format(value) : value.toFixed(1)}/s`;
}

/** A stretch of time, ms, in its two greatest units. */
export function span(millis) {
  if (millis === null || millis === undefined) return NOT_KNOWN;
  if (millis < 0) return `−${span(-millis)}`;
  if (millis < 10) return `${millis === 0 || Number.isInteger(millis) ? millis : millis.toFixed(1)} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 10000) return `${millis % 1000 === 0 ? millis / 1000 : (millis / 1000).toFixed(1)} s`;
  const at = UNITS.findIndex(([, size]) => millis >= size);
  const [unit, size] = UNITS[at];
  const count = Math.floor(millis / size);
  const next = UNITS[at + 1];
  const rest = next ? Math.floor((millis - count * size) / next[1]) : 0;
  return rest > 0 && count < 100 ? `${count} ${unit} ${rest} ${next[0]}` : `${whole.format(count)} ${unit}`;
}

/** A moment, ms since 1970 UTC, as 2026-01-31 12:00:05. */
export function time(millis) {
  return millis === null || millis === undefined ? NOT_KNOWN : new Date(millis).toISOString().replace("T", " ").slice(0, 19);
}

/** Its time of day alone. */
export function clock(millis) {
  return new Date(millis).toISOString().slice(11, 19);
}

export function percent(share) {
  return share === null || share === undefined || Number.isNaN(share) ? NOT_KNOWN : `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

export function bytes(count) {
  if (count === null || count === undefined) return NOT_KNOWN;
  if (count < 1000) return `${count} B`;
  const power = Math.min(4, Math.floor(Math.log10(count) / 3));
  return `${number(Number((count / 1000 ** power).toPrecision(3)))} ${["", "kB", "MB", "GB", "TB"][power]}`;
}

/** One word, and its plural where there are not one. */
export function count(value, one, more = `${one}s`) {
  return value === null || value === undefined ? `${more} ${NOT_KNOWN}` : `${number(value)} ${value === 1 ? one : more}`;
}

/** A timestamp of a tick on an axis whose ticks are that far apart. */
export function tick(millis, step) {
  const iso = new Date(millis).toISOString();
  if (step >= 86400000) return iso.slice(0, 10);
  if (step >= 60000) return iso.slice(11, 16) === "00:00" ? iso.slice(5, 10) : iso.slice(11, 16);
  return iso.slice(11, 19);
}
