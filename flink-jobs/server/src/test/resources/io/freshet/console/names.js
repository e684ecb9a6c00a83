/* What is wrong with names, roles and structure of the page: WCAG 2.2, 1.1.1, 1.3.1, 2.4.2, 2.4.6 and 4.1.2 as far as a script can tell. */
(() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) => (element.getAttribute("aria-label") || element.textContent || "").trim();
  if (!document.documentElement.lang) wrong.push("no language");
  if (!document.title) wrong.push("no title");
  if (all("h1").length !== 1) wrong.push(`${all("h1").length} h1`);
  if (all("main").length !== 1) wrong.push(`${all("main").length} main`);
  let level = 1;
  all("h1, h2, h3, h4").forEach((heading) => {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) wrong.push(`${heading.tagName} ${name(heading)} after level ${level}`);
    level = own;
  });
  all("nav, form, [role=region], [role=group]").filter((each) => !each.getAttribute("aria-label")).forEach((each) => wrong.push(`no name: ${each.outerHTML.slice(0, 80)}`));
  all("a, button, summary").filter((each) => !name(each)).forEach((each) => wrong.push(`no text: ${each.outerHTML.slice(0, 80)}`));
  all("input, select").filter((each) => each.labels.length === 0 && !each.getAttribute("aria-label")).forEach((each) => wrong.push(`no label: ${each.outerHTML.slice(0, 80)}`));
  all("main svg").filter((each) => each.getAttribute("aria-hidden") !== "true" && !(each.getAttribute("role") === "img" && each.getAttribute("aria-label")))
    .forEach((each) => wrong.push(`picture without a name: ${each.outerHTML.slice(0, 80)}`));
  all("main table").filter((each) => !each.caption).forEach((each) => wrong.push(`table without a caption: ${each.outerHTML.slice(0, 80)}`));
  all("main th").filter((each) => !each.scope).forEach((each) => wrong.push(`th without a scope: ${name(each)}`));
  const ids = all("[id]").map((each) => each.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => wrong.push(`twice: #${id}`));
  all("[tabindex]").filter((each) => each.tabIndex > 0).forEach((each) => wrong.push(`order of its own: ${each.outerHTML.slice(0, 80)}`));
  all("figure").filter((each) => !each.querySelector("table, details")).forEach((each) => wrong.push(`chart without a table: ${name(each).slice(0, 60)}`));
  return wrong;
})();
