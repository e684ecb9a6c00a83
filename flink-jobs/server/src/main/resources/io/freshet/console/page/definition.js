/* What a view is: where its events come from, its features and windows, and the text that says so. */
import { ask, ofView } from "./api.js";
import { facts, h, table } from "./dom.js";
import { count, number, span } from "./format.js";
import { viewHead } from "./viewhead.js";

export async function definitionPage({ view, signal }) {
  const read = await ask(ofView(view), {}, signal);
  const windows = [...new Map(read.columns.filter((each) => each.window !== null).map((each) => [each.window, each])).values()]
    .sort((one, other) => (one.window_ms ?? Infinity) - (other.window_ms ?? Infinity));
  return [
    viewHead(view, "definition", read.description),
    facts([
      ["Version", number(read.version)], read.owner ? ["Owner", read.owner] : null, ["Entity", read.entity.map((each) => `${each.name} (${each.type})`).join(", ")],
      ["Emit", read.emit], ["Freshness target", span(read.target_ms)], ["Layout in Redis", read.layout],
      ["Kept in Redis", read.ttl_ms === null ? "for ever" : span(read.ttl_ms)], ["Kept in the history", read.retention_ms === null ? "for ever" : span(read.retention_ms)],
      read.coalesce_ms === null ? null : ["Coalesce", span(read.coalesce_ms)],
    ]),
    facts([["History", h("code", {}, read.history_topic)], ["Redis", h("code", {}, read.online_key)], read.where ? ["Where", h("code", {}, read.where)] : null]),
    h("h2", {}, "Events"),
    table([{ name: "From", head: true }, { name: "Schema" }, { name: "Event time" }, { name: "Format" }, { name: "Out of order by", n: true }, { name: "Idle after", n: true }, { name: "Ahead by at most", n: true }],
      read.sources.map((each) => [h("code", {}, each.from), each.schema, each.event_time, each.format, span(each.out_of_orderness_ms), span(each.idle_after_ms), span(each.max_future_ms)]),
      { cards: true, caption: count(read.sources.length, "source") }),
    h("h2", {}, "Windows"),
    table([{ name: "Window", head: true }, { name: "Length", n: true }, { name: "Hop", n: true }, { name: "Columns", n: true }],
      windows.map((each) => [each.window, each.window_ms === null ? "no tail" : span(each.window_ms), each.hop_ms === null ? "–" : span(each.hop_ms),
        number(read.columns.filter((column) => column.window === each.window && column.feature !== null).length)]), { tight: true, caption: count(windows.length, "window") }),
    h("h2", {}, "Features"),
    features(read),
    read.on_demand.length > 0 ? [h("h2", {}, "On demand"), table([{ name: "Name", head: true }, { name: "Type" }, { name: "Computed when it is read", text: true }],
      read.on_demand.map((each) => [each.name, each.type, h("code", {}, each.expression)]), { cards: true, caption: "Computed from what is stored and what the request says" })] : null,
    h("h2", {}, "As it is written"),
    h("p", { class: "quiet" }, read.file),
    h("pre", { tabindex: "0", role: "region", "aria-label": `Text of ${read.file}` }, h("code", {}, read.yaml)),
  ];
}

function features({ columns }) {
  const rows = columns.map((each) => [
    each.name, each.type, each.window, h("code", {}, each.computed), each.where === null ? { value: "–", class: "off" } : h("code", {}, each.where),
  ]);
  return table([{ name: "Column", head: true }, { name: "Type" }, { name: "Window" }, { name: "Computed as", text: true }, { name: "Of events where", text: true }],
    rows, { cards: true, tight: true, caption: count(columns.length, "column") });
}
