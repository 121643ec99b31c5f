// Public governance contracts and tokens in words: who may decide, how long it waits, what moves.

import { maxUint256 } from 'viem';
import { type Said, privileged, safer, type Scene, type Speaker, unknown } from './Effect.ts';
import { roleOf } from './Registry.ts';
import { change, figure } from './words.ts';

const grant: Speaker = (scene) => role(scene, 'gives', 'to');
const revoke: Speaker = (scene) => role(scene, 'takes', 'from');
const own: Speaker = async ({ args, show, ask, read }) => {
  const present = await ask(read.call.target, 'Ownable', 'owner', []);
  return privileged(`hands ${show(read.call.target)} over`, change('owner', present, args['newOwner'], show));
};

const roles = { grantRole: grant, revokeRole: revoke, renounceRole: revoke };
const ownable = {
  transferOwnership: own,
  acceptOwnership: ({ show, read }: Scene) => privileged(`becomes the owner of ${show(read.call.target)}`),
  renounceOwnership: ({ show, read }: Scene) =>
    privileged(`leaves ${show(read.call.target)} without an owner, for ever`),
};

/** Speakers of public contracts by `Contract.function`. */
export const sayOpen: Readonly<Record<string, Readonly<Record<string, Speaker>>>> = {
  AccessControl: roles,
  Ownable: ownable,
  OracleHub: ownable,
  TimelockController: {
    ...roles,
    schedule: (scene) => waits(scene),
    scheduleBatch: (scene) => waits(scene),
    execute: () => ({ weight: 'plain', words: ['carries out what was scheduled:'] }),
    executeBatch: () => ({ weight: 'plain', words: ['carries out what was scheduled:'] }),
    cancel: ({ args }) => safer(`cancels the scheduled operation ${String(args['id'])}`),
    updateDelay: (scene) => setting(scene, 'changes how long every decision waits', 'getMinDelay', 'delay', 'newDelay'),
  },
  Governor: {
    propose: () => ({ weight: 'plain', words: ['proposes:'] }),
    queue: () => ({ weight: 'plain', words: ['queues what was voted:'] }),
    execute: () => ({ weight: 'plain', words: ['carries out what was voted:'] }),
    cancel: () => ({ weight: 'plain', words: ['cancels the proposal of:'] }),
    relay: () => privileged('lets the governor itself call:'),
    setVotingDelay: (scene) =>
      setting(scene, 'changes the time before a vote', 'votingDelay', 'blocks', 'newVotingDelay'),
    setVotingPeriod: (scene) =>
      setting(scene, 'changes how long a vote is open', 'votingPeriod', 'blocks', 'newVotingPeriod'),
    setProposalThreshold: (scene) =>
      setting(scene, 'changes how many votes a proposer needs', 'proposalThreshold', 'votes', 'newProposalThreshold'),
    updateQuorumNumerator: (scene) =>
      setting(scene, 'changes the quorum', 'quorumNumerator', 'percent', 'newQuorumNumerator'),
    updateTimelock: (scene) =>
      setting(scene, 'changes who carries decisions out', 'timelock', 'timelock', 'newTimelock'),
    setProposalGuardian: (scene) =>
      setting(scene, 'changes who may cancel proposals', 'proposalGuardian', 'guardian', 'newProposalGuardian'),
  },
  ERC20: {
    transfer: (scene) => moves(scene, 'to', scene.args),
    transferFrom: (scene) => moves(scene, 'to', scene.args),
    approve: approves,
  },
  Safe: {
    execTransaction: () => privileged('lets the safe call:'),
    execTransactionFromModule: () => privileged('lets the safe call, as a module of it:'),
    enableModule: ({ args, show }) => privileged(`lets ${show(args['module'])} do anything with the safe`),
    setGuard: ({ args, show }) => privileged(`puts ${show(args['guard'])} in charge of what the safe may do`),
    addOwnerWithThreshold: ({ args, show }) =>
      privileged(`adds ${show(args['owner'])} to the safe's owners, of whom ${String(args['threshold'])} suffice`),
    changeThreshold: ({ args }) => privileged(`lets ${String(args['threshold'])} of the safe's owners suffice`),
  },
  Proxy: { changeAdmin: ({ args, show }) => privileged(`lets ${show(args['admin'])} replace the code`) },
  Multicall: {
    multicall: () => ({ weight: 'plain', words: ['calls itself several times:'] }),
    aggregate3: () => ({ weight: 'plain', words: ['calls several:'] }),
  },
};

function role({ args, show, read }: Scene, verb: string, link: string): Said {
  const hash = String(args['role']);
  const name = roleOf(hash);
  const words = `${verb} the role ${name ?? hash} of ${show(read.call.target)} ${link} ${show(args['account'])}`;
  return name === undefined
    ? unknown(words, 'this is the hash of no usual role: what it allows cannot be told')
    : privileged(words);
}

function waits({ args, show }: Scene): Said {
  return { weight: 'plain', words: [`schedules, to wait ${figure('delay', args['delay'], show)}:`] };
}

/** Tell a change of one value that governance has over itself. */
async function setting(
  { args, show, ask, read }: Scene,
  what: string,
  view: string,
  name: string,
  arg: string,
): Promise<Said> {
  const present = await ask(read.call.target, read.contract, view, []);
  return privileged(`${what} (${show(read.call.target)})`, change(name, present, args[arg], show));
}

async function approves(scene: Scene): Promise<Said> {
  const [spender, amount] = Object.values(scene.args);
  if (amount === 0n)
    return safer(`takes back what ${scene.show(spender)} may take of ${scene.show(scene.read.call.target)}`);
  const much = amount === maxUint256 ? 'EVERYTHING, without limit,' : await shown(scene, amount);
  return privileged(`lets ${scene.show(spender)} take ${much} of ${scene.show(scene.read.call.target)}`);
}

async function moves(scene: Scene, link: string, args: Scene['args']): Promise<Said> {
  const accounts = Object.values(args).filter((value) => typeof value === 'string');
  const amount = Object.values(args).find((value) => typeof value === 'bigint');
  const from = accounts.length === 2 ? ` from ${scene.show(accounts[0])}` : '';
  const to = scene.show(accounts.at(-1));
  return privileged(
    `moves ${await shown(scene, amount)} of ${scene.show(scene.read.call.target)}${from} ${link} ${to}`,
  );
}

async function shown({ ask, read }: Scene, amount: unknown): Promise<string> {
  const decimals = await ask(read.call.target, 'ERC20', 'decimals', []);
  if (typeof decimals !== 'number') return `${String(amount)} atoms`;
  const unit = 10n ** BigInt(decimals);
  const atoms = BigInt(String(amount));
  return `${atoms / unit}.${String(atoms % unit)
    .padStart(decimals, '0')
    .slice(0, 6)} (${atoms} atoms)`;
}
