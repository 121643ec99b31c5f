// The guard's answer to a plan: let it pass, or stop it and say which limit, by how much, and what to change.

export type Verdict = { readonly kind: 'pass' } | { readonly kind: 'refuse'; readonly refusals: readonly Refusal[] };

/** Name the limit that was broken, what the value was, what is allowed and how to get past it. */
export type Refusal = {
  readonly limit: string;
  readonly was: string;
  readonly allowed: string;
  readonly fix: string;
};

/** Put refusals into words, one after the other. */
export function say(refusals: readonly Refusal[]): string {
  return refusals.map(({ limit, was, allowed }) => `${limit}: ${was}; allowed: ${allowed}`).join(' · ');
}
