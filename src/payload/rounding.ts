/** A time in ms, not negative (Firefox has given a `fetchStart` of -14), to a tenth of a millisecond. */
export const tenths = (milliseconds: number): number => Math.round(Math.max(0, milliseconds) * 10) / 10

/** A layout shift score, to 4 decimals. */
export const score = (shift: number): number => Math.round(shift * 1e4) / 1e4
