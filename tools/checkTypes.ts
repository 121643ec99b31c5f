// Each room has its own compiler options (the pure ones see neither Node nor a page), so each is a project.

import { listFiles } from './listFiles.ts';
import { runNode } from './runNode.ts';

const atOnce = 2;

/** Type-check every project under the working folder, two at a time; resolves to whether all of them pass. */
export async function checkTypes(): Promise<boolean> {
  const projects = listFiles('.').filter((file) => /(^|\/)tsconfig\.json$/.test(file));
  const failed: string[] = [];
  const work = async () => {
    for (let project = projects.pop(); project !== undefined; project = projects.pop()) {
      const { code } = await runNode('node_modules/typescript/bin/tsc', '--noEmit', '--pretty', '-p', project);
      if (code !== 0) failed.push(project);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failed.length > 0) console.error(`Type errors in ${failed.toSorted().join(', ')}.`);
  return failed.length === 0;
}
