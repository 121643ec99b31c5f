export async function lastRebalance(_: unknown): Promise<number | undefined> {
  return undefined;
}
