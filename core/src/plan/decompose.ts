// A flow through markets as ways from what is sold to what is bought: what a fill can be told to do. A flow of n trades is at most n
// ways (the decomposition of Ford and Fulkerson, 1962, with the gains of Jewell, 1962). What goes round in a circle and comes from
// nothing that is sold is no fill of ours and is left out; the plan's gap counts it.

import { add, real } from './program/Flat.ts';

/** State what one market turns: `given` of token `from` into `got` of token `to` {tok}, both above zero. */
export type Edge = {
  readonly market: number;
  readonly from: number;
  readonly to: number;
  readonly given: number;
  readonly got: number;
};

/** State a way: how much is sold {tok}, and the edges it goes along, by their places in the list. */
export type Way = {
  readonly sell: number;
  readonly buy: number;
  readonly sold: number;
  readonly edges: readonly number[];
};

/** What is below this share of what an edge or a token had {1} is rounding. */
const DUST = 1e-9;

/**
 * Find ways that together carry a flow. `net` is what the trader receives of each token {tok}, negative what is sold; `prices` {value/tok} say
 * what is large. What is sold goes to as few purchases as it can: every pair of them is a fill with a price of its own.
 */
export function decompose(edges: readonly Edge[], net: Float64Array, prices: readonly number[]): readonly Way[] {
  const ledger = open(edges, net, prices);
  const ways: Way[] = [];
  for (let source = largest(ledger, ledger.supply); source >= 0; source = largest(ledger, ledger.supply)) {
    const tree = spread(ledger, source);
    const sink = largest(ledger, ledger.demand, tree);
    if (sink < 0) {
      ledger.supply[source] = 0;
      continue;
    }
    for (let way = wayTo(ledger, tree, sink); way.length > 0; way = wayTo(ledger, spread(ledger, source), sink)) {
      const sold = carry(ledger, source, way);
      if (sold > 0) ways.push({ sell: source, buy: sink, sold, edges: way });
      if (!remains(ledger, ledger.supply, source) || !remains(ledger, ledger.demand, sink)) break;
    }
  }
  return ways;
}

/** Hold what is left to carry: of each edge, to sell of a token, to buy of one. */
type Ledger = {
  readonly edges: readonly Edge[];
  readonly out: readonly (readonly number[])[];
  readonly left: Float64Array;
  readonly supply: Float64Array;
  readonly demand: Float64Array;
  readonly net: Float64Array;
  readonly prices: readonly number[];
};

function open(edges: readonly Edge[], net: Float64Array, prices: readonly number[]): Ledger {
  const out: number[][] = Array.from(net, () => []);
  for (const [index, { from }] of edges.entries()) out[from]?.push(index);
  return {
    edges,
    out,
    left: Float64Array.from(edges, ({ given }) => given),
    supply: net.map((amount) => Math.max(0, -amount)),
    demand: net.map((amount) => Math.max(0, amount)),
    net,
    prices,
  };
}

/** Say what part {1} of each edge ways carry: below one, the rest of it goes round in circles. */
export function carried(edges: readonly Edge[], ways: readonly Way[]): Float64Array {
  const shares = new Float64Array(edges.length);
  for (const { sold, edges: places } of ways) {
    let amount = sold;
    for (const place of places) {
      const edge = edges[place];
      if (edge === undefined) continue;
      add(shares, place, amount / edge.given);
      amount *= edge.got / edge.given;
    }
  }
  return shares;
}

/** Say whether more than rounding is left of a token. */
function remains({ net }: Ledger, amounts: Float64Array, token: number): boolean {
  return real(amounts, token) > DUST * Math.abs(real(net, token));
}

/** Name the token of which most is left {value}, among those that a tree reaches; −1 where nothing is. */
function largest(ledger: Ledger, amounts: Float64Array, tree?: Tree): number {
  let [found, most] = [-1, 0];
  for (const token of amounts.keys()) {
    const worth = real(amounts, token) * (ledger.prices[token] ?? 0);
    if (worth > most && remains(ledger, amounts, token) && (tree === undefined || tree.has(token))) {
      [found, most] = [token, worth];
    }
  }
  return found;
}

/** Hold, for each token that is reached, the edge that reaches it first. */
type Tree = ReadonlyMap<number, number>;

/**
 * Reach out from a token along what is left of the edges, the nearest tokens first and along the widest edge to each. No way comes back to a
 * market of many tokens that it went through: that would be a circle, and no fill.
 */
function spread({ edges, out, left }: Ledger, source: number): Tree {
  const tree = new Map<number, number>();
  for (let ring: readonly number[] = [source]; ring.length > 0;) {
    const next = new Map<number, number>();
    for (const index of ring.flatMap((token) => out[token] ?? [])) {
      const edge = edges[index];
      if (edge === undefined || !(real(left, index) > DUST * edge.given)) continue;
      if (edge.to === source || tree.has(edge.to) || returns(edges, tree, edge)) continue;
      const known = next.get(edge.to);
      if (known === undefined || real(left, index) * rateOf(edges, index) > real(left, known) * rateOf(edges, known)) {
        next.set(edge.to, index);
      }
    }
    for (const [token, index] of next) tree.set(token, index);
    ring = [...next.keys()];
  }
  return tree;
}

/** Say whether the way to an edge already goes through its market. */
function returns(edges: readonly Edge[], tree: Tree, { from, market }: Edge): boolean {
  for (let index = tree.get(from); index !== undefined; index = tree.get(edges[index]?.from ?? -1)) {
    if (edges[index]?.market === market) return true;
  }
  return false;
}

/** List the edges from a tree's root to a token, in their order; none where it is not reached. */
function wayTo({ edges }: Ledger, tree: Tree, sink: number): readonly number[] {
  const way: number[] = [];
  for (let index = tree.get(sink); index !== undefined; index = tree.get(edges[index]?.from ?? -1)) way.unshift(index);
  return way;
}

/** Carry as much as the way admits from its first token to its last, and say how much that is of the first. */
function carry(ledger: Ledger, source: number, way: readonly number[]): number {
  const { edges, left, supply, demand } = ledger;
  let [most, gain] = [real(supply, source), 1];
  for (const index of way) {
    most = Math.min(most, real(left, index) / gain);
    gain *= rateOf(edges, index);
  }
  const end = edges[way.at(-1) ?? -1]?.to ?? source;
  most = Math.min(most, real(demand, end) / gain);
  take(ledger, way, most);
  add(supply, source, -most);
  add(demand, end, -most * gain);
  return most;
}

function take({ edges, left }: Ledger, way: readonly number[], amount: number): void {
  let carried = amount;
  for (const index of way) {
    const edge = edges[index];
    if (edge === undefined) continue;
    const rest = real(left, index) - carried;
    // The narrowest edge ends at nothing, whatever rounding leaves of it: that is what makes the search end.
    left[index] = rest > DUST * edge.given ? rest : 0;
    carried *= edge.got / edge.given;
  }
}

function rateOf(edges: readonly Edge[], index: number): number {
  const edge = edges[index];
  return edge === undefined ? 1 : edge.got / edge.given;
}

/**
 * List a market's trade as edges: what is paid is matched with what is got in the order of the tokens, each in proportion to its worth at
 * `prices` {value/tok}, above zero. A trade of two tokens is one edge.
 */
export function edgesOf(
  market: number,
  tokens: readonly number[],
  got: readonly number[],
  prices: readonly number[],
): readonly Edge[] {
  const worth = (coin: number): number => Math.abs(got[coin] ?? 0) * (prices[tokens[coin] ?? 0] ?? 0);
  const places = [...tokens.keys()];
  const paid = places.filter((coin) => (got[coin] ?? 0) < 0);
  const received = places.filter((coin) => (got[coin] ?? 0) > 0);
  const total = received.reduce((sum, coin) => sum + worth(coin), 0);
  const cost = paid.reduce((sum, coin) => sum + worth(coin), 0);
  if (!(total > 0 && cost > 0)) return [];
  return paid.flatMap((give) =>
    received.map((take): Edge => {
      const share = (part: number, all: number): number => (all > 0 ? part / all : 0);
      return {
        market,
        from: tokens[give] ?? 0,
        to: tokens[take] ?? 0,
        given: Math.abs(got[give] ?? 0) * share(worth(take), total),
        got: (got[take] ?? 0) * share(worth(give), cost),
      };
    }),
  );
}
