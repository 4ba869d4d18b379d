/** The browser's clock. In tests, RxJS's test scheduler has its place. */
export const now = (): number => Date.now()

/** Ticks every `rate` ms, until the function that comes back is called. */
export const every = (rate: number, tick: () => void): (() => void) => {
  const handle = setInterval(tick, rate)
  return () => clearInterval(handle)
}
