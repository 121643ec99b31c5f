// What calls can be read: the functions of this house's contracts, and of the public ones that govern them.

import * as house from '@trimtab/contracts';
import {
  type Abi,
  type AbiFunction,
  erc20Abi,
  type Hex,
  keccak256,
  parseAbi,
  stringToBytes,
  toFunctionSelector,
} from 'viem';

/** Name a function and the contract that it is known from. */
export type Known = { readonly contract: string; readonly item: AbiFunction };

const roles = [
  'function grantRole(bytes32 role, address account)',
  'function revokeRole(bytes32 role, address account)',
  'function renounceRole(bytes32 role, address account)',
] as const;

const open: Readonly<Record<string, Abi>> = {
  TimelockController: parseAbi([
    'function schedule(address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt, uint256 delay)',
    'function scheduleBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt, uint256 delay)',
    'function execute(address target, uint256 value, bytes payload, bytes32 predecessor, bytes32 salt) payable',
    'function executeBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt) payable',
    'function cancel(bytes32 id)',
    'function updateDelay(uint256 newDelay)',
    'function getMinDelay() view returns (uint256)',
    ...roles,
  ]),
  Governor: parseAbi([
    'function propose(address[] targets, uint256[] values, bytes[] calldatas, string description)',
    'function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash)',
    'function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) payable',
    'function cancel(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash)',
    'function relay(address target, uint256 value, bytes data) payable',
    'function setVotingDelay(uint48 newVotingDelay)',
    'function setVotingPeriod(uint32 newVotingPeriod)',
    'function setProposalThreshold(uint256 newProposalThreshold)',
    'function updateQuorumNumerator(uint256 newQuorumNumerator)',
    'function updateTimelock(address newTimelock)',
    'function setProposalGuardian(address newProposalGuardian)',
    'function votingDelay() view returns (uint256)',
    'function votingPeriod() view returns (uint256)',
    'function proposalThreshold() view returns (uint256)',
    'function quorumNumerator() view returns (uint256)',
    'function timelock() view returns (address)',
    'function proposalGuardian() view returns (address)',
  ]),
  ERC20: erc20Abi,
  AccessControl: parseAbi(roles),
  Ownable: parseAbi([
    'function transferOwnership(address newOwner)',
    'function acceptOwnership()',
    'function renounceOwnership()',
    'function owner() view returns (address)',
  ]),
  Multicall: parseAbi([
    'function multicall(bytes[] data)',
    'function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable',
  ]),
  Safe: parseAbi([
    'function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable',
    'function execTransactionFromModule(address to, uint256 value, bytes data, uint8 operation)',
    'function multiSend(bytes transactions) payable',
    'function enableModule(address module)',
    'function setGuard(address guard)',
    'function addOwnerWithThreshold(address owner, uint256 threshold)',
    'function changeThreshold(uint256 threshold)',
  ]),
  Proxy: parseAbi([
    'function upgradeTo(address implementation)',
    'function upgradeToAndCall(address implementation, bytes data) payable',
    'function upgradeAndCall(address proxy, address implementation, bytes data) payable',
    'function changeAdmin(address admin)',
  ]),
};

/** The ABIs by the name of their contract. */
export const ABIS: Readonly<Record<string, Abi>> = {
  ...Object.fromEntries(
    Object.entries(house).flatMap(([name, one]): [string, Abi][] => ('abi' in one ? [[name, one.abi]] : [])),
  ),
  ...open,
};

const bySelector = new Map<Hex, readonly Known[]>();
for (const [contract, abi] of Object.entries(ABIS)) {
  for (const item of abi) {
    if (item.type !== 'function') continue;
    const selector = toFunctionSelector(item);
    bySelector.set(selector, [...(bySelector.get(selector) ?? []), { contract, item }]);
  }
}

/** Find every function with a selector; of one contract, where its name is given. */
export function find(selector: Hex, contract: string | undefined): readonly Known[] {
  const all = bySelector.get(selector) ?? [];
  return contract === undefined ? all : all.filter((known) => known.contract === contract);
}

/** Roles of OpenZeppelin's AccessControl by their hash. */
const ROLES = new Map<string, string>([
  [`0x${'00'.repeat(32)}`, 'DEFAULT_ADMIN_ROLE'],
  ...['PROPOSER', 'EXECUTOR', 'CANCELLER', 'TIMELOCK_ADMIN', 'MINTER', 'PAUSER', 'UPGRADER'].map(
    (name): [string, string] => [keccak256(stringToBytes(`${name}_ROLE`)), `${name}_ROLE`],
  ),
]);

/** Name a role by its hash, where it is a usual one. */
export function roleOf(hash: string): string | undefined {
  return ROLES.get(hash.toLowerCase());
}
