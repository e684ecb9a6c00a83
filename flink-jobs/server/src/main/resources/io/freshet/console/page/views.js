/* All views and how they are. */
import { ask } from "./api.js";
import { again } from "./again.js";
import { facts, h, note, replace, say, status, table } from "./dom.js";
import { bytes, count, number, rate, span, time, NOT_KNOWN } from "./format.js";

const EACH = 5000;
const REPLAY = 86400000;

export async function viewsPage({ signal, told }) {
  const overview = await ask("overview", {}, signal);
  told(overview);
  const body = h("div", {});
  const show = (read) => replace(body, content(read));
  show(overview);
  let before = statuses(overview);
  again(EACH, signal, async () => {
    const read = await ask("overview", {}, signal);
    if (signal.aborted) return;
    told(read);
    const focused = body.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    show(read);
    if (focused) body.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    const after = statuses(read);
    if (after !== before) say(`Changed: ${after}`);
    before = after;
  }, (problem) => say(problem.message));
  return [h("h1", { tabindex: "-1" }, "Views"), body];
}

function statuses(read) {
  return read.views.map((view) => `${view.name} ${view.status}`).join(", ");
}

function content(read) {
  return [jobFacts(read), read.notes.map((text) => note(text)), viewTable(read), replayNote(read)];
}

/** What the job is, in one line of facts. */
export function jobFacts({ job, now, dead_letters: letters }) {
  const pairs = job === null ? [["Job", "none is known to run"]] : [
    ["Job", [status(job.all_run ? "fresh" : "stale").firstChild, ` ${job.all_run ? "running" : job.state.toLowerCase()} for ${span(now - job.started_at)}`]],
    ["Checkpoints", job.last_checkpoint_at === null ? `${job.checkpoints} complete`
      : `${number(job.checkpoints)}, the last ${span(now - job.last_checkpoint_at)} ago, ${bytes(job.last_checkpoint_bytes)}`],
    job.failed_checkpoints > 0 ? ["Failed checkpoints", number(job.failed_checkpoints)] : null,
    job.failure ? ["Last failure", `${time(job.failure.at)}: ${job.failure.reason}`] : null,
  ];
  return facts([...pairs, ["Dead letters", letters === null ? NOT_KNOWN : h("a", { href: "#/letters" }, number(letters))]]);
}

function viewTable({ views }) {
  if (views.length === 0) return note("There are no views in the folder that the settings name.");
  const columns = [
    { name: "View", head: true, text: true }, { name: "Status" }, { name: "Behind", n: true }, { name: "Freshness", n: true },
    { name: "99 in 100", n: true }, { name: "Target", n: true }, { name: "Rows", n: true }, { name: "Lag", n: true }, { name: "Late", n: true },
  ];
  const rows = views.map((view) => [
    [h("a", { href: `#/views/${encodeURIComponent(view.name)}` }, view.name), h("div", { class: "quiet" }, view.description)],
    view.over_files ? h("span", { class: "quiet" }, "over files") : status(view.status),
    quiet(view.behind_ms, span),
    quiet(view.freshness_median_ms, span),
    late(view),
    span(view.target_ms),
    quiet(view.rows_per_second, rate),
    quiet(view.lag, number),
    quiet(view.late, number),
  ]);
  return table(columns, rows, { cards: true, caption: count(views.length, "view") });
}

function quiet(value, text) {
  return value === null ? { value: "–", class: "off", title: NOT_KNOWN } : text(value);
}

function late(view) {
  const value = view.freshness_p99_ms;
  if (value === null || value <= view.target_ms) return quiet(value, span);
  return { value: [span(value), h("span", { "aria-hidden": "true" }, " ▲"), h("span", { class: "unseen" }, " above target")], class: "stale" };
}

/** Why every view of a replay is behind. */
function replayNote({ views }) {
  return views.some((view) => view.behind_ms > REPLAY)
    ? note("Behind is the clock of this machine less the watermark that the job publishes. Where old events are replayed it is the age of the events, and a reader finds such values stale.")
    : null;
}
