/* Values of an entity: features down, windows across, so that one feature's windows are read in a line. */
import { h, table } from "./dom.js";
import { count } from "./format.js";

/** Features of several windows as a matrix, all other columns as a list. */
export function matrix(columns, { newest }) {
  const windowed = columns.filter((each) => each.feature !== null);
  const others = columns.filter((each) => each.feature === null);
  const windows = [...new Map(windowed.map((each) => [each.window, each])).values()]
    .sort((one, other) => (one.window_ms ?? Infinity) - (other.window_ms ?? Infinity)).map((each) => each.window);
  const names = [...new Set(windowed.map((each) => each.feature))];
  const rows = names.map((feature) => [feature, ...windows.map((window) => {
    const column = windowed.find((each) => each.feature === feature && each.window === window);
    return column ? cell(newest(column.name), column.type) : { value: "", class: "off" };
  })]);
  return h("div", { class: "two" },
    windowed.length === 0 ? null : table([{ name: "Feature", head: true }, ...windows.map((name) => ({ name, n: true }))], rows,
      { tight: true, caption: `${count(names.length, "feature")} by window` }),
    others.length === 0 ? null : table([{ name: "Derived", head: true }, { name: "Value", n: true }],
      others.map((each) => [each.name, cell(newest(each.name), each.type)]), { tight: true, caption: count(others.length, "derived column") }));
}

function cell(value, type) {
  if (value === undefined) return { value: "–", class: "off" };
  const classes = [value.warming ? "cell-warming" : "", value.text === "null" ? "off" : "", type === "string" ? "text" : ""].filter(Boolean).join(" ");
  const long = value.text.length > 48;
  return {
    value: [long ? `${value.text.slice(0, 45)}…` : value.text, value.warming ? h("span", { class: "unseen" }, " warming") : null],
    class: classes || null, title: long ? value.text : value.warming ? "warming" : null,
  };
}
