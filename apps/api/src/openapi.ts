// The OpenAPI document, made from the same schemas that the answers are made of.

import * as z from 'zod';
import { Change, endpoints, Problem, Scoreboard, State } from './contract.ts';

/** Write the API down as OpenAPI 3.1. */
export function openapi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Trimtab',
      version: '1',
      description: 'What the rebalancer sees, wants, plans and does. Read-only. Exact money is decimal strings.',
    },
    paths: { ...Object.fromEntries(Object.values(endpoints).map(pathOf)), '/api/v1/events': { get: events() } },
    components: { schemas: schemas() },
  };
}

type Endpoint = (typeof endpoints)[keyof typeof endpoints];

function pathOf(endpoint: Endpoint): [string, object] {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = Object.entries(endpoint.query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: plain(z.toJSONSchema(schema, { io: 'input' })),
  }));
  const get = {
    summary: endpoint.about,
    parameters: [...inPath, ...inQuery],
    responses: { 200: json('As asked', endpoint.answer), default: json('Not as asked', Problem) },
  };
  return [endpoint.path.replaceAll(/:(\w+)/g, '{$1}'), { get }];
}

function events(): object {
  const description =
    'Server-sent events: `state` (State) first, then `change` (Change), `scoreboard` (Scoreboard) and `pulse` ({ now }). ' +
    'Send Last-Event-ID to go on from where a connection broke.';
  return {
    summary: 'Everything, and then everything new',
    description,
    responses: {
      200: {
        description,
        content: { 'text/event-stream': { schema: { anyOf: [State, Change, Scoreboard].map(ref) } } },
      },
      default: json('Not as asked', Problem),
    },
  };
}

function json(description: string, schema: z.ZodType): object {
  return { description, content: { 'application/json': { schema: ref(schema) } } };
}

function ref(schema: z.ZodType): object {
  return { $ref: uri(z.globalRegistry.get(schema)?.id ?? '') };
}

function schemas(): object {
  const named = z.toJSONSchema(z.globalRegistry, { uri }).schemas;
  return Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, plain(schema)]));
}

function uri(id: string): string {
  return `#/components/schemas/${id}`;
}

/** Leave out what a component of an OpenAPI document may not carry. */
function plain(schema: object): object {
  const { $schema: _dialect, $id: _id, ...rest } = schema as { $schema?: string; $id?: string };
  return rest;
}
