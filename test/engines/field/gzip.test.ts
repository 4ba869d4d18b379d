import { buffer } from 'node:stream/consumers'
import type { Collector } from '../../../src/index.ts'
import type { Route } from '../../browser/harness/routes.ts'
import { loader } from '../../browser/harness/snippet.ts'
import type { Tab } from '../driver/tab.ts'
import { test } from '../engineTest.ts'

declare const CRUM: Collector

const html = `<!doctype html><title>page</title>${loader('/rum', { samplingRate: 100, trackResources: false, endpoint: '/in' })}hello`

/** An event that is worth to be compressed. */
const tell = (visitor: Tab, n: number) => visitor.run((n) => CRUM.addEvent(`large ${n}`, 'x'.repeat(3000)), n)

/** A receiver at first takes gzip; when it `changes`, it answers gzip with this status, and says nothing of it any more. */
const receiver = (status: number) => {
  let isNew = false
  let packed = 0
  const stored: string[] = []
  const route: Route = async (request, response) => {
    const body = await buffer(request)
    const isPacked = body[0] === 0x1f
    if (isPacked) packed++
    else if (isNew) stored.push(...(`${body}`.match(/large \d/g) ?? []))
    response.writeHead(isNew && isPacked ? status : 200, isNew ? {} : { 'accept-encoding': 'gzip' }).end()
  }
  const change = () => {
    isNew = true
    packed = 0
  }
  return { route, stored, packed: () => packed, change }
}

test.concurrent.for([
  ['stores it all the same', 200],
  ['refuses it', 415],
  ['fails at it', 500],
] as const)(
  'loses nothing, and compresses no more, where a receiver that took gzip %s',
  async ([, status], { expect, needs, site, ownWindow }) => {
    needs('compression streams')
    const at = await site({ '/': html })
    const { route, stored, packed, change } = receiver(status)
    at.routes['/in'] = route
    const visitor = await ownWindow(at.url('/'))
    await expect.poll(() => visitor.run(() => localStorage['CRUM gzip'])).toBe(at.url('/in'))
    await tell(visitor, 0)
    await expect.poll(packed).toBeGreaterThan(0)

    change()
    await tell(visitor, 1)
    await expect.poll(() => stored).toContain('large 1')
    // another beacon may have been answered before
    const wasted = packed()
    expect(wasted).toBeLessThanOrEqual(1)
    await tell(visitor, 2)
    await expect.poll(() => stored).toContain('large 2')
    await visitor.go(at.url('/'))
    await tell(visitor, 3)
    await expect.poll(() => stored).toContain('large 3')
    expect(packed()).toBe(wasted)
  },
)
