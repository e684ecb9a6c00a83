/* Which page is shown: by the part of the address behind #, so that links, Back and bookmarks work. */
import { keepToken } from "./api.js";
import { h, note, replace, say } from "./dom.js";
import { clock } from "./format.js";
import { viewsPage } from "./views.js";
import { viewPage } from "./view.js";
import { definitionPage } from "./definition.js";
import { entityPage } from "./entity.js";
import { driftPage } from "./drift.js";
import { lettersPage } from "./letters.js";
import { jobPage } from "./job.js";

const OF_VIEW = { "": viewPage, definition: definitionPage, entity: entityPage, drift: driftPage };
const main = document.getElementById("main");
let leave = new AbortController();

function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  const parameters = new URLSearchParams(query);
  if (parts.length === 0) return { page: "views", show: viewsPage, parameters };
  if (parts[0] === "letters" && parts.length === 1) return { page: "letters", show: lettersPage, parameters };
  if (parts[0] === "job" && parts.length === 1) return { page: "job", show: jobPage, parameters };
  const show = parts[0] === "views" && parts.length <= 3 ? OF_VIEW[parts[2] || ""] : undefined;
  return show && parts[1] ? { page: "views", show, view: parts[1], parameters } : { page: "", show: lost, parameters };
}

function lost() {
  return [h("h1", { tabindex: "-1" }, "No such page"), h("p", {}, h("a", { href: "#/" }, "All views"))];
}

/** Shows what the address says. A page gives its elements, and may ask to be told when it is left. */
async function show(moved) {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  let at;
  try {
    at = route();
  } catch {
    at = { page: "", show: lost, parameters: new URLSearchParams() };
  }
  document.querySelectorAll(".top nav a").forEach((link) => {
    if (link.dataset.page === at.page) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  });
  main.setAttribute("aria-busy", "true");
  try {
    const content = await at.show({ view: at.view, parameters: at.parameters, signal, told });
    if (signal.aborted) return;
    replace(main, content);
  } catch (problem) {
    if (signal.aborted) return;
    replace(main, h("h1", { tabindex: "-1" }, at.view || "Freshet"), note(problem.message, true),
      problem.status === 401 ? tokenForm() : h("p", {}, h("button", { type: "button", onclick: () => show(false) }, "Try again")));
    say(problem.message);
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
  const heading = main.querySelector("h1");
  document.title = heading && at.page !== "" ? `${heading.dataset.title || heading.textContent} – Freshet` : "Freshet";
  if (moved && heading) {
    heading.focus();
    window.scrollTo(0, 0);
  }
}

/** Asks for the token that the server wants. */
function tokenForm() {
  const submit = (event) => {
    event.preventDefault();
    keepToken(new FormData(event.target).get("token"));
    show(false);
  };
  return h("form", { class: "ask", "aria-label": "Token", onsubmit: submit },
    h("div", { class: "field wide" }, h("label", { for: "token" }, "Token that the server was started with"),
      h("input", { id: "token", name: "token", type: "password", required: true, autocomplete: "off" })),
    h("button", { class: "first" }, "Go on"));
}

/** Says when was read what the page shows, and of which namespace. */
function told({ now, namespace }) {
  if (namespace !== undefined) document.getElementById("namespace").textContent = namespace;
  document.getElementById("read-at").textContent = `Read at ${clock(now)}.`;
}

// The address behind # is the page, so the link to the content must not change it.
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener("hashchange", () => show(true));
show(false);
