// A lock is whole when it holds every package that it names, for this platform and for all others.

type Versions = Readonly<Record<string, string>>;

/** Hold what the checks read of one package in package-lock.json. */
export type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
};

/** List the optional dependencies that a locked package names and the lock does not hold, with who names them. */
export function listMissing(packages: Readonly<Record<string, Locked>>): readonly { name: string; parent: Locked }[] {
  return Object.entries(packages).flatMap(([path, parent]) =>
    Object.keys(parent.optionalDependencies ?? {})
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => ({ name, parent })),
  );
}
