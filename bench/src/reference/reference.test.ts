// Every reference case, and the judge of them itself: it must not let pass what was not computed, or not compared.

import { describe, expect, test } from 'vitest';
import { checkOne, vectors } from './check.ts';
import { run, type Vector } from './Probe.ts';

const all = Object.entries(vectors());

test('there are 95 vectors, each with a source and a tolerance', () => {
  expect(all).toHaveLength(95);
  for (const [, { source, tolerance }] of all) expect(source.length * tolerance.length).toBeGreaterThan(0);
});

test.each(all.map(([id, { title }]) => [id, title]))('%s: %s', (id) => {
  expect(checkOne(id)).toMatchObject({ id, status: 'passed' });
});

describe('the judge of cases', () => {
  const vector: Vector = {
    title: 'two figures and a word',
    inputs: {},
    expected: { one: 2, list: [0.5, 0], word: '12345678901234567890' },
    tolerance: 'formula rel 1e-6; simulator rel 3%',
    source: 'none',
  };
  const right = { one: 2, list: [0.5, 0], word: 12345678901234567890n };
  const compare = (figures: { one?: unknown; list?: unknown; word?: unknown }) =>
    run(vector, ({ equal }) => {
      if ('one' in figures) equal('one', figures.one, { rel: 1e-6 });
      if ('list' in figures) equal('list', figures.list, { abs: 1e-6 });
      if ('word' in figures) equal('word', figures.word, 'exact');
    });

  test('passes what is right', () => {
    expect(compare(right)).toEqual([]);
  });

  test.each([
    ['a figure off by more than its tolerance', { ...right, one: 2.00001 }],
    ['a figure that is no number', { ...right, one: Number.NaN }],
    ['a figure that is missing', { ...right, one: undefined }],
    ['an integer off by one', { ...right, word: 12345678901234567891n }],
    ['a list that is too short', { ...right, list: [0.5] }],
    ['a list whose second value is off', { ...right, list: [0.5, 1e-5] }],
    ['figures that were not all compared', { one: 2, list: [0.5, 0] }],
    ['nothing', {}],
  ])('fails %s', (_, figures) => {
    expect(compare(figures)).not.toEqual([]);
  });

  test('reads tolerances out of the words, and fails where they are not there', () => {
    const read: number[] = [];
    run(vector, ({ tolerance }) => read.push(tolerance(/formula rel (\S+?);/), tolerance(/simulator rel (\S+)/)));
    expect(read).toEqual([1e-6, 0.03]);
    expect(() => run(vector, ({ tolerance }) => void tolerance(/abs (\S+)/))).toThrow(RangeError);
  });

  test('holds an estimate to three of its standard errors, which must be one and near', () => {
    const at = (figure: number, error: number) => run(vector, ({ estimate }) => estimate('one', figure, error));
    const wrong = (figure: number, error: number) => at(figure, error).some((words) => words.startsWith('one'));
    expect(wrong(2.029, 0.01)).toBe(false);
    expect(wrong(2.031, 0.01)).toBe(true);
    expect(wrong(2, 0)).toBe(true);
    expect(wrong(2, 0.021)).toBe(true);
  });

  test('lets a tolerance be as near as is printed, and no nearer', () => {
    const printed: Vector = { ...vector, expected: { third: 0.3333333333 } };
    const wrong = (figure: number) => run(printed, ({ equal }) => equal('third', figure, { rel: 1e-12 })).length > 0;
    expect(wrong(1 / 3)).toBe(false);
    expect(wrong(0.33333333336)).toBe(true);
  });

  test('takes words for a formula, whose figures must agree, and never for a figure', () => {
    const words: Vector = { ...vector, expected: { law: 'a b / 2' } };
    const typed = run(words, ({ equal }) => equal('law', 'a b / 2', 'exact'));
    const worked = (value: number) => run(words, ({ formula }) => formula('law', 3, value, { rel: 1e-9 }));
    expect(typed).toHaveLength(1);
    expect(worked(3)).toEqual([]);
    expect(worked(3.00001)).toHaveLength(1);
    expect(run(vector, ({ formula }) => formula('one', 2, 2, 'exact'))[0]).toMatch(/^one: /);
  });

  test('fails a comparison with what is not expected, and a condition that does not hold', () => {
    expect(run(vector, ({ equal }) => equal('two', 2, 'exact'))[0]).toMatch(/^two: nothing is expected there/);
    expect(run(vector, ({ holds }) => holds('more is more', false))[0]).toBe('does not hold: more is more');
  });

  test('fails a vector that no case computes', () => {
    expect(() => checkOne('S99.1')).toThrow(RangeError);
  });
});
