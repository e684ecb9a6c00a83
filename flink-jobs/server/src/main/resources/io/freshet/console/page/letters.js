/* Events that were put aside: how many, why, and some of them. */
import { ask } from "./api.js";
import { facts, h, note, s, table } from "./dom.js";
import { bytes, count, number, percent, time, NOT_KNOWN } from "./format.js";

export async function lettersPage({ signal, told, parameters }) {
  const read = await ask("letters", { reason: parameters.get("reason") }, signal);
  told(read);
  const head = [
    h("h1", { tabindex: "-1" }, "Dead letters"),
    h("p", { class: "quiet" }, "Events that were put aside, in the topic ", h("code", {}, read.topic), ". None stops a job, and none is dropped in silence."),
  ];
  if (read.total === null) return [head, note("There is no such topic: no job of this namespace has run yet.")];
  const what = read.read < read.total ? `Of the newest ${number(read.read)}` : `Of all ${number(read.read)}`;
  return [
    head,
    facts([["In the topic", number(read.total)], ["Looked at", number(read.read)]], true),
    read.read === 0 ? h("p", {}, "None.") : [
      h("h2", {}, "By reason"),
      table([{ name: "Reason", head: true }, { name: "View" }, { name: "Letters", n: true }, { name: "Share", n: true }, { name: "", text: true }],
        read.reasons.map((each) => [h("a", { href: `#/letters?reason=${encodeURIComponent(each.reason)}` }, each.reason), each.view ?? { value: "all", class: "off" },
          number(each.letters), percent(each.letters / read.read), bar(each.letters / read.read)]), { caption: what }),
      h("h2", {}, parameters.get("reason") ? `The newest for ${parameters.get("reason")}` : "The newest"),
      parameters.get("reason") ? h("p", {}, h("a", { href: "#/letters" }, "All reasons")) : null,
      samples(read),
    ],
  ];
}

function bar(share) {
  return s("svg", { width: 120, height: 8, "aria-hidden": "true", viewBox: "0 0 120 8" }, s("rect", { class: "bar", width: Math.max(1, 120 * share), height: 8, rx: 1 }));
}

function samples({ samples: letters }) {
  if (letters.length === 0) return note("None of those that were looked at.");
  return table([{ name: "Put aside", head: true, short: true }, { name: "Reason" }, { name: "Why", text: true }, { name: "From" }, { name: "Bytes", n: true }],
    letters.map((each) => [
      time(each.at), each.reason,
      [each.detail, h("details", {}, h("summary", {}, "Key and value"),
        h("p", { class: "quiet" }, each.view ? `View ${each.view}. ` : "", "Key: ", each.key === null ? "none" : h("code", {}, each.key)),
        h("pre", { class: "wrap" }, each.value === null ? NOT_KNOWN : each.value))],
      h("code", {}, `${each.topic}-${each.partition}@${each.offset}`), bytes(each.bytes)]),
    { cards: true, caption: count(letters.length, "letter") });
}
