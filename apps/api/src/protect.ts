// What a page from elsewhere must not be able to do. A server on loopback is reachable by every site its owner
// visits: by name tricks (DNS rebinding, CVE-2018-5702) unless the Host is checked, and by scripts unless the Origin is.

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Problem } from './contract.ts';

/** Sent with every answer: nothing is loaded from elsewhere, nothing is framed, nothing is kept. */
export const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** Requests at once, and more for each second after. */
const BURST = 200;
const PER_SECOND = 100;

/** Refuse requests under another name, from another page, or too many. */
export function protect(server: FastifyInstance, host: string): void {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]', bracketed(host)]);
  const admit = bucket();
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    const asked = request.headers.host ?? '';
    if (!names.has(nameOf(asked))) return refuse(reply, 403, foreignHost(asked, names));
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${asked}`) return refuse(reply, 403, foreignOrigin(origin, asked));
    if (!admit(performance.now() / 1000)) return refuse(reply.header('retry-after', '1'), 429, tooMany());
    return undefined;
  });
}

/** Answer with a problem instead. */
export function refuse(reply: FastifyReply, status: number, problem: Problem): FastifyReply {
  return reply.code(status).send(problem);
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host.toLowerCase();
}

/** Let BURST through at once and PER_SECOND for each second that passes. */
function bucket(): (now: number) => boolean {
  let left = BURST;
  let at = 0;
  return (now) => {
    left = Math.min(BURST, left + (now - at) * PER_SECOND);
    at = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

function foreignHost(asked: string, names: ReadonlySet<string>): Problem {
  return {
    what: `This server was called by the name "${asked}".`,
    why: 'A web page elsewhere can point a name of its own at this machine and read what is shown here.',
    fix: `Use one of ${[...names].join(', ')}; from another machine, forward the port (ssh -L).`,
  };
}

function foreignOrigin(origin: string, asked: string): Problem {
  return {
    what: `A page from ${origin} asked.`,
    why: 'Only the page that this server serves may read what is shown here.',
    fix: `Open http://${asked}/ itself; programs other than browsers send no Origin.`,
  };
}

function tooMany(): Problem {
  return {
    what: 'Too many requests.',
    why: `More than ${BURST} at once or ${PER_SECOND} a second.`,
    fix: 'Ask again in a second, or follow /api/v1/events instead of asking again and again.',
  };
}
