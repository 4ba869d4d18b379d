/**
 * Whether work on a text takes time as the text is long: eight times the length costs no more than 24 times as much, where squared it
 * would be 64. The fastest of several counts: somebody else may have the processor for a while.
 */
export const isLinear = (work: (text: string) => unknown, start: string, part: string): boolean => {
  const timeOf = (length: number) => {
    const text = start + part.repeat(length / part.length)
    const from = performance.now()
    work(text)
    return performance.now() - from
  }
  let [short, long] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let times = 0; times < 50; times++) {
    short = Math.min(short, timeOf(2000))
    long = Math.min(long, timeOf(16_000))
    if (times >= 6 && long <= short * 24) return true
  }
  return false
}

/** Parts of URLs, which patterns may take for the beginning of one again and again. */
export const partsOfUrls = [
  ...[
    'data:a/',
    'blob:',
    '//a',
    '//a@',
    'data:,',
    '=%2f%2f',
    '%3a%2f%2fa:b',
    ':a',
    'https:',
    'a.',
    'https://a',
    ':1:1',
  ],
  ...'/\\%:.)@a=&\'"',
]
