// What a policy needs and the snapshot does not hold, or holds too old or out of bounds. Nothing is assumed in its place:
// a decision that cannot see is refused.

/** Say what could not be seen, what would do, and how to mend it. */
export type Blind = { readonly kind: 'blind'; readonly was: string; readonly allowed: string; readonly fix: string };

/** State what could not be seen. */
export function blind(was: string, allowed: string, fix: string): Blind {
  return { kind: 'blind', was, allowed, fix };
}
