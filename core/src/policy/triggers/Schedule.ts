// The five fields of a cron line, and the moments that they name. Written here because the moments must be exact, the
// same in every replay, and found without asking what time it is.

import { dateOf, weekdayOf, type Time } from '../../money/Time.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';

/** List the minutes, hours, days, months and weekdays (0 is Sunday) that a schedule names, each ascending. */
export type Schedule = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /**
   * Whether a day must fit both `days` and `weekdays`. As in Vixie's cron, one is enough where neither field begins with
   * a star: `0 0 13 * fri` is every 13th and every Friday.
   */
  readonly both: boolean;
};

/** Say what one field of the line may hold. */
type Range = {
  readonly name: string;
  /** What a star stands for. */
  readonly whole: readonly [low: number, high: number];
  /** The highest number that may be written. */
  readonly high: number;
  readonly words: readonly string[];
};

const MONTHS = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The longest that each month can be; no schedule may name only days that never come. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days to look ahead or back: the leap days that fall on one weekday can be 40 years apart, across a year like 2100. */
const FAR = 41 * 366;

const DAY_MINUTES = 1_440;

/**
 * Read five fields, `minute hour day-of-month month day-of-week`. Each is a list of `*`, numbers and ranges `a-b`, the
 * last two with a step `/n` if wanted; months and weekdays may be named by three letters; weekday 7 is Sunday too.
 * Throws StrategyError with the path of the field.
 */
export function parse(field: Field.Field): Schedule {
  const parts = Field.text(field).trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = parts;
  if (
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined ||
    parts.length !== 5
  ) {
    throw new StrategyError(field, 'five fields: minute hour day-of-month month day-of-week');
  }
  const list = (value: string, range: Range) => parseList({ path: `${field.path}.${range.name}`, value }, value, range);
  const schedule: Schedule = {
    minutes: list(minute, { name: 'minute', whole: [0, 59], high: 59, words: [] }),
    hours: list(hour, { name: 'hour', whole: [0, 23], high: 23, words: [] }),
    days: list(day, { name: 'day', whole: [1, 31], high: 31, words: [] }),
    months: list(month, { name: 'month', whole: [1, 12], high: 12, words: MONTHS }),
    weekdays: ascending(
      list(weekday, { name: 'weekday', whole: [0, 6], high: 7, words: WEEKDAYS }).map((one) => one % 7),
    ),
    both: day.startsWith('*') || weekday.startsWith('*'),
  };
  const [first = 1] = schedule.days;
  const comes = !schedule.both || schedule.months.some((one) => first <= (LONGEST[one - 1] ?? 0));
  if (!comes) throw new StrategyError({ path: `${field.path}.day`, value: day }, 'a day that its months have');
  return schedule;
}

/** Find the last moment {s} named that is not after `at`; undefined if none is for 41 years. */
export function previous(schedule: Schedule, at: Time): Time | undefined {
  const minute = Math.floor(at / 60);
  const today = Math.floor(minute / DAY_MINUTES);
  // Counted, not compared: beyond 2^53 a day later is the same number.
  for (let past = 0; past < FAR; past++) {
    const day = today - past;
    if (!hasDay(schedule, day)) continue;
    const found = lastOfDay(schedule, day === today ? minute - today * DAY_MINUTES : DAY_MINUTES - 1);
    if (found !== undefined) return (day * DAY_MINUTES + found) * 60;
  }
  return undefined;
}

/** Find the first moment {s} named that is after `at`; undefined if none is for 41 years. */
export function next(schedule: Schedule, at: Time): Time | undefined {
  const minute = Math.floor(at / 60) + 1;
  const today = Math.floor(minute / DAY_MINUTES);
  for (let later = 0; later < FAR; later++) {
    const day = today + later;
    if (!hasDay(schedule, day)) continue;
    const found = firstOfDay(schedule, day === today ? minute - today * DAY_MINUTES : 0);
    if (found !== undefined) return (day * DAY_MINUTES + found) * 60;
  }
  return undefined;
}

function hasDay({ days, months, weekdays, both }: Schedule, count: number): boolean {
  const { month, day } = dateOf(count);
  if (!months.includes(month)) return false;
  const fits = [days.includes(day), weekdays.includes(weekdayOf(count))];
  return both ? fits.every(Boolean) : fits.some(Boolean);
}

/** Find the last minute of a day named, at or before one of its minutes. */
function lastOfDay({ hours, minutes }: Schedule, atMost: number): number | undefined {
  const now = Math.floor(atMost / 60);
  const same = minutes.findLast((minute) => minute <= atMost - now * 60);
  if (hours.includes(now) && same !== undefined) return now * 60 + same;
  const hour = hours.findLast((one) => one < now);
  return hour === undefined ? undefined : hour * 60 + (minutes.at(-1) ?? 0);
}

/** Find the first minute of a day named, at or after one of its minutes. */
function firstOfDay({ hours, minutes }: Schedule, atLeast: number): number | undefined {
  const now = Math.floor(atLeast / 60);
  const same = minutes.find((minute) => minute >= atLeast - now * 60);
  if (hours.includes(now) && same !== undefined) return now * 60 + same;
  const hour = hours.find((one) => one > now);
  return hour === undefined ? undefined : hour * 60 + (minutes[0] ?? 0);
}

function parseList(field: Field.Field, value: string, range: Range): readonly number[] {
  return ascending(value.split(',').flatMap((item) => parseItem(field, item, range)));
}

function parseItem(field: Field.Field, item: string, range: Range): readonly number[] {
  // A step is read after a star or a span only: after a single number it means different things to different crons.
  const [, span = item, step = '1'] = /^(\*|\w+-\w+)\/(\d{1,2})$/.exec(item) ?? [];
  const [low, high] = span === '*' ? range.whole : ends(span, range);
  const stride = Number(step);
  if (low === undefined || high === undefined || low > high || stride === 0) {
    const [least, most] = [range.whole[0], range.high];
    const what = `${range.name}s from ${least} to ${most}, such as *, 5, 1-5, 1-31/2 or a list of these`;
    throw new StrategyError({ ...field, value: item }, what);
  }
  const named: number[] = [];
  for (let one = low; one <= high; one += stride) named.push(one);
  return named;
}

function ends(span: string, range: Range): readonly [number | undefined, number | undefined] {
  const [from = '', to = from, ...more] = span.split('-');
  return more.length > 0 ? [undefined, undefined] : [parseOne(from, range), parseOne(to, range)];
}

function parseOne(text: string, { whole: [low], high, words }: Range): number | undefined {
  const named = text === '' ? -1 : words.indexOf(text.toLowerCase());
  const value = named >= 0 ? named : /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= low && value <= high ? value : undefined;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}
