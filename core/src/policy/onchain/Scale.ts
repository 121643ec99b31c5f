// The scales in which the contracts count parts.

/** State all of something {bps}. */
export const WHOLE = 10_000n;
/** State one basis point. D18{1}. */
export const D18_A_BPS = 10n ** 14n;
/** State a day {s}. */
export const DAY = 86_400n;
