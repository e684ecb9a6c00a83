/* What is read again and again while a page is open and seen. */

/** Calls each so many ms, one call after the other, until the signal; a call that fails is told and tried again. */
export function again(millis, signal, read, failed) {
  const next = async () => {
    if (signal.aborted) return;
    if (!document.hidden) {
      try {
        await read();
      } catch (problem) {
        if (!signal.aborted) failed(problem);
      }
    }
    if (!signal.aborted) setTimeout(next, millis);
  };
  setTimeout(next, millis);
}
