// as they were when the client came: a page may replace them later
const start = setInterval
const end = clearInterval

/** The browser's clock. In tests, RxJS's test scheduler has its place. */
export const { now } = Date

/** Ticks every `rate` ms, until the function that comes back is called. */
export const every = (rate: number, tick: () => void): (() => void) => {
  const handle = start(tick, rate)
  return () => end(handle)
}
