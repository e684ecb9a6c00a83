/*
 * Charts over time, drawn at the width there is: lines (straight or stepped), bars, marks along the bottom, bands behind.
 * Each has a title, a description for those who cannot see it, a reading by pointer or arrow keys, and its values as a
 * table. Points are [millis, value]; a null value is a gap.
 */
import { h, s, table, replace } from "./dom.js";
import { number, time, tick } from "./format.js";
import { linear, powers, range, ticks, timeTicks } from "./scale.js";

const LEFT_LEAST = 34;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 24;
const MARK = 9;
const MOST_ROWS = 200;

/**
 * A figure. Options: title, description, series [{name, points, step, bars, open}], text (how values are written), from and to
 * (ends of the axis, ms), marks [{at, name}], bands [[from, to]], target {value, name}, height,
 * bent (whether the scale is logarithmic away from 0, so that small values are told apart beside great ones).
 */
export function chart(options) {
  const { title, series, text = number, height = 190, rest = "" } = options;
  const plot = h("div", { class: "plot", tabindex: "0", role: "group", "aria-label": `Chart: ${title}. Arrow keys read values.` });
  const readout = h("p", { class: "readout", "aria-live": "polite" });
  readout.textContent = rest;
  let view = null;
  let at = null;
  const draw = () => { view = drawn(plot, options, height); };
  const read = (millis) => {
    at = millis;
    if (view === null) return;
    const x = millis === null ? null : view.x(millis);
    view.cross.setAttribute("visibility", x === null ? "hidden" : "visible");
    if (x !== null) { view.cross.setAttribute("x1", x); view.cross.setAttribute("x2", x); }
    readout.textContent = millis === null ? rest : reading(options, millis, text);
  };
  const moments = [...new Set(series.flatMap((each) => each.points.map(([t]) => t)))].sort((a, b) => a - b);
  plot.addEventListener("pointermove", (event) => {
    if (view !== null && moments.length > 0) read(nearest(moments, view.x.value(event.clientX - plot.getBoundingClientRect().left)));
  });
  plot.addEventListener("pointerleave", () => read(null));
  plot.addEventListener("blur", () => read(null));
  plot.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    if (event.key === "Escape") { read(null); return; }
    const last = moments.length - 1;
    if (last < 0 || (step === undefined && event.key !== "Home" && event.key !== "End")) return;
    event.preventDefault();
    const now = at === null ? (step < 0 ? last + 1 : -1) : moments.indexOf(at);
    read(moments[event.key === "Home" ? 0 : event.key === "End" ? last : Math.max(0, Math.min(last, now + step))]);
  });
  whenWide(plot, height, draw);
  return h("figure", {},
    h("figcaption", {}, h("h3", {}, title), legend(series)),
    plot, readout,
    moments.length > 0 ? asTable(title, series, moments, text) : null);
}

/** Draws into a place once its width is known, and again when it changes. */
export function whenWide(place, height, draw) {
  // The height is there before the picture, so that drawing does not move the page.
  place.style.minHeight = `${height}px`;
  let width = -1;
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    draw();
  }).observe(place);
}

function nearest(moments, millis) {
  let low = 0;
  let high = moments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle] < millis) low = middle + 1; else high = middle;
  }
  return low > 0 && millis - moments[low - 1] < moments[low] - millis ? moments[low - 1] : moments[low];
}

/** The value that a series has at a moment: of steps the last before it. */
function valueAt(points, step, millis) {
  let found;
  for (const [t, value] of points) {
    if (t > millis) break;
    if (step || t === millis) found = value;
  }
  return found;
}

function reading({ series, marks = [] }, millis, text) {
  const parts = series.map((each) => [each, valueAt(each.points, each.step, millis)])
    .filter(([, value]) => value !== undefined)
    .map(([each, value]) => `${each.name} ${value === null ? "null" : text(value)}`);
  const here = marks.filter((mark) => mark.at === millis).map((mark) => mark.name);
  return `${time(millis)}   ${[...parts, ...here].join("   ")}`;
}

function legend(series) {
  if (series.length < 2) return null;
  return h("ul", { class: "legend" }, series.map((each, i) =>
    h("li", {}, s("svg", { "aria-hidden": "true", viewBox: "0 0 26 10" },
      s("line", { class: look(i), x1: 0, x2: 26, y1: 5, y2: 5 })), each.name)));
}

function look(i) {
  return `line s${i % 6}${i % 6 > 0 ? ` dash${i % 6}` : ""}`;
}

function asTable(title, series, moments, text) {
  const shown = moments.slice(-MOST_ROWS).reverse();
  const details = h("details", {}, h("summary", {}, `${title} as a table`));
  // Made when it is asked for: few are, and they are long.
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    const rows = shown.map((millis) => [time(millis), ...series.map((each) => {
      const value = valueAt(each.points, each.step, millis);
      return value === undefined || value === null ? "–" : text(value);
    })]);
    details.append(table([{ name: "Time", head: true }, ...series.map((each) => ({ name: each.name, n: true }))], rows, {
      tight: true,
      caption: moments.length > MOST_ROWS ? `${title}, the newest ${MOST_ROWS} of ${moments.length} moments` : title,
    }));
  });
  return details;
}

function ends({ series, from, to }) {
  let low = from ?? Infinity;
  let high = to ?? -Infinity;
  for (const each of series) {
    for (const [t] of each.points) { low = Math.min(low, t); high = Math.max(high, t); }
  }
  if (!Number.isFinite(low)) return [0, 1];
  return low === high ? [low - 1000, high + 1000] : [low, high];
}

function drawn(plot, options, height) {
  const { title, description = "", series, text = number, marks = [], bands = [], target, bent = false } = options;
  const width = Math.max(220, plot.clientWidth);
  const [low, high] = range([...series.flatMap((each) => each.points.map(([, value]) => value)), target ? target.value : null]);
  const yTicks = bent ? powers(low, high, 5) : ticks(low, high, 4);
  const left = Math.max(LEFT_LEAST, 8 + 6.6 * Math.max(...yTicks.map((each) => text(each).length)));
  const floor = height - BOTTOM - (marks.length > 0 ? MARK : 0);
  const [begin, end] = ends(options);
  const x = linear(begin, end, left, width - RIGHT);
  const bend = bent ? Math.asinh : (value) => value;
  const straight = linear(bend(low), bend(high), floor, TOP);
  const y = (value) => straight(bend(value));
  const svg = s("svg", { role: "img", "aria-label": `${title}. ${description}`, height, viewBox: `0 0 ${width} ${height}` });
  const clampX = (millis) => Math.max(left, Math.min(width - RIGHT, x(millis)));
  bands.filter(([from, to]) => to > begin && from < end).forEach(([from, to]) =>
    svg.append(s("rect", { class: "band", x: clampX(from), y: TOP, width: Math.max(1, clampX(to) - clampX(from)), height: floor - TOP })));
  yTicks.forEach((each) => svg.append(
    s("line", { class: "grid", x1: left, x2: width - RIGHT, y1: y(each), y2: y(each) }),
    s("text", { x: left - 6, y: y(each) + 4, "text-anchor": "end" }, text(each))));
  const { step, at } = timeTicks(begin, end, (width - left) / 90);
  at.forEach((each) => svg.append(s("line", { class: "grid", x1: x(each), x2: x(each), y1: height - BOTTOM, y2: height - BOTTOM + 4 })));
  at.forEach((each) => {
    const label = tick(each, step);
    const place = Math.max(left, Math.min(width - 3.4 * label.length, x(each)));
    svg.append(s("text", { x: place, y: height - 6, "text-anchor": "middle" }, label));
  });
  if (target) {
    svg.append(s("line", { class: "target", x1: left, x2: width - RIGHT, y1: y(target.value), y2: y(target.value) }),
      s("text", { x: width - RIGHT, y: y(target.value) - 4, "text-anchor": "end" }, target.name));
  }
  series.forEach((each, i) => svg.append(each.bars ? bars(each, x, y, end) : line(each, i, x, y, end)));
  if (marks.length > 0) {
    const path = [...new Set(marks.map((mark) => Math.round(x(mark.at))))].map((px) => `M${px + 0.5} ${floor + 3}V${floor + 3 + MARK}`).join("");
    svg.append(s("path", { class: "mark", d: path }));
  }
  const cross = s("line", { class: "cross", y1: TOP, y2: floor, visibility: "hidden" });
  svg.append(cross);
  replace(plot, svg);
  return { x, cross };
}

/** Bars from a moment to the next; the one that is not over yet is fainter. */
function bars({ points, bars: size, open = 0 }, x, y, end) {
  return s("g", {}, points.filter(([, value]) => value).map(([t, value]) => s("rect", {
    class: open && t >= open ? "bar open" : "bar", x: x(t) + 0.5, width: Math.max(1, x(Math.min(end, t + size)) - x(t) - 1), y: y(value), height: Math.max(0, y(0) - y(value)),
  })));
}

function line({ points, step }, i, x, y, end) {
  let path = "";
  let pen = false;
  for (const [t, value] of points) {
    if (value === null || !Number.isFinite(value)) {
      if (pen && step) path += `H${x(t).toFixed(1)}`;
      pen = false;
      continue;
    }
    const px = x(t).toFixed(1);
    const py = y(value).toFixed(1);
    path += pen ? (step ? `H${px}V${py}` : `L${px} ${py}`) : `M${px} ${py}${step ? "" : "h0.01"}`;
    pen = true;
  }
  if (pen && step) path += `H${x(end).toFixed(1)}`;
  return s("path", { class: look(i), d: path, "stroke-linecap": step ? "butt" : "round" });
}
