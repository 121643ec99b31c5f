// PGlite's own file system never calls fsync, even with fsync on: what it says is committed is lost when the power
// fails. This one syncs what PostgreSQL asks to have synced, files and folders.

import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

// What Emscripten's file system on Node keeps of an open file, as far as it is used here.
type Stream = { readonly nfd?: number; readonly node: unknown };
type HostFs = {
  readonly stream_ops: { fsync?: (stream: Stream) => number };
  readonly realPath: (node: unknown) => string;
  /** Turn an error of Node into an errno for PostgreSQL. */
  readonly tryFSOperation: (operation: () => void) => void;
};

/** Give PGlite a folder on disk as its file system, durably. `fsync` is a seam for tests: Node's own by default. */
export function durableFs(folder: string, fsync: (fd: number) => void = fsyncSync): NodeFS {
  const fs = new NodeFS(folder);
  const init = fs.init.bind(fs);
  fs.init = async (pglite, options) => {
    const { emscriptenOpts } = await init(pglite, options);
    const preRun: NonNullable<typeof emscriptenOpts.preRun> = [
      ...(emscriptenOpts.preRun ?? []),
      (module) => {
        const host = module.FS.filesystems.NODEFS as unknown as HostFs;
        host.stream_ops.fsync = (stream) => {
          host.tryFSOperation(() => sync(stream, host, fsync));
          return 0;
        };
      },
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  };
  return fs;
}

/** Folders are open to PostgreSQL but not to Node: open them to sync them. */
function sync(stream: Stream, host: HostFs, fsync: (fd: number) => void): void {
  if (stream.nfd !== undefined) return fsync(stream.nfd);
  const fd = openSync(host.realPath(stream.node), 'r');
  try {
    fsync(fd);
  } finally {
    closeSync(fd);
  }
}
