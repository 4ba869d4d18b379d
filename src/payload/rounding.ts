/** A time, not negative (Firefox has given a `fetchStart` of -14), to a tenth of a millisecond. */
export const tenths = (milliseconds: number): number => Math.round(Math.max(0, milliseconds) * 10) / 10
