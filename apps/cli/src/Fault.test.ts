import { describe, expect, test } from 'vitest';
import { BadTargets } from './demo/Cast.ts';
import * as Fault from './Fault.ts';
import { UsageError } from './UsageError.ts';

describe('a fault', () => {
  test.each([
    { error: new BadTargets('targets sum to 90 %', 'make them sum to 100 %'), what: '--targets: targets sum to 90 %.' },
    { error: new UsageError('Nothing was given.', 'give it'), what: 'Nothing was given.' },
  ])('parts what happened from its fix, and ends it: $what', ({ error, what }) => {
    expect(Fault.tell(error)).toEqual({ name: error.name, what, fix: error.fix });
  });

  test('is one line where a log tells it', () => {
    expect(Fault.line(new UsageError('Nothing was given.', 'Give it.'))).toBe('Nothing was given. Fix: Give it.');
  });
});
