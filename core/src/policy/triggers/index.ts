// What triggers offer to other packages.

export {};
