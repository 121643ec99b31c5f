// What networks of markets offer to other packages.

export {};
