// The attacks that the contracts and what drives them must withstand, one row each, and what proves it.

/** Name a test of vitest: the file, and words that its full name contains. */
export type Proof = { readonly file: string; readonly test: string };

/**
 * State one attack. It is proven by the forge tests in `contracts/test/attack/ID.t.sol`, by `proofs`, or by both; with
 * `absent` it may also be proven by nothing, for the reason given. As soon as there are tests, they decide.
 */
export type Row = {
  readonly id: string;
  readonly title: string;
  readonly by: 'forge' | 'vitest' | 'both';
  readonly proofs?: readonly Proof[];
  readonly absent?: string;
};

const forge = (id: string, title: string): Row => ({ id, title, by: 'forge' });
const vitest = (id: string, title: string, ...proofs: readonly Proof[]): Row => ({ id, title, by: 'vitest', proofs });
const both = (id: string, title: string, ...proofs: readonly Proof[]): Row => ({ id, title, by: 'both', proofs });
const absent = (id: string, title: string, why: string): Row => ({ id, title, by: 'forge', absent: why });

const noBridge =
  'no bridge exists: nothing is credited by message, and a vault counts nothing but what it measures (a fill at once, a gift in drops)';

/** Every attack, in order. */
export const rows: readonly Row[] = [
  absent(
    'A01',
    'a swap is sandwiched',
    'no test runs the engine against an attacker in the mempool; what a sandwich can take is bounded by the settler’s floor (A02, A03) and by the sizes of plan/slice in core',
  ),
  forge('A02', 'a quote is absurd and a solver is ready to fill it'),
  forge('A03', 'the caller asks for no minimum at every entry point'),
  forge('A04', 'a stolen key trades back and forth through its own pool'),
  forge('A06', 'a stale limit order is filled after the market moved'),
  absent(
    'A08',
    'a signed transaction is withheld and sent hours later',
    'no test withholds a transaction of the engine end to end; that a late fill reverts is shown in contracts/test/RouterFiller/fill.t.sol',
  ),
  forge('A10', 'an auction starts at a wrong price'),
  forge('A11', 'a bidder calls back while tokens are out'),
  both('A13', 'a target and data of the caller’s choosing are called', {
    file: 'contracts/attacks/openCalls.test.ts',
    test: 'one bare call is made by all contracts together',
  }),
  forge('A14', 'a router that is trusted turns malicious'),
  forge('A16', 'a callback comes from a pool that was never asked'),
  both(
    'A17',
    'a payload names what is delegate-called',
    {
      file: 'contracts/artifacts.test.ts',
      test: 'an instruction that runs the code of another is found',
    },
    {
      file: 'contracts/artifacts.test.ts',
      test: 'the committed artefacts are what the sources compile to',
    },
  ),
  forge('A20', 'the receiver in the data is somebody else'),
  forge('A22', 'the first depositor inflates the share'),
  forge('A23', 'tokens are donated to move the value of a share'),
  forge('A24', 'rounding is ground for atoms'),
  forge('A25', 'everybody has left and something is still there'),
  forge('A27', 'one constituent is paused, blocklisted, reverts or burns gas at the exit'),
  forge('A28', 'somebody acts for another without allowance'),
  forge('A29', 'somebody enters before a known jump of value and leaves after it'),
  forge('A31', 'tokens take fees, rebase, return nothing or call back'),
  forge('A33', 'a token with hooks re-enters'),
  forge('A35', 'spot prices are moved with borrowed money in the same transaction'),
  forge('A36', 'a round of a feed is stale or invalid'),
  forge('A37', 'a feed reports its circuit breaker instead of the price'),
  forge('A38', 'the sequencer is down or has just come back'),
  forge('A39', 'a feed is listed wrongly'),
  forge('A41', 'the most pleasant price of a window is chosen'),
  forge('A42', 'an attestation is forged, replayed or covers too little'),
  forge('A44', 'packages of signed data are repeated, relabelled or misdated'),
  forge('A45', 'a time-weighted price of a thin pool is moved'),
  {
    id: 'A46',
    title: 'a proposal hides a grant of power',
    by: 'both',
    proofs: [{ file: 'apps/cli/src/commands/gov.chain.test.ts', test: 'finds what hides in it' }],
  },
  forge('A47', 'all keys that act are in the attacker’s hands for a day'),
  forge('A49', 'the owner loosens everything in one block'),
  forge('A52', 'functions that anyone may call are called at a hostile moment'),
  absent('A53', 'a message from another chain is forged', noBridge),
  absent('A54', 'a message claims more than arrived', noBridge),
  absent('A56', 'shares are traded around money in flight', noBridge),
  absent(
    'A57',
    'a lending market’s rate is raised for minutes to lure an allocation',
    'the engine allocates to no lending market on chain yet; what it may allocate is capped by the settler',
  ),
  forge('A59', 'a leveraged position is left at the edge of liquidation'),
  absent(
    'A61',
    'an address of the local network is given as endpoint',
    'no endpoint is ever taken from a request: only the operator’s own file names them, and there are no webhooks',
  ),
  vitest(
    'A62',
    'a page of another origin speaks to the local API',
    { file: 'apps/api/src/serve.test.ts', test: 'a foreign name, a foreign page' },
    { file: 'apps/api/src/serve.test.ts', test: 'no CORS' },
  ),
  absent(
    'A63',
    'tokens of the API are forged',
    'the API has no tokens: it only reads, and listens on this machine alone',
  ),
  absent(
    'A64',
    'secrets leak into outputs',
    'no test looks for a planted secret in every output; that errors, answers and the terminal repeat none is shown for the passphrase and for endpoints (run.chain.test.ts, keystore.vectors.test.ts, Rpc.test.ts)',
  ),
  absent('A67', 'a quote service lies', 'no quote or route service is connected: routes are computed from chain state'),
  vitest(
    'A69',
    'a dependency or an address is replaced',
    { file: 'tools/dependencies.test.ts', test: 'no install script runs' },
    { file: 'tools/dependencies.test.ts', test: 'every version that a manifest asks for is exact' },
    { file: 'tools/dependencies.test.ts', test: 'the lock agrees with the manifest' },
    { file: 'adapters/src/deployment/deploy.chain.test.ts', test: 'names whatever is not what was recorded' },
  ),
];
