import { expect, test } from 'vitest';
import * as Motion from './Motion.ts';

const target = `0x${'ab'.repeat(20)}`;
const good = { targets: [target], values: ['0'], calldatas: ['0x'], description: 'x' };

test('a proposal is read from the arguments of propose', () => {
  expect(Motion.read(good)).toMatchObject({ calls: [{ value: 0n, data: '0x' }], description: 'x' });
  expect(Motion.read({ ...good, values: ['0x10'], description: undefined })).toMatchObject({
    calls: [{ value: 16n }],
    description: '',
  });
});

test.each([
  [null, 'is no JSON object'],
  [{ ...good, targets: [] }, 'calls nothing'],
  [{ ...good, values: [] }, '1 targets, 0 values and 1 calldatas'],
  [{ ...good, targets: ['bob'] }, 'no address as target 1'],
  [{ ...good, values: ['1.5'] }, 'no whole number of wei as value 1'],
  [{ ...good, values: [-1] }, 'no whole number of wei as value 1'],
  [{ ...good, calldatas: ['0xabc'] }, 'no whole hex bytes as calldata 1'],
  [{ ...good, signatures: ['mint(address)'] }, 'keeps signatures apart from calldatas'],
  [{ calls: [] }, 'needs the three lists'],
])('%j is refused with the reason', (value, why) => {
  expect(() => Motion.read(value)).toThrow(why);
});
