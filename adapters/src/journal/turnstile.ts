// One at a time, in the order of arrival.

/** Make a gate: `enter` resolves when everyone who entered before has left, with the way to leave. */
export function turnstile(): () => Promise<() => void> {
  let last = Promise.resolve();
  return async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  };
}
