// Builds the page once for each state of its sources and keeps it, so that a second start does not build.

/** Build the page unless it is already there; say in which folder it is. */
export function buildPage(): Promise<string> {
  throw new Error('not yet');
}
