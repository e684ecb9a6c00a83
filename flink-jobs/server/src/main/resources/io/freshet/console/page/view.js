/* How one view is now, and how it was: freshness, throughput, what is warming, whom rows were written of lately. */
import { ask, ofView, recentRows } from "./api.js";
import { again } from "./again.js";
import { chart } from "./chart.js";
import { facts, h, note, replace, say, table } from "./dom.js";
import { count, number, percent, rate, span, time, NOT_KNOWN } from "./format.js";
import { entityHref, viewHead } from "./viewhead.js";

const EACH = 5000;
const SPANS = [[5, "5 minutes"], [60, "1 hour"], [1440, "1 day"]];

export async function viewPage({ view, parameters, signal, told }) {
  const minutes = SPANS.map(([each]) => each).includes(Number(parameters.get("minutes"))) ? Number(parameters.get("minutes")) : 5;
  const read = () => Promise.all([ask("overview", {}, signal), ask(ofView(view, "activity"), { minutes }, signal), recentRows(view, signal)]);
  const [overview, activity, recent] = await read();
  const own = (from) => from.views.find((each) => each.name === view);
  told(overview);
  const now = h("div", {});
  const charts = h("div", { class: "two" });
  const rows = h("div", {});
  const show = (state, active, tail) => {
    replace(now, nowFacts(own(state), tail));
    if (!charts.contains(document.activeElement) && !charts.querySelector("details[open], .plot:hover")) replace(charts, drawn(own(state), active));
    if (!rows.contains(document.activeElement)) replace(rows, lately(view, tail));
  };
  show(overview, activity, recent);
  let before = own(overview).status;
  again(EACH, signal, async () => {
    const [state, active, tail] = await read();
    if (signal.aborted) return;
    told(state);
    show(state, active, tail);
    if (own(state).status !== before) say(`${view} is ${own(state).status}`);
    before = own(state).status;
  }, (problem) => say(problem.message));
  return [
    viewHead(view, "", own(overview).description, own(overview).over_files ? null : own(overview).status),
    now,
    h("h2", {}, "Over time"),
    h("nav", { "aria-label": "Stretch of time", class: "quiet" }, h("ul", { class: "links" }, h("li", {}, "The last"), SPANS.map(([each, name]) =>
      h("li", {}, h("a", { href: `#/views/${encodeURIComponent(view)}?minutes=${each}`, "aria-current": each === minutes ? "true" : null }, name))))),
    charts,
    rows,
  ];
}

function nowFacts(view, recent) {
  return facts([
    ["Behind", span(view.behind_ms)],
    ["Watermark", time(view.watermark)],
    ["Freshness, median", span(view.freshness_median_ms ?? recent.freshness_median_ms)],
    ["99 in 100 within", span(view.freshness_p99_ms ?? recent.freshness_p99_ms)],
    ["Target", span(view.target_ms)],
    ["Rows", rate(view.rows_per_second)],
    ["Events in wait", view.lag === null ? NOT_KNOWN : number(view.lag)],
    ["Late events", view.late === null ? NOT_KNOWN : number(view.late)],
  ]);
}

function drawn(view, { now, from, bucket_ms: size, buckets, samples, sampled_since: since }) {
  const logged = buckets === null ? note("How many rows were logged is not known: the history cannot be read.") : chart({
    title: "Rows logged per second",
    description: `In stretches of ${span(size)}, by when they were written to the history.`,
    rest: "By offsets of the history, where each commit counts as one more; rows are logged at checkpoints.",
    series: [{ name: "rows", bars: size, open: now - size, points: buckets.map(({ at, records }) => [at, (1000 * records) / size]) }],
    text: (value) => number(Number(value.toPrecision(3))), from, to: now,
  });
  const known = samples.filter((each) => each.freshness_median_ms !== null || each.freshness_p99_ms !== null);
  const fresh = known.length === 0 ? note("Freshness over time is not known: no job has told of it while this page's server runs.") : chart({
    title: "Freshness, from Kafka to Redis",
    description: `The target is ${span(view.target_ms)}.`,
    rest: `As the job measures it, since ${time(since)}.`,
    series: [
      { name: "median", points: samples.map((each) => [each.at, each.freshness_median_ms]) },
      { name: "99 in 100", points: samples.map((each) => [each.at, each.freshness_p99_ms]) },
    ],
    target: Math.max(...known.map((each) => each.freshness_p99_ms ?? 0)) * 4 > view.target_ms ? { value: view.target_ms, name: "target" } : null,
    text: span, from, to: now,
  });
  return [h("div", {}, logged), h("div", {}, fresh)];
}

function lately(view, { rows, entities, warming, failed }) {
  if (rows === 0) return [h("h2", {}, "Lately"), note(failed ?? "There are no rows in the history.")];
  return [
    h("h2", {}, "Warming"),
    warming.length === 0 ? h("p", { class: "quiet" }, `None of the columns, in the last ${count(rows, "row")} logged.`)
      : table([{ name: "Column", head: true }, { name: "Rows in which it is warming", n: true }, { name: "Share", n: true }],
        warming.map((each) => [each.column, number(each.rows), percent(each.rows / rows)]), { tight: true, caption: `Of the last ${count(rows, "row")} logged` }),
    h("h2", {}, "Entities with new rows"),
    h("ul", { class: "links" }, entities.map((each) => h("li", {}, h("a", { href: entityHref(view, each) }, each)))),
  ];
}
