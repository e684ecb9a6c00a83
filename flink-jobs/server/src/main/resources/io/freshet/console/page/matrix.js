/* Values of an entity: features down, windows across, so that one feature's windows are read in a line. */
import { h, table } from "./dom.js";
import { count, number } from "./format.js";

const LONGEST = 60;
const NUMBERS = ["long", "double"];

/** Numbers of several windows as a matrix, all other columns as a list. */
export function matrix(columns, newest) {
  const inMatrix = columns.filter((each) => each.feature !== null && NUMBERS.includes(each.type));
  const others = columns.filter((each) => !inMatrix.includes(each));
  const windows = [...new Map(inMatrix.map((each) => [each.window, each])).values()]
    .sort((one, other) => (one.window_ms ?? Infinity) - (other.window_ms ?? Infinity)).map((each) => each.window);
  const names = [...new Set(inMatrix.map((each) => each.feature))];
  const rows = names.map((feature) => [feature, ...windows.map((window) => {
    const column = inMatrix.find((each) => each.feature === feature && each.window === window);
    return column ? cell(newest(column.name), column.type) : "";
  })]);
  return h("div", { class: "two spaced" },
    rows.length === 0 ? null : table([{ name: "Feature", head: true }, ...windows.map((name) => ({ name, n: true }))], rows,
      { tight: true, caption: `${count(names.length, "feature")} by window` }),
    others.length === 0 ? null : table([{ name: "Column", head: true }, { name: "Value", text: true }],
      others.map((each) => [each.name, cell(newest(each.name), each.type)]), { tight: true, caption: count(others.length, "other column") }));
}

function cell(value, type) {
  if (value === undefined) return { value: "–", class: "off" };
  const text = written(value.text, type);
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  const classes = [value.warming ? "cell-warming" : "", value.text === "null" ? "off" : ""].filter(Boolean).join(" ");
  return {
    value: [shown, value.warming ? h("span", { class: "unseen" }, " warming") : null],
    class: classes || null,
    title: [shown === value.text ? "" : value.text, value.warming ? "warming" : ""].filter(Boolean).join(", ") || null,
  };
}

/** Long numbers get their thousands set apart, and doubles four figures: the title has them in full. */
function written(text, type) {
  const value = Number(text);
  if (text === "" || !NUMBERS.includes(type) || !Number.isFinite(value)) return text;
  return Number.isSafeInteger(value) || type === "double" ? number(value) : text;
}
