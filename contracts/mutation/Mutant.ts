// Small, wrong changes of a source, found in the compiler's own syntax tree: if no test notices one, a guard could be
// broken that way and nobody would know.

import { createHash } from 'node:crypto';
import type { Node } from './parse.ts';

/** Change the bytes from `start` to `end` of a source into `text`. */
type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** State one change, and name it by everything that it depends on. */
export type Mutant = Edit & {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly mutation: string;
};

/** Relational operators are moved by one and turned round; the others become their counterpart. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '+=': ['-='],
  '-=': ['+='],
};
const MEMBERS: Readonly<Record<string, string>> = { Ceil: 'Floor', Floor: 'Ceil', min: 'max', max: 'min' };
/** What an error or an event reports is no guard, a type is no value, and assembly has another grammar. */
const LEFT_ALONE = new Set(['RevertStatement', 'EmitStatement', 'ArrayTypeName', 'InlineAssembly', 'ImportDirective']);
const GUARD = /^_(require|spend)/;
const MODIFIER = /^[a-z]/;

/** List every mutant of a source, in the order of the text. */
export function mutantsOf(file: string, source: Buffer, tree: Node): readonly Mutant[] {
  const edits: Edit[] = [];
  walk(tree, (node) => edits.push(...editsOf(node, source)));
  return edits.sort((a, b) => a.start - b.start).map((edit) => named(file, source, edit));
}

/** Make the change. */
export function apply(source: Buffer, { start, end, text }: Edit): Buffer {
  return Buffer.concat([source.subarray(0, start), Buffer.from(text), source.subarray(end)]);
}

function walk(node: Node, visit: (node: Node) => void): void {
  if (LEFT_ALONE.has(node.nodeType)) return;
  visit(node);
  for (const child of node.children) walk(child, visit);
}

function editsOf(node: Node, source: Buffer): readonly Edit[] {
  const whole = (text: string): Edit => ({ start: node.start, end: node.end, text });
  const told = source.subarray(node.start, node.end).toString();
  const { nodeType, field } = node;
  if (nodeType === 'BinaryOperation')
    return ofOperator(source, node, field('leftExpression'), field('rightExpression'));
  if (nodeType === 'Assignment') return ofOperator(source, node, field('leftHandSide'), field('rightHandSide'));
  if (nodeType === 'UnaryOperation' && node.operator === '!') return [whole(told.replace(/^!\s*/, ''))];
  if (nodeType === 'ModifierInvocation') return MODIFIER.test(told) ? [whole('')] : [];
  if (nodeType === 'ExpressionStatement') return GUARD.test(told) ? [whole('true')] : [];
  if (nodeType === 'IfStatement') return ofGuard(node);
  if (nodeType === 'FunctionCall') return ofRounding(node, source);
  if (nodeType === 'MemberAccess') return ofMember(node, told);
  if (nodeType === 'Literal') return ofLiteral(node, told);
  return [];
}

function ofOperator(source: Buffer, node: Node, left: Node | undefined, right: Node | undefined): readonly Edit[] {
  const { operator } = node;
  if (operator === undefined || left === undefined || right === undefined) return [];
  const start = source.indexOf(operator, left.end);
  return (OPERATORS[operator] ?? []).map((text) => ({ start, end: start + operator.length, text }));
}

/** `if (…) revert …;` never reverts. */
function ofGuard({ field }: Node): readonly Edit[] {
  const [condition, body] = [field('condition'), field('trueBody')];
  const only = body?.nodeType === 'Block' && body.children.length === 1 ? body.children[0] : body;
  if (condition === undefined || only?.nodeType !== 'RevertStatement') return [];
  return [{ start: condition.start, end: condition.end, text: 'false' }];
}

/** A quotient that is rounded up is rounded down. */
function ofRounding({ start, end, field, list }: Node, source: Buffer): readonly Edit[] {
  const [dividend, divisor, ...more] = list('arguments');
  if (field('expression')?.name !== 'ceilDiv' || dividend === undefined || divisor === undefined || more.length > 0)
    return [];
  const text = (part: Node) => source.subarray(part.start, part.end).toString();
  return [{ start, end, text: `((${text(dividend)}) / (${text(divisor)}))` }];
}

function ofMember({ end, name = '' }: Node, told: string): readonly Edit[] {
  const other = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
  if (other === undefined || !told.startsWith('Math.')) return [];
  return [{ start: end - name.length, end, text: other }];
}

function ofLiteral({ start, end, kind }: Node, told: string): readonly Edit[] {
  if (kind === 'bool') return [{ start, end, text: told === 'true' ? 'false' : 'true' }];
  if (kind !== 'number') return [];
  const up: Edit = { start, end, text: `(${told} + 1)` };
  return told === '0' ? [up] : [up, { start, end, text: `(${told} - 1)` }];
}

function named(file: string, source: Buffer, edit: Edit): Mutant {
  const { start, end, text } = edit;
  const digest = createHash('sha256')
    .update(source)
    .update(JSON.stringify([file, start, end, text]));
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const until = source.indexOf('\n', end);
  const [before, was, after] = [source.subarray(from, start), source.subarray(start, end), source.subarray(end, until)];
  const mutation = `${before.toString().trimStart()}[${was.toString()} → ${text}]${after.toString()}`;
  const line = source.subarray(0, start).toString().split('\n').length;
  return { ...edit, id: digest.digest('hex').slice(0, 16), file, line, mutation };
}
