/* One entity: its newest row as a reader gets it, and its past as lines. */
import { ask, ofView, recentRows } from "./api.js";
import { facts, h, note, replace, say, status } from "./dom.js";
import { number, span, time } from "./format.js";
import { matrix } from "./matrix.js";
import { timeline } from "./timeline.js";
import { entityHref, viewHead } from "./viewhead.js";

const SINCE = [["15m", "15 minutes"], ["1h", "1 hour"], ["1d", "1 day"], ["7d", "7 days"], ["all", "all that is kept"]];
const MILLIS = { "15m": 900000, "1h": 3600000, "1d": 86400000, "7d": 604800000 };
const MOST_ROWS = 5000;

export async function entityPage({ view, parameters, signal, told }) {
  const key = parameters.get("key") ?? "";
  const since = SINCE.some(([each]) => each === parameters.get("since")) ? parameters.get("since") : "1d";
  const [definition, recent] = await Promise.all([ask(ofView(view), {}, signal), recentRows(view, signal)]);
  const head = [viewHead(view, "entity", "One entity: its newest values, and how they came to be."), form(view, definition, recent, key, since)];
  if (key === "") {
    return [head, recent.failed ? note(recent.failed) : null, h("h2", {}, "Entities with new rows"),
      h("ul", { class: "links" }, recent.entities.map((each) => h("li", {}, h("a", { href: entityHref(view, each) }, each))))];
  }
  const read = await ask(ofView(view, "entity"), { key }, signal);
  told(read);
  const past = h("div", {});
  readPast(view, key, since, definition, past, signal).catch((problem) => {
    if (!signal.aborted) { replace(past, note(problem.message, true)); say(problem.message); }
  });
  return [head, newest(key, read, definition), h("h2", {}, "Over time"), past];
}

function form(view, definition, recent, key, since) {
  const fields = definition.entity.map((each) => each.name).join(" | ");
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    location.hash = `${entityHref(view, data.get("key"))}&since=${data.get("since")}`;
  };
  return h("form", { class: "ask", role: "search", "aria-label": "Choose an entity", onsubmit: submit },
    h("div", { class: "field wide" }, h("label", { for: "key" }, `Entity (${fields})`),
      h("input", { id: "key", name: "key", value: key, required: true, autocomplete: "off", spellcheck: "false", list: "entities" }),
      h("datalist", { id: "entities" }, recent.entities.map((each) => h("option", { value: each })))),
    h("div", { class: "field" }, h("label", { for: "since" }, "Rows logged within"),
      h("select", { id: "since", name: "since" }, SINCE.map(([each, name]) => h("option", { value: each, selected: each === since }, name)))),
    h("button", { class: "first" }, "Show"));
}

function newest(key, read, definition) {
  const title = h("h2", {}, key, " ", status(read.status));
  if (!read.found) return [title, note("There is no row in Redis: the entity was never seen, or its row has expired.")];
  return [
    title,
    facts([["As of", time(read.as_of)], ["Age", span(read.age_ms)], ["Row", number(read.seq)], ["Version", number(read.version)],
      ["Watermark", time(read.watermark)], read.warming > 0 ? ["Warming", `${read.warming} of ${definition.columns.length} columns`] : null]),
    read.version === definition.version ? null : note(`Version ${read.version} of the view wrote this row, and the definition is of version ${definition.version}: readers do not use it.`, true),
    matrix(definition.columns, (name) => read.values[name]),
  ];
}

/** Reads one part of the history after the other, and draws what there is after each. */
async function readPast(view, key, since, definition, place, signal) {
  const stop = new AbortController();
  const progress = h("progress", { max: "1", value: "0", "aria-label": "Read of the history" });
  const line = h("p", { class: "quiet" }, "Reading …");
  const button = h("button", { type: "button", onclick: () => stop.abort() }, "Stop");
  const drawing = h("div", {});
  replace(place, h("div", { class: "lead" }, progress, line, button), drawing);
  const rows = [];
  let left = 0;
  let scanned = 0;
  let from = null;
  let begin = null;
  let part;
  do {
    part = await ask(ofView(view, "history"), { key, from, since: from === null && since !== "all" ? Date.now() - MILLIS[since] : null }, signal);
    rows.push(...part.rows);
    left += Math.max(0, rows.length - MOST_ROWS);
    rows.splice(0, Math.max(0, rows.length - MOST_ROWS));
    scanned += part.scanned;
    from = part.next;
    begin ??= part.begin;
    progress.value = part.end > begin ? (part.next - begin) / (part.end - begin) : 1;
    line.textContent = `${number(scanned)} records read of partition ${part.partition}, ${number(rows.length + left)} of this entity`;
  } while (!part.done && !stop.signal.aborted && !signal.aborted);
  if (signal.aborted) return;
  progress.remove();
  button.remove();
  line.textContent = [`${number(rows.length + left)} rows of this entity, among ${number(scanned)} records of partition ${part.partition} of ${part.partitions}`,
    part.done ? "" : "; stopped before the end", left > 0 ? `; the newest ${number(rows.length)} are drawn` : "", "."].join("");
  say(line.textContent);
  replace(drawing, rows.length === 0 ? note("No rows were logged of this entity within that time. Rows are logged at checkpoints.") : timeline(rows, definition.columns));
}
