// Plain JavaScript, so that a Node too old to run TypeScript can still say so. Runs before every npm script that matters.

const needed = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < needed) {
  console.error(
    `Node ${process.version} is running; Trimtab needs Node ${needed} or newer to run its TypeScript sources.\n` +
      'npm installs that Node as an optional dependency and puts it first on the path of every npm script.\n' +
      `Run \`npm ci\` without --omit=optional; on a platform it has no build for, install Node ${needed} yourself.`,
  );
  process.exitCode = 1;
}
