// Work that opens things, and closes all of them again however it ends.

/** Register how to close what was just opened. */
export type Closing = (close: () => Promise<void>) => void;

/**
 * Do the work, then close what it opened in reverse: every thing, whatever closing the others did. Rejects with the
 * first error, the work's own before those of closing.
 */
export async function withClosing<T>(work: (closing: Closing) => Promise<T>): Promise<T> {
  const closers: (() => Promise<void>)[] = [];
  const [ended] = await Promise.allSettled([work((close) => void closers.push(close))]);
  const faults: unknown[] = ended.status === 'rejected' ? [ended.reason] : [];
  for (const close of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      faults.push(error);
    }
  }
  if (ended.status === 'rejected' || faults.length > 0) throw faults[0];
  return ended.value;
}
