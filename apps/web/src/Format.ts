// How figures are written: always with their unit, always the same number of places, so that columns stand still.

const LOCALE = 'en-US';
const MINUS = '−';

const dollars = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'USD' });
const whole = new Intl.NumberFormat(LOCALE);
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const second = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });

/** Write D18{USD} in dollars and cents; from ten thousand dollars on, in whole dollars. */
export function usd(d18: string): string {
  const exact = decimal(d18, 18);
  const large = Math.abs(Number(exact)) >= 10_000;
  return signed((large ? dollars : cents).format(exact as Intl.StringNumericLiteral));
}

/** Write dollars that are a belief, with the places that matter at their size. */
export function believed(value: number): string {
  const places = value >= 1 ? 2 : 4;
  return value.toLocaleString(LOCALE, { style: 'currency', currency: 'USD', minimumFractionDigits: places });
}

/** Write a price: D18{USD/tok} with the places that matter at its size. */
export function price(d18: string): string {
  const value = Number(decimal(d18, 18));
  const places = value >= 1_000 ? 2 : value >= 1 ? 4 : 6;
  return value.toLocaleString(LOCALE, { style: 'currency', currency: 'USD', minimumFractionDigits: places });
}

/** Write atoms in tokens, to six significant digits, with the symbol. */
export function tokens(amount: { readonly atoms: string; readonly decimals: number; readonly symbol: string }): string {
  const value = Number(decimal(amount.atoms, amount.decimals));
  const digits = Math.abs(value) >= 1e6 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 6 };
  return `${signed(value.toLocaleString(LOCALE, digits))} ${amount.symbol}`;
}

/** Write a share in percent. */
export function percent(share: number, places = 1): string {
  return `${fixed(share * 100, places)} %`;
}

/** Write a change of a share in percent, with its sign. */
export function change(share: number, places = 1): string {
  return `${plus(share, 100, places)}${fixed(share * 100, places)} %`;
}

/** Write a difference of weights in percentage points, with its sign. */
export function points(weight: number, places = 1): string {
  return `${plus(weight, 100, places)}${fixed(weight * 100, places)} pp`;
}

/** Write a length of weight in percentage points; what would round to 0.0 is written to two places. */
export function width(weight: number): string {
  return `${fixed(weight * 100, weight < 0.0005 ? 2 : 1)} pp`;
}

/** Write what part of `all` a part is, in basis points. */
export function bps(part: string, all: string): string {
  const base = Number(all);
  return base === 0 ? '0 bps' : `${fixed((Number(part) / base) * 10_000, 1)} bps`;
}

/** Write a whole number. */
export function count(value: number | string): string {
  return whole.format(typeof value === 'string' ? BigInt(value) : value);
}

/** Write a length of time by its largest unit, and from hours on by the next one too. */
export function age(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min`;
  if (s < 86_400) return both(Math.floor(s / 3_600), 'h', Math.floor((s % 3_600) / 60), 'min');
  return both(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3_600), 'h');
}

function both(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}

/** Write a moment to the minute. */
export function moment(time: number): string {
  return `${date(time)}, ${hour(time)} UTC`;
}

export function date(time: number): string {
  return day.format(time * 1000);
}

export function hour(time: number): string {
  return clock.format(time * 1000);
}

export function toTheSecond(time: number): string {
  return `${second.format(time * 1000)} UTC`;
}

/** Shorten an address or hash to what the eye can compare. */
export function short(id: string): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return name.length > 14 ? `${name.slice(0, 6)}…${name.slice(-4)}` : name;
}

/** Place the decimal point exactly. */
export function decimal(integer: string, decimals: number): string {
  const negative = integer.startsWith('-');
  const digits = (negative ? integer.slice(1) : integer).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${negative ? '-' : ''}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`;
}

function fixed(value: number, places: number): string {
  const text = value.toFixed(places);
  return signed(Number(text) === 0 ? text.replace('-', '') : text);
}

function plus(value: number, scale: number, places: number): string {
  return Number((value * scale).toFixed(places)) > 0 ? '+' : '';
}

function signed(text: string): string {
  return text.replace('-', MINUS);
}
