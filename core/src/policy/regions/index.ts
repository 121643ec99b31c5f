// What no-trade regions offer to other packages.

export {};
