// What targets offer to other packages.

export {};
