// What a trigger found, and the words for it: also when it is quiet, a person may ask why nothing happens.

/** Say whether a rebalance is due, and why; or what would have to happen first. */
export type Finding = { readonly kind: 'due' | 'quiet'; readonly why: string };
