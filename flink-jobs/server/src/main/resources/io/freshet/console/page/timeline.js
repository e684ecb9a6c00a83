/* An entity's past: a chart per feature, its windows as lines, events as marks below. */
import { chart } from "./chart.js";
import { h, replace, table } from "./dom.js";
import { count, number, time } from "./format.js";

const FIRST = 4;
const RANGES = [["all", "all of it"], ["3600000", "last hour"], ["21600000", "last 6 hours"], ["86400000", "last day"]];
const PLOTTED = ["long", "double", "decimal", "boolean"];
const MOST_ROWS = 200;

/** The charts, with a choice of features and of the stretch of event time. */
export function timeline(rows, columns) {
  const sorted = [...rows].sort((one, other) => one.as_of - other.as_of || one.seq - other.seq);
  const groups = featuresOf(columns);
  const chosen = new Set(groups.slice(0, FIRST).map((group) => group.name));
  const charts = h("div", { class: "two" });
  let range = "all";
  let bent = false;
  const draw = () => {
    const last = sorted[sorted.length - 1].as_of;
    const from = range === "all" ? sorted[0].as_of : last - Number(range);
    replace(charts, groups.filter((group) => chosen.has(group.name)).map((group) => ofFeature(group, sorted, { from, to: last, bent })));
  };
  draw();
  return [
    h("form", { "aria-label": "What is drawn", onsubmit: (event) => event.preventDefault() },
      h("fieldset", {}, h("legend", {}, "Features"), groups.map((group) => h("label", {},
        h("input", {
          type: "checkbox", checked: chosen.has(group.name),
          onchange: (event) => { if (event.target.checked) chosen.add(group.name); else chosen.delete(group.name); draw(); },
        }), group.name))),
      h("div", { class: "choices" }, h("span", {}, h("label", { for: "range" }, "Event time"),
        h("select", { id: "range", onchange: (event) => { range = event.target.value; draw(); } },
          RANGES.map(([value, name]) => h("option", { value }, name)))),
        h("span", {}, h("label", { for: "scale" }, "Scale"),
        h("select", { id: "scale", onchange: (event) => { bent = event.target.value === "bent"; draw(); } },
          h("option", { value: "straight" }, "even"), h("option", { value: "bent" }, "logarithmic away from 0"))))),
    h("p", { class: "quiet" }, `${eventsIn(sorted)} Shaded: a window of the feature was warming.`),
    charts,
    asRows(sorted, columns),
  ];
}

function eventsIn(rows) {
  const events = rows.filter((row) => row.event).length;
  return `${count(events, "row")} made by an event, each a mark below the lines; ${count(rows.length - events, "row")} made by time, as events left a window.`;
}

/** Columns that can be drawn, by feature; a derived column is one by itself. */
function featuresOf(columns) {
  const groups = new Map();
  columns.forEach((column, at) => {
    if (!PLOTTED.includes(column.type.replace(/\(.*/, ""))) return;
    const name = column.feature ?? column.name;
    if (!groups.has(name)) groups.set(name, { name, lines: [] });
    groups.get(name).lines.push({ name: column.feature === null ? column.name : column.window, column: column.name, at, millis: column.window_ms ?? Infinity });
  });
  groups.forEach((group) => group.lines.sort((one, other) => one.millis - other.millis));
  return [...groups.values()];
}

function ofFeature({ name, lines }, rows, { from, to, bent }) {
  // The last row before the stretch says what held at its beginning.
  const first = Math.max(0, rows.findIndex((row) => row.as_of >= from) - 1);
  const shown = rows.slice(first);
  const series = lines.map((line) => ({
    name: line.name, step: true,
    points: shown.map((row) => [Math.max(from, row.as_of), plotted(row.values[line.at])]),
  }));
  return chart({
    title: name, height: 170, from, to, bent, series,
    description: `${count(lines.length, "line")}, one per window, over ${count(shown.length, "row")}.`,
    marks: shown.filter((row) => row.event && row.as_of >= from).map((row) => ({ at: row.as_of, name: "event" })),
    bands: warmingBands(shown, lines.map((line) => line.column), from, to),
  });
}

function plotted(value) {
  if (value === true || value === false) return value ? 1 : 0;
  const number = value === null ? null : Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Stretches in which a column is warming, run together. */
function warmingBands(rows, names, from, to) {
  const bands = [];
  rows.forEach((row, i) => {
    if (!row.warming.some((name) => names.includes(name))) return;
    const begin = Math.max(from, row.as_of);
    const end = i + 1 < rows.length ? rows[i + 1].as_of : to;
    const last = bands[bands.length - 1];
    if (last && last[1] >= begin) last[1] = Math.max(last[1], end); else bands.push([begin, end]);
  });
  return bands;
}

function asRows(rows, columns) {
  const details = h("details", {}, h("summary", {}, "All columns of the rows, as a table"));
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    const shown = rows.slice(-MOST_ROWS).reverse();
    details.append(table(
      [{ name: "As of", head: true }, { name: "Row", n: true }, { name: "Made by" }, ...columns.map((column) => ({ name: column.name, n: column.type !== "string" }))],
      shown.map((row) => [time(row.as_of), number(row.seq), row.event ? "event" : row.origin === "live" ? "time" : row.origin,
        ...columns.map((column, i) => ({ value: text(row.values[i], column.type), class: row.warming.includes(column.name) ? "cell-warming" : null }))]),
      { tight: true, caption: rows.length > MOST_ROWS ? `The newest ${MOST_ROWS} of ${rows.length} rows` : count(rows.length, "row") }));
  });
  return details;
}

function text(value, type) {
  if (value === null) return "null";
  if (type === "timestamp") return time(value);
  return typeof value === "number" ? number(value) : typeof value === "object" ? JSON.stringify(value) : String(value);
}
