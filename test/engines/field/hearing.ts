import type { Site } from '../../browser/harness/site.ts'

/**
 * The first script of a page that tells its server what fails in it, and what is written into its console at some levels. It
 * asks for what it heard, since a hostile page may leave a driver nothing to ask with.
 */
export const hearing = (...levels: string[]): string => `{
  const { Image, encodeURIComponent } = window
  let count = 0
  // a browser asks for one address once
  const tell = (text) => { new Image().src = '/heard?' + ++count + '&' + encodeURIComponent(text) }
  addEventListener('error', ({ message, error }) => message && tell('uncaught ' + (error?.message ?? message)))
  addEventListener('unhandledrejection', ({ reason }) => tell('uncaught ' + (reason?.message ?? reason)))
  for (const level of ${JSON.stringify(levels)}) {
    const plain = console[level]
    console[level] = (...line) => { tell(line.join(' ')); plain.apply(console, line) }
  }
}`

/** What was heard, in order. */
export const heardAt = ({ requests }: Site): string[] =>
  requests.flatMap((request) => {
    const [, text] = /^GET \/heard\?\d+&(.*)/.exec(request) ?? []
    return text === undefined ? [] : [decodeURIComponent(text)]
  })
