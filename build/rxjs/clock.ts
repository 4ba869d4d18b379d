// the browser's clock as it was when the client came: a page may replace it later; in tests, RxJS's test scheduler has
// its place
export const startTicking = setInterval
export const stopTicking = clearInterval
export const { now } = Date
