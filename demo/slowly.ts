import { setTimeout } from 'node:timers/promises'
import type { Answer } from './dispatch.ts'
import { Refusal } from './refusal.ts'
import { serveFile } from './serveFile.ts'

const longest = 10_000

/** Answers `/slow/<ms>/<file>` with a file of the shop, that much later, for at most ten seconds. */
export function slowly(root: string): Answer {
  return async (exchange) => {
    const { ms, file } = exchange.params
    const delay = Number(ms)
    if (!(delay <= longest)) throw new Refusal(400, `A slow file takes 0 to ${longest} ms; got ${ms}`)

    const gone = new AbortController()
    exchange.response.once('close', () => gone.abort())
    await setTimeout(delay, undefined, { signal: gone.signal })
    exchange.response.setHeader('cache-control', 'no-store')
    exchange.response.setHeader('server-timing', `delay;dur=${delay};desc="as asked"`)
    await serveFile(exchange, root, `/${file}`)
  }
}
