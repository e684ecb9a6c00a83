/* The job: its tasks and how rows go from one to the next. */
import { ask } from "./api.js";
import { h, note, s, status, table } from "./dom.js";
import { count, number, NOT_KNOWN } from "./format.js";
import { jobFacts } from "./views.js";

const GUTTER = 14;

export async function jobPage({ signal, told }) {
  const [overview, graph] = await Promise.all([ask("overview", {}, signal), ask("graph", {}, signal)]);
  told(overview);
  return [
    h("h1", { tabindex: "-1" }, "Job"),
    jobFacts(overview),
    graph.note ? note(graph.note) : null,
    h("h2", {}, "Graph"),
    h("p", { class: "quiet" }, graph.running ? "Tasks as Flink runs them: what stands in one box runs in one thread." : "What the views ask for, each step a box."),
    drawn(graph, signal),
    h("h2", {}, "Tasks"),
    tasks(graph),
  ];
}

/** Tasks in layers: each stands behind all that it reads from. */
function layersOf({ tasks: all, edges }) {
  const depth = new Map(all.map((task) => [task.id, 0]));
  for (let round = 0; round < all.length; round++) {
    let moved = false;
    for (const { from, to } of edges) {
      if (depth.get(to) < depth.get(from) + 1) { depth.set(to, depth.get(from) + 1); moved = true; }
    }
    if (!moved) break;
  }
  const layers = [];
  all.forEach((task) => (layers[depth.get(task.id)] ??= []).push(task));
  return layers.filter(Boolean);
}

function drawn(graph, signal) {
  const boxes = new Map();
  const layers = layersOf(graph).map((tasks) => h("ul", { class: "layer" }, tasks.map((task) => {
    const box = h("li", { class: "task" }, h("ul", {}, task.operators.map((name) => h("li", {}, name))),
      task.parallelism === null ? null : h("p", { class: "quiet" },
        task.running === task.parallelism ? count(task.parallelism, "subtask") : [status("stale").firstChild, ` ${task.running} of ${count(task.parallelism, "subtask")} run`]));
    boxes.set(task.id, box);
    return box;
  })));
  const edges = s("svg", { "aria-hidden": "true" });
  const place = h("div", { class: "graph", role: "region", tabindex: "0", "aria-label": "Graph of the job; the table below says the same" }, edges, layers);
  const observer = new ResizeObserver(() => connect(place, edges, graph.edges, boxes));
  observer.observe(place);
  signal.addEventListener("abort", () => observer.disconnect());
  return place;
}

function connect(place, svg, edges, boxes) {
  const origin = place.getBoundingClientRect();
  svg.setAttribute("width", place.scrollWidth);
  svg.setAttribute("height", place.scrollHeight);
  const down = getComputedStyle(place).flexDirection === "column";
  svg.replaceChildren(...edges.flatMap(({ from, to }) => {
    const a = boxes.get(from).getBoundingClientRect();
    const b = boxes.get(to).getBoundingClientRect();
    const dx = place.scrollLeft - origin.left;
    const dy = place.scrollTop - origin.top;
    // Where tasks stand below each other, edges run beside them.
    const [x1, y1] = down ? [a.left + dx, a.bottom - 16 + dy] : [a.right + dx, a.top + a.height / 2 + dy];
    const [x2, y2] = [b.left + dx, b.top + (down ? 16 : b.height / 2) + dy];
    const bend = down ? `H${x1 - GUTTER}V${y2}H${x2 - 5}` : `C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2 - 5} ${y2}`;
    return [s("path", { d: `M${x1} ${y1}${bend}` }), s("path", { class: "arrow", d: `M${x2} ${y2}l-7 -4v8z` })];
  }));
}

function tasks({ tasks: all, edges }) {
  const short = new Map(all.map((task) => [task.id, task.operators[0]]));
  return table([{ name: "Task", head: true, text: true }, { name: "Reads from", text: true }, { name: "Subtasks that run", n: true }, { name: "Records in", n: true }, { name: "Records out", n: true }],
    all.map((task) => [task.operators.join(" → "),
      edges.filter((edge) => edge.to === task.id).map((edge) => `${short.get(edge.from)}${edge.how ? ` (${edge.how.toLowerCase()})` : ""}`).join(", ") || "Kafka",
      task.parallelism === null ? NOT_KNOWN : `${task.running} of ${task.parallelism}`, known(task.records_in), known(task.records_out)]),
    { cards: true, tight: true, caption: count(all.length, "task") });
}

function known(value) {
  return value === null ? { value: "–", class: "off", title: NOT_KNOWN } : number(value);
}
