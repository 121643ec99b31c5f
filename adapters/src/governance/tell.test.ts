import { Policy } from '@trimtab/contracts';
import { type Abi, encodeFunctionData, erc20Abi, type Hex, keccak256, parseAbi, stringToBytes, zeroHash } from 'viem';
import { describe, expect, test } from 'vitest';
import * as Book from './Book.ts';
import type { Call } from './decode.ts';
import type { Ask, Effect } from './Effect.ts';
import { ABIS } from './Registry.ts';
import { tell } from './tell.ts';

const at = (byte: string): Hex => `0x${byte.repeat(20)}`;
const [POLICY, TIMELOCK, VAULT, TOKEN, EVIL, GOVERNOR] = ['a1', 'a2', 'a3', 'a4', 'ee', 'a5'].map(at) as [
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
];
const record = {
  chainId: 31_337,
  contracts: {
    Policy: { address: POLICY, codeHash: zeroHash },
    OracleHub: { address: at('a6') },
    Breaker: { address: at('a7') },
  },
  governance: { timelock: TIMELOCK, Governor: GOVERNOR, token: TOKEN, vault: VAULT },
};
const book = Book.read(record);
const none = { ask: undefined, now: undefined };

const call = (target: Hex, data: Hex, value = 0n): Call => ({ target, value, data });
const encode = (contract: string, functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: ABIS[contract] as Abi, functionName, args: [...args] });
const grant = (role: string, account: Hex): Hex =>
  encode('TimelockController', 'grantRole', [keccak256(stringToBytes(role)), account]);
const batch = (...calls: readonly Call[]): Hex =>
  encode('TimelockController', 'scheduleBatch', [
    calls.map(({ target }) => target),
    calls.map(({ value }) => value),
    calls.map(({ data }) => data),
    zeroHash,
    zeroHash,
    86_400n,
  ]);

/** Bounds of any shape: every field the same number but those given. */
function boundsOf(all: number, but: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const loosen = Policy.abi.find((item) => item.type === 'function' && item.name === 'loosen');
  const [, bounds] = loosen !== undefined && 'inputs' in loosen ? loosen.inputs : [];
  const fields = bounds !== undefined && 'components' in bounds ? bounds.components : [];
  return Object.fromEntries(fields.map(({ name }) => [name, but[name] ?? all]));
}

const loosening = (but: Readonly<Record<string, number>>): Hex =>
  encode('Policy', 'loosen', [VAULT, boundsOf(10, but)]);
const announced = (data: Hex): Hex => encode('Policy', 'queue', [data]);
const told = (effects: readonly Effect[]): string =>
  effects.map(({ at: place, weight, words }) => `${place} ${weight}: ${words.join('; ')}`).join('\n');
const present =
  (answers: Readonly<Record<string, unknown>>): Ask =>
  (_, __, name) =>
    Promise.resolve(answers[name]);

describe('what an honest proposal does is told', () => {
  test('bounds: which get looser, which tighter, in words and bps', async () => {
    const ask = present({ boundsOf: boundsOf(10, { cooldown: 600 }) });
    const data = loosening({ lossCapBpsPerDay: 300, maxFloorDiscBps: 5, cooldown: 600 });
    const { effects, privileged, unknown } = await tell([call(POLICY, announced(data))], { book, ask, now: 1 });
    expect({ privileged, unknown }).toEqual({ privileged: 2, unknown: 0 });
    expect(told(effects)).toContain('1.1 privileged: sets the bounds of vault (0xA3');
    expect(told(effects)).toContain('lossCapBpsPerDay: 10 bps (0.1 %) → 300 bps (3 %) (LOOSER)');
    expect(told(effects)).toContain('maxFloorDiscBps: 10 bps (0.1 %) → 5 bps (0.05 %) (TIGHTER)');
    expect(told(effects)).not.toContain('cooldown');
  });

  test('only tightening lets a proposal be clear, and only where the present is known', async () => {
    const data = encode('Policy', 'tighten', [VAULT, boundsOf(10, { cooldown: 20 })]);
    const ask = present({ boundsOf: boundsOf(11, { cooldown: 10 }) });
    expect(await tell([call(POLICY, data)], { book, ask, now: 1 })).toMatchObject({
      clear: true,
      unknown: 0,
      privileged: 0,
    });
    expect(await tell([call(POLICY, data)], { book, ...none })).toMatchObject({ clear: false });
    expect(await tell([call(POLICY, data)], { book: undefined, ask, now: 1 })).toMatchObject({ clear: false });
  });

  test('a class: no exit is tighter than any, and every other exit floor is a decision, a higher one too', async () => {
    const classOf = { exitFloorD18: 10n ** 18n, maxFloorDiscBps: 50, maxFillBps: 500, quarantined: true };
    const wayTo = async (exitFloorD18: bigint) => {
      const data = encode('Policy', 'setClass', [VAULT, TOKEN, { ...classOf, exitFloorD18 }]);
      const { effects } = await tell([call(POLICY, data)], { book, ask: present({ classOf }), now: 1 });
      return /\((TIGHTER|LOOSER)\)/.exec(told(effects))?.[1];
    };
    expect(await Promise.all([0n, 1n, 10n ** 18n, 10n ** 18n + 1n].map(wayTo))).toEqual([
      'TIGHTER',
      'LOOSER',
      undefined,
      'LOOSER',
    ]);
  });

  test('what stops a vault: from which figures to which', async () => {
    const band = { lowD18: 98n * 10n ** 16n, highD18: 102n * 10n ** 16n };
    const data = encode('Breaker', 'setBand', [VAULT, TOKEN, band]);
    const ask = present({ bandOf: [99n * 10n ** 16n, band.highD18] });
    const { effects, privileged } = await tell([call(at('a7'), data)], { book, ask, now: 1 });
    expect(privileged).toBe(1);
    expect(told(effects)).toContain('outside which prices token');
    expect(told(effects)).toContain('lowD18: 0.99 → 0.98');
    expect(told(effects)).not.toContain('highD18');
    const drop = encode('Breaker', 'setDrop', [VAULT, { maxBps: 500, fade: 86_400 }]);
    const said = told((await tell([call(at('a7'), drop)], { book, ...none })).effects);
    expect(said).toContain('maxBps: 500 bps (5 %); fade: 86400 s (1 d)');
  });

  test('roles: from whom to whom', async () => {
    const roles = ABIS['Policy']?.find((item) => item.type === 'function' && item.name === 'setRoles');
    const [, tuple] = roles !== undefined && 'inputs' in roles ? roles.inputs : [];
    const names = tuple !== undefined && 'components' in tuple ? tuple.components.map(({ name }) => name ?? '') : [];
    const now = Object.fromEntries(names.map((name) => [name, POLICY]));
    const data = encode('Policy', 'setRoles', [VAULT, { ...now, owner: EVIL }]);
    const { effects } = await tell([call(POLICY, data)], { book, ask: present({ rolesOf: now }), now: 1 });
    expect(effects[0]?.words).toHaveLength(2);
    expect(effects[0]?.words[1]?.toLowerCase()).toBe(`owner: policy (${POLICY}) → ${EVIL}`);
  });

  test('a token that moves, and an approval without limit', async () => {
    const ask = present({ decimals: 6 });
    const transfer = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [EVIL, 1_500_000n] });
    const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [EVIL, 2n ** 256n - 1n] });
    const { effects, unknown } = await tell([call(TOKEN, transfer), call(TOKEN, approve)], { book, ask, now: 1 });
    expect(unknown).toBe(0);
    expect(told(effects)).toContain('1 privileged: moves 1.500000 (1500000 atoms) of token');
    expect(told(effects)).toContain('2 privileged: lets 0x');
    expect(told(effects)).toContain('EVERYTHING, without limit,');
  });

  test('withdrawing an announcement is safe, whatever was announced', async () => {
    const data = encode('Policy', 'revoke', [loosening({ lossCapBpsPerDay: 300 })]);
    expect(await tell([call(POLICY, data)], { book, ...none })).toMatchObject({ clear: true });
  });
});

describe('what a hostile proposal hides is found', () => {
  test('a role granted inside a batch that is called a clean-up', async () => {
    const harmless = call(POLICY, encode('Policy', 'forbidRule', [VAULT, at('a7')]));
    const hidden = call(TIMELOCK, grant('PROPOSER_ROLE', EVIL));
    const outer = call(TIMELOCK, batch(harmless, call(TIMELOCK, batch(harmless, hidden))));
    const { effects, clear } = await tell([outer], { book, ...none });
    expect(clear).toBe(false);
    const found = effects.find(({ at: place }) => place === '1.2.2');
    expect(found).toMatchObject({ weight: 'privileged', call: 'TimelockController.grantRole' });
    expect(found?.words[0]).toMatch(/^gives the role PROPOSER_ROLE of timelock \(0x\S+\) to 0x/i);
    expect(effects[0]?.weight, 'and whatever holds it is marked as well').toBe('privileged');
  });

  test('bytes after the arguments, missing bytes, and addresses with dirt in front', async () => {
    const data = loosening({});
    const dirty: Hex = `0x${data.slice(2, 10)}${'11'.repeat(12)}${data.slice(34)}`;
    for (const changed of [`${data}00`, data.slice(0, -2), dirty] as readonly Hex[]) {
      const { effects, unknown } = await tell([call(POLICY, changed)], { book, ...none });
      expect(unknown).toBe(1);
      expect(told(effects)).toContain('CANNOT BE READ: its bytes are not what arguments of loosen look like');
    }
  });

  test('the same inside an announcement', async () => {
    const { unknown, effects } = await tell([call(POLICY, announced(`${loosening({})}00`))], { book, ...none });
    expect({ unknown, place: effects[1]?.at }).toEqual({ unknown: 1, place: '1.1' });
  });

  test('a function that nobody knows, or that the target does not have', async () => {
    expect(told((await tell([call(POLICY, '0xdeadbeef')], { book: undefined, ...none })).effects)).toContain(
      'nobody here knows a function 0xdeadbeef',
    );
    const misplaced = await tell([call(POLICY, grant('PROPOSER_ROLE', EVIL))], { book, ...none });
    expect(told(misplaced.effects)).toContain('Policy has no function 0x2f2ff15d');
    expect((await tell([call(POLICY, '0xdead')], { book, ...none })).unknown).toBe(1);
  });

  test('a target that only looks like one of ours', async () => {
    const { unknown, effects } = await tell([call(EVIL, encode('Policy', 'tighten', [VAULT, boundsOf(1)]))], {
      book,
      ...none,
    });
    expect(unknown).toBe(1);
    expect(told(effects)).toContain('UNKNOWN TARGET');
  });

  test('a role that is the hash of nothing known', async () => {
    const { unknown } = await tell([call(TIMELOCK, grant('CLEANUP_ROLE', EVIL))], { book, ...none });
    expect(unknown).toBe(1);
  });

  test('coin that goes along, to an account or with a call that takes none', async () => {
    const sent = await tell([call(TIMELOCK, '0x', 10n ** 18n)], { book, ...none });
    expect(told(sent.effects)).toBe(`1 privileged: sends 1 of the native coin to ${sent.effects[0]?.target}`);
    expect((await tell([call(EVIL, '0x', 1n)], { book, ...none })).unknown).toBe(1);
    const unread = await tell([call(EVIL, '0xdeadbeef', 10n ** 17n)], { book, ...none });
    expect(told(unread.effects)).toContain('sends 0.1 of the native coin with it');
    expect((await tell([call(POLICY, announced(loosening({})), 1n)], { book, ...none })).unknown).toBe(1);
  });

  test.each([
    ['an upgrade', encode('Proxy', 'upgradeToAndCall', [EVIL, '0x'])],
    ['a delegatecall of a safe', encode('Safe', 'execTransactionFromModule', [EVIL, 0n, '0x', 1])],
    ['a list for a delegatecall', encode('Safe', 'multiSend', ['0x'])],
  ])('%s runs code that cannot be told', async (_, data) => {
    expect(await tell([call(EVIL, data)], { book: undefined, ...none })).toMatchObject({ unknown: 1, clear: false });
  });

  test('governance that changes itself', async () => {
    const itself = [
      call(TIMELOCK, encode('TimelockController', 'updateDelay', [0n])),
      call(GOVERNOR, encode('Governor', 'setProposalGuardian', [EVIL])),
      call(GOVERNOR, encode('Governor', 'relay', [GOVERNOR, 0n, encode('Governor', 'updateTimelock', [EVIL])])),
    ];
    const ask = present({ getMinDelay: 172_800n, proposalGuardian: POLICY, timelock: TIMELOCK });
    const { effects, clear } = await tell(itself, { book, ask, now: 1 });
    expect(clear).toBe(false);
    expect(effects.map(({ weight }) => weight)).toEqual(['privileged', 'privileged', 'privileged', 'privileged']);
    expect(told(effects)).toContain('delay: 172800 s (2 d) → 0 s');
    expect(told(effects)).toContain('3.1 privileged: changes who carries decisions out');
  });

  test('calls nested deeper than anything honest', async () => {
    let inner = call(TIMELOCK, grant('PROPOSER_ROLE', EVIL));
    for (let depth = 0; depth < 9; depth += 1) inner = call(TIMELOCK, batch(inner));
    expect(await tell([inner], { book, ...none })).toMatchObject({ unknown: 1, clear: false });
  });

  test('lists of different lengths', async () => {
    const data = encode('TimelockController', 'executeBatch', [[POLICY, TIMELOCK], [0n], ['0x'], zeroHash, zeroHash]);
    expect(await tell([call(TIMELOCK, data)], { book, ...none })).toMatchObject({ unknown: 1 });
  });
});

describe('an oracle is told by what it would answer', () => {
  const OTHER = {
    primary: EVIL,
    minAnswer: 1n,
    maxAnswer: 2n ** 95n,
    heartbeat: 3_600,
    secondary: at('00'),
    secondaryHeartbeat: 0,
    maxDivergenceBps: 0,
  };
  const relist = call(at('a6'), encode('OracleHub', 'relist', [TOKEN, OTHER]));

  test('a feed that answers: its price now beside the present one', async () => {
    const ask = present({
      latestRoundData: [1n, 199_900_000_000n, 90n, 90n, 1n],
      decimals: 8,
      listingOf: { ...OTHER, primary: POLICY },
      peek: [2_000n * 10n ** 18n, 95n, 0],
    });
    const { effects, unknown } = await tell([relist], { book, ask, now: 100 });
    expect(unknown).toBe(0);
    expect(told(effects)).toContain('primary answers now: $1999, 10 s old');
    expect(told(effects)).toContain("the hub's price until then: $2000 (ok)");
    expect(effects[0]?.words[1]?.toLowerCase()).toBe(`primary: policy (${POLICY}) → ${EVIL}`);
  });

  test('an account that is no feed at all', async () => {
    const { effects, unknown } = await tell([relist], { book, ask: present({}), now: 100 });
    expect(unknown).toBe(1);
    expect(told(effects)).toContain('primary answers NOTHING');
  });
});

test('functions are told by their arguments where no words are known, and are privileged', async () => {
  const abi = parseAbi(['function renounceOwnership()']);
  const { effects } = await tell([call(at('a6'), encodeFunctionData({ abi }))], { book, ...none });
  expect(effects[0]).toMatchObject({ weight: 'privileged', call: 'OracleHub.renounceOwnership' });
});
