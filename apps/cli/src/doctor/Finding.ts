// One line of a doctor's report.

/** Say how one thing is, and how to put it right where it is not well. */
export type Finding = { readonly name: string; readonly what: string } & (
  | { readonly state: 'ok' }
  | { readonly state: 'warn' | 'fail'; readonly fix: string }
);

export const ok = (name: string, what: string): Finding => ({ name, state: 'ok', what });
export const warn = (name: string, what: string, fix: string): Finding => ({ name, state: 'warn', what, fix });
export const fail = (name: string, what: string, fix: string): Finding => ({ name, state: 'fail', what, fix });
