/* What the server is asked. Answers are JSON; a refusal says why in the field "error". */

/** Asks; throws an Error whose message is for people. */
export async function ask(path, parameters = {}, signal) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  const url = `api/${path}${query.size ? `?${query}` : ""}`;
  let answer;
  try {
    answer = await fetch(url, { signal, headers: { Accept: "application/json" }, cache: "no-store" });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Error("The server of this page does not answer. It may have been stopped.");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || `The server answered ${answer.status}.`);
  return body;
}

/** Path of a view, whose name is put in safely. */
export function ofView(view, rest = "") {
  return `views/${encodeURIComponent(view)}${rest ? `/${rest}` : ""}`;
}
