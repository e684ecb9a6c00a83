/* What the server is asked. Answers are JSON; a refusal says what is wrong and what to do. */

const TOKEN = "freshet-token";

/** A refusal; its message is for people. */
export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Keeps the token that the server was started with, for as long as this tab is open. */
export function keepToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

/** Asks; throws a Refusal. */
export async function ask(path, parameters = {}, signal) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  const token = sessionStorage.getItem(TOKEN);
  const headers = { Accept: "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  let answer;
  try {
    answer = await fetch(`api/${path}${query.size ? `?${query}` : ""}`, { signal, headers, cache: "no-store" });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Refusal("The server of this page does not answer. It may have been stopped.", 0);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  const { message = `The server answered ${answer.status}`, help } = body.error ?? {};
  throw new Refusal(`${message}.${help ? ` ${help}.` : ""}`.replace(/\.\.(?!\.)/g, "."), answer.status);
}

/** What the newest rows of a view say; where they cannot be read no rows, and why. */
export async function recentRows(view, signal) {
  try {
    return await ask(ofView(view, "recent"), {}, signal);
  } catch (problem) {
    if (signal.aborted || problem.status !== 503) throw problem;
    return { rows: 0, entities: [], warming: [], freshness_median_ms: null, freshness_p99_ms: null, failed: problem.message };
  }
}

/** Path of a view, whose name is put in safely. */
export function ofView(view, rest = "") {
  return `views/${encodeURIComponent(view)}${rest ? `/${rest}` : ""}`;
}
