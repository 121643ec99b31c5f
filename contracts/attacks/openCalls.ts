// Calls whose target or data a caller might choose, found in a source. A typed call (`token.transfer(…)`) can only ever be
// the function it names; a bare one can be anything.

/** Name the lines of a Solidity source that make a bare call which may write: with comments and static calls left out. */
export function openCalls(source: string): readonly string[] {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.replace(/\/\/.*$/, '').trim())
    .filter((line) => BARE.some((pattern) => pattern.test(line)));
}

const BARE = [
  /\.(?:call|delegatecall|callcode)\s*[({]/,
  /\bfunction(?:Delegate)?Call(?:WithValue)?\s*[({]/,
  /(?:^|[^.\w])(?:call|delegatecall|callcode)\s*\(/,
  /\b(?:tryCall|multicall|multiCall)\s*\(/i,
];
