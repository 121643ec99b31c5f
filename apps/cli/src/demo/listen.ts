// Ctrl-C and termination, heard once for the whole demo.

export type Ending = {
  readonly stopped: () => boolean;
  /** Resolves at the first signal. */
  readonly signalled: Promise<void>;
  readonly close: () => void;
};

/** Listen for SIGINT and SIGTERM. The first asks for a clean stop; a second one is somebody in a hurry. */
export function listen(): Ending {
  let stopped = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onSignal = (): void => {
    if (stopped) process.exit(130);
    stopped = true;
    resolve();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    stopped: () => stopped,
    signalled: promise,
    close: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
