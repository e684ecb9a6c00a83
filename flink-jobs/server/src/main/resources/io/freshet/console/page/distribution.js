/* Two distributions in one picture: the baseline filled, the other as an outline, so that they differ without colour. */
import { h, s, table, replace } from "./dom.js";
import { whenWide } from "./chart.js";
import { number, percent } from "./format.js";
import { linear, ticks } from "./scale.js";

const HEIGHT = 140;
const LEFT = 40;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;

/** Shares of numbers in bins, whose bounds may be on a scale that is logarithmic away from 0. */
export function histogram(name, plot) {
  const place = h("div", { class: "plot" });
  whenWide(place, HEIGHT, () => draw(place, name, plot));
  return [place, asTable(name, plot.edges.slice(0, -1).map((low, i) => [`${number(round(low))} to ${number(round(plot.edges[i + 1]))}`, plot.baseline[i], plot.against[i]]))];
}

function round(value) {
  return Number(value.toPrecision(4));
}

function draw(place, name, { edges, bent, baseline, against }) {
  const width = Math.max(220, place.clientWidth);
  const bend = (value) => (bent === 0 ? value : Math.asinh(value / bent));
  const straight = linear(bend(edges[0]), bend(edges[edges.length - 1]), LEFT, width - RIGHT);
  const x = (value) => straight(bend(value));
  const top = Math.max(...baseline, ...against) || 1;
  const floor = HEIGHT - BOTTOM;
  const y = linear(0, top, floor, TOP);
  const svg = s("svg", { role: "img", "aria-label": `Distribution of ${name}: the table below says the same`, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    [0, top].map((each) => [s("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(each), y2: y(each) }),
      s("text", { x: LEFT - 6, y: y(each) + 4, "text-anchor": "end" }, each === 0 ? "0" : percent(each))]),
    baseline.map((share, i) => share > 0 ? s("rect", {
      class: "before", x: x(edges[i]) + 0.4, width: Math.max(0.6, x(edges[i + 1]) - x(edges[i]) - 0.8), y: y(share), height: floor - y(share),
    }) : null),
    s("path", { class: "after", d: `M${x(edges[0])} ${floor}${against.map((share, i) => `V${y(share).toFixed(1)}H${x(edges[i + 1]).toFixed(1)}`).join("")}V${floor}` }));
  let free = -Infinity;
  for (const each of axisTicks(edges, bent, width)) {
    const text = number(each);
    const half = 3.3 * text.length;
    const at = Math.max(LEFT + half - 4, Math.min(width - half, x(each)));
    if (at - half < free + 6) continue;
    free = at + half;
    svg.append(s("line", { class: "grid", x1: x(each), x2: x(each), y1: floor, y2: floor + 3 }), s("text", { x: at, y: HEIGHT - 6, "text-anchor": "middle" }, text));
  }
  replace(place, svg);
}

function axisTicks(edges, bent, width) {
  const low = edges[0];
  const high = edges[edges.length - 1];
  if (bent === 0) return ticks(low, high, width / 80);
  const powers = [];
  for (let power = Math.ceil(Math.log10(bent)); power <= Math.floor(Math.log10(Math.max(-low, high))); power++) powers.push(10 ** power);
  return [...powers.map((each) => -each).reverse(), 0, ...powers].filter((each) => each >= low && each <= high);
}

/** Shares of the most frequent texts. */
export function bars(name, { texts }) {
  const top = Math.max(...texts.flatMap((each) => [each.baseline, each.against])) || 1;
  const bar = (share, kind) => s("rect", { class: kind, width: Math.max(0.5, (150 * share) / top), height: 6, y: kind === "before" ? 0 : 7 });
  return table([{ name: "Value", head: true, text: true }, { name: "", text: true }, { name: "Baseline", n: true }, { name: "Against it", n: true }],
    texts.map((each) => [each.text === "" ? "(empty)" : each.text,
      s("svg", { width: 150, height: 13, viewBox: "0 0 150 13", "aria-hidden": "true" }, bar(each.baseline, "before"), bar(each.against, "after-bar")),
      percent(each.baseline), percent(each.against)]), { tight: true, caption: `Most frequent values of ${name}` });
}

function asTable(name, rows) {
  return h("details", {}, h("summary", {}, `${name} as a table`),
    table([{ name: "Value", head: true }, { name: "Baseline", n: true }, { name: "Against it", n: true }],
      rows.map(([text, before, after]) => [text, percent(before), percent(after)]), { tight: true, caption: `Shares of ${name}` }));
}
