/* Axes: places for values, and round ticks. */

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000, 7776000, 31536000]
  .map((seconds) => seconds * 1000);

/** A straight scale from [low, high] to [from, to]. */
export function linear(low, high, from, to) {
  const span = high - low || 1;
  const place = (value) => from + ((value - low) / span) * (to - from);
  place.value = (at) => low + ((at - from) / (to - from)) * span;
  return place;
}

/** Round numbers from low to high, about as many as wanted. */
export function ticks(low, high, wanted) {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/** Powers of ten and 0 from low to high, no more than wanted on either side of 0. */
export function powers(low, high, wanted) {
  const greatest = Math.max(0, Math.ceil(Math.log10(Math.max(-low, high, 1))));
  const step = Math.max(1, Math.ceil((greatest + 1) / wanted));
  const found = [0];
  for (let power = greatest; power >= 0; power -= step) found.push(10 ** power, -(10 ** power));
  const within = found.filter((each) => each >= low && each <= high).sort((one, other) => one - other);
  return within.length > 1 ? within : ticks(low, high, wanted - 1);
}

/** Round moments from low to high: {step, at}. */
export function timeTicks(low, high, wanted) {
  const rough = (high - low) / Math.max(1, wanted);
  const step = TIME_STEPS.find((each) => each >= rough) || TIME_STEPS[TIME_STEPS.length - 1];
  const at = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) at.push(tick);
  return { step, at };
}

/** The range of an axis that shows all of these: from 0 where none is below, to a round number. */
export function range(values) {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return [0, 1];
  const round = ticks(low, high, 4);
  const step = round.length > 1 ? round[1] - round[0] : high - low;
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}
