// What schedules of slices offer to other packages.

export {};
