/* Elements. Whatever is read is put in as text: nothing here ever parses markup. */

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** An HTML element. Children are elements or texts. */
export function h(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function s(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/**
 * A table. Columns: {name, n: true for numbers, text: true for long texts, short: true for what is not
 * to be broken, head: true for the row's header}. Rows are
 * lists of cells: texts, elements, or {value, class, title}.
 */
export function table(columns, rows, { caption, cards = false, tight = false } = {}) {
  const kind = (column) => (column.n ? "n" : column.text ? "text" : column.short ? "short" : null);
  const cell = (column, content) => {
    const given = content !== null && typeof content === "object" && !(content instanceof Node) && !Array.isArray(content);
    const { value, class: extra, title } = given ? content : { value: content };
    const classes = [kind(column), extra].filter(Boolean).join(" ") || null;
    return h(column.head ? "th" : "td",
      { scope: column.head ? "row" : null, class: classes, title, "data-name": column.name },
      cards && Array.isArray(value) && !column.text ? h("span", {}, value) : value);
  };
  const body = rows.map((row) => h("tr", {}, columns.map((column, i) => cell(column, row[i]))));
  const made = h("table", { class: [cards && "cards", tight && "tight"].filter(Boolean).join(" ") || null },
    caption ? h("caption", {}, caption) : null,
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: kind(column) }, column.name)))),
    h("tbody", {}, body));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || "Table" }, made);
}

/** Pairs of a name and what it is, in a row. */
export function facts(pairs, large = false) {
  return h("dl", { class: "facts" }, pairs.filter(Boolean).map(([name, value]) =>
    h("div", {}, h("dt", {}, name), h("dd", { class: large ? "large" : null }, value))));
}

const MARKS = { fresh: "●", stale: "▲", warming: "◔", missing: "○", unknown: "–", drift: "▲", chance: "◆", ok: "●", no_data: "–" };
const WORDS = { no_data: "no data", unknown: "not known", chance: "within chance", ok: "as before", drift: "drifts" };

/** A status by a shape and a word; colour only repeats it. */
export function status(name) {
  return h("span", { class: `status ${name}` }, h("i", { "aria-hidden": "true" }, MARKS[name] || "–"), WORDS[name] || name);
}

/** What could not be done or known, in full. */
export function note(text, wrong = false) {
  return h("p", { class: wrong ? "note wrong" : "note" }, text);
}

/** Says something to those who do not see the page change. */
export function say(text) {
  document.getElementById("live").textContent = text;
}

/** Puts new children into an element in place of the old. */
export function replace(element, ...children) {
  element.replaceChildren();
  return fill(element, {}, children);
}
