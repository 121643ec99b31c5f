// Line charts as SVG text: enough to see a law by, the same bytes on every machine, nothing to install.

/** Draw a curve, or single points, in one colour. */
export type Line = {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly style: 'line' | 'dots';
};

/** Describe a chart: what stands on its axes, and from where to where. */
export type Chart = {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
};

/** Describe an axis and the places that are marked on it. */
export type Axis = { readonly name: string; readonly marks: readonly number[] };

const [WIDTH, HEIGHT] = [720, 440];
const [LEFT, RIGHT, TOP, BOTTOM] = [72, 196, 48, 56];
// Told apart also by those who do not see every colour (Okabe and Ito, 2008).
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** Draw a chart. Points outside the axes are left out. */
export function chart({ title, x, y, lines }: Chart): string {
  const across = scale(x.marks, LEFT, WIDTH - RIGHT);
  const down = scale(y.marks, HEIGHT - BOTTOM, TOP);
  const drawn = lines.map((line, index) => draw(line, colour(index), across, down)).join('\n');
  const legend = lines.map((line, index) => entry(line, colour(index), TOP + 10 + 22 * index)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${text(LEFT, 26, title, 'font-size="15" font-weight="600"')}
${x.marks.map((mark) => `${rule(across.at(mark), TOP, across.at(mark), HEIGHT - BOTTOM)}${text(across.at(mark), HEIGHT - BOTTOM + 18, String(mark), 'text-anchor="middle"')}`).join('\n')}
${y.marks.map((mark) => `${rule(LEFT, down.at(mark), WIDTH - RIGHT, down.at(mark))}${text(LEFT - 8, down.at(mark) + 4, String(mark), 'text-anchor="end"')}`).join('\n')}
${text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x.name, 'text-anchor="middle"')}
${text(18, (TOP + HEIGHT - BOTTOM) / 2, y.name, `text-anchor="middle" transform="rotate(-90 18 ${(TOP + HEIGHT - BOTTOM) / 2})"`)}
${drawn}
${legend}
</svg>
`;
}

type Scale = { readonly at: (value: number) => number; readonly has: (value: number) => boolean };

function scale(marks: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  return {
    at: (value) => round(from + ((value - low) / (high - low)) * (to - from)),
    has: (value) => value >= low && value <= high,
  };
}

function draw({ points, style }: Line, stroke: string, across: Scale, down: Scale): string {
  const inside = points.filter(([x, y]) => across.has(x) && down.has(y)).map(([x, y]) => [across.at(x), down.at(y)]);
  if (style === 'dots') return inside.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="4" fill="${stroke}"/>`).join('');
  return `<polyline fill="none" stroke="${stroke}" stroke-width="2" points="${inside.map((point) => point.join(',')).join(' ')}"/>`;
}

function entry({ name, style }: Line, stroke: string, y: number): string {
  const x = WIDTH - RIGHT + 14;
  const mark =
    style === 'dots'
      ? `<circle cx="${x + 9}" cy="${y - 4}" r="4" fill="${stroke}"/>`
      : `<line x1="${x}" y1="${y - 4}" x2="${x + 18}" y2="${y - 4}" stroke="${stroke}" stroke-width="2"/>`;
  return mark + text(x + 24, y, name, '');
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#d8dde3"/>`;
}

function text(x: number, y: number, words: string, more: string): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" fill="#1d2733"${more === '' ? '' : ` ${more}`}>${safe}</text>`;
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#000000';
}

/** A tenth of a pixel: what follows differs from machine to machine. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
