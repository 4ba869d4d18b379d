/** A layout shift score, to 4 decimals. */
export const score = (shift: number): number => Math.round(shift * 1e4) / 1e4
