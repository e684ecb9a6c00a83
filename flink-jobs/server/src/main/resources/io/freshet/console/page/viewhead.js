/* The head that all pages of one view share: its name, how it is, and the way to the others. */
import { h, status } from "./dom.js";

const PAGES = [["", "Now"], ["definition", "Definition"], ["entity", "Entity"], ["drift", "Drift"]];

/** Title, one line about the view, links to its pages. */
export function viewHead(view, current, line = null, state = null) {
  const base = `#/views/${encodeURIComponent(view)}`;
  const page = PAGES.find(([path]) => path === current);
  return [
    h("div", { class: "lead" }, h("h1", { tabindex: "-1", "data-title": `${view}, ${page[1].toLowerCase()}` }, view), state ? status(state) : null),
    line ? h("p", { class: "quiet" }, line) : null,
    h("nav", { class: "sub", "aria-label": `View ${view}` }, h("ul", {}, PAGES.map(([path, name]) =>
      h("li", {}, h("a", { href: path ? `${base}/${path}` : base, "aria-current": path === current ? "page" : null }, name))))),
  ];
}

/** The address of an entity's page. */
export function entityHref(view, key) {
  return `#/views/${encodeURIComponent(view)}/entity?${new URLSearchParams({ key })}`;
}
