/* Whether a view's columns are distributed as they were. */
import { ask, ofView } from "./api.js";
import { bars, histogram } from "./distribution.js";
import { facts, h, note, replace, say, status, table } from "./dom.js";
import { count, number, percent, time, NOT_KNOWN } from "./format.js";
import { viewHead } from "./viewhead.js";

const NAMES = { psi: "PSI", js: "JS", ks: "KS", nulls: "Nulls", label: "Label" };

export async function driftPage({ view, parameters, signal, told }) {
  const offered = await ask(ofView(view, "baselines"), {}, signal);
  const baseline = parameters.get("baseline") ?? offered.baselines[0] ?? "last 1d offset 1d";
  const against = parameters.get("against") ?? offered.against;
  const result = h("div", {});
  const head = [
    viewHead(view, "drift", "Whether values are distributed as they were in training, or at another time."),
    form(view, offered, baseline, against),
    h("p", { class: "quiet" }, "A range is FROM..TO, of days or times of as_of in UTC, or “last 7d”, or “last 7d offset 7d” for those before. ",
      offered.baselines.length > 0 ? "A training set is one that this server was started with." : ["Training sets can be chosen that the server is started with: ", h("code", { class: "short" }, "freshet ui --baseline FILE"), "."]),
    result,
  ];
  if (!parameters.has("baseline")) return [head, h("p", {}, "Nothing is read before you ask: a comparison reads the history once.")];
  replace(result, h("p", { role: "status" }, "Reading the history …"));
  ask(ofView(view, "drift"), { baseline, against }, signal).then((read) => {
    if (signal.aborted) return;
    told(read);
    replace(result, comparison(read));
    say(verdict(read));
  }).catch((problem) => {
    if (!signal.aborted) { replace(result, note(problem.message, true)); say(problem.message); }
  });
  return head;
}

function form(view, offered, baseline, against) {
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    location.hash = `#/views/${encodeURIComponent(view)}/drift?${new URLSearchParams({ baseline: data.get("baseline"), against: data.get("against") })}`;
  };
  const field = (id, name, value) => h("div", { class: "field wide" }, h("label", { for: id }, name),
    h("input", { id, name: id, value, required: true, autocomplete: "off", spellcheck: "false", list: "sources" }));
  return h("form", { class: "ask", "aria-label": "What is compared", onsubmit: submit },
    field("baseline", "Baseline", baseline), field("against", "Against it", against),
    h("datalist", { id: "sources" }, [...offered.baselines, "last 1h", "last 1h offset 1h", "last 1d", "last 1d offset 1d", "last 7d", "last 7d offset 7d"].map((each) => h("option", { value: each }))),
    h("button", { class: "first" }, "Compare"));
}

function verdict({ columns }) {
  const compared = columns.filter((each) => each.status !== "no_data");
  const drifting = columns.filter((each) => each.status === "drift").length;
  return `${drifting === 0 ? "None" : number(drifting)} of ${count(compared.length, "column")} ${drifting > 1 ? "drift" : "drifts"}.`;
}

function comparison(read) {
  const compared = read.columns.filter((each) => each.status !== "no_data");
  const without = read.columns.filter((each) => each.status === "no_data").map((each) => each.column);
  const worth = compared.filter((each) => each.plot !== null);
  return [
    h("h2", {}, verdict(read)),
    facts([["Baseline", side(read.baseline)], ["Against it", side(read.against)]]),
    read.cut ? note(read.cut) : null,
    measures(compared),
    without.length > 0 ? note(`Not compared, for one side has no values or only warming ones: ${without.join(", ")}.`) : null,
    h("h2", {}, "Distributions"),
    h("p", { class: "quiet" }, "Filled: baseline. Outlined: against it. The worst first."),
    h("div", { class: "two" }, worth.map((each) => figure(each))),
  ];
}

function side({ source, which, rows, earliest_as_of: from, latest_as_of: to }) {
  return [source, h("div", { class: "quiet" }, `${number(rows)} ${which}${from === null ? "" : `, as of ${time(from)} to ${time(to)}`}`)];
}

function measures(columns) {
  const names = Object.keys(NAMES).filter((name) => columns.some((each) => each[name]));
  const cell = (measure, name) => {
    if (!measure || measure.value === null) return { value: "–", class: "off", title: NOT_KNOWN };
    const text = name === "nulls" ? percent(measure.value) : measure.value.toFixed(3);
    const title = measure.threshold === null ? "no threshold" : `threshold ${measure.threshold}, chance ${measure.chance === null ? NOT_KNOWN : measure.chance.toFixed(3)}`;
    return measure.crossed ? { value: [text, h("span", { "aria-hidden": "true" }, " ▲"), h("span", { class: "unseen" }, " above the threshold")], class: "stale", title } : { value: text, title };
  };
  return table([{ name: "Column", head: true }, { name: "" }, ...names.map((name) => ({ name: NAMES[name], n: true })), { name: "Median before", n: true }, { name: "Median now", n: true }],
    columns.map((each) => [each.column, status(each.status), ...names.map((name) => cell(each[name], name)), median(each.baseline), median(each.against)]),
    { tight: true, caption: "Measures of drift; marked where above the view's threshold and above chance" });
}

function median(profile) {
  const value = profile.quantiles?.["0.5"];
  return value === undefined || value === null ? { value: "–", class: "off" } : number(Number(value.toPrecision(4)));
}

function figure(column) {
  const caption = { number: "by value", age: "by age at as_of, in seconds", size: "by number of elements", category: "most frequent values" }[column.looked_at];
  return h("figure", {}, h("figcaption", {}, h("h3", {}, column.column), status(column.status), h("span", { class: "quiet" }, caption)),
    column.plot.edges ? histogram(column.column, column.plot) : bars(column.column, column.plot));
}
