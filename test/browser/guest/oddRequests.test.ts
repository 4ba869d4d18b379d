import { expect, test } from '../harness/browserTest.ts'
import { untilTold } from '../readings/told.ts'
import { complaints, expectHealthy, expectSample, guestPage, received } from './guestPage.ts'

/** A `fetch` of the page's own, as tools for tracing, mocking and authentication put it there. */
const wrapped = (way: string) => `
  var asked = [], plain = window.fetch
  window.fetch = async function (url, init = {}) { asked.push(String(url)); ${way} }`

const wrappers = [
  ['adds a header', `return plain.call(window, url, { ...init, headers: { ...init.headers, 'x-trace': '1' } })`],
  ['hands over a copy of the answer', `return (await plain.call(window, url, init)).clone()`],
  [
    'throws where there is no content',
    `const answer = await plain.call(window, url, init); if (answer.status === 204) throw new Error('no content'); return answer`,
  ],
] as const

test.for(wrappers)('works with a fetch that %s, and was there before', async ([what, way], { site, tab }) => {
  const at = await site(guestPage({ before: wrapped(way) }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  expect(await visitor.evaluate('asked')).toContain(at.url('/rum'))
  if (what === 'adds a header') expect(at.beacons[0]?.headers).toMatchObject({ 'x-trace': '1' })
  if (what.startsWith('throws')) {
    // to the client no request has arrived, so all but the first wait for the farewell
    await visitor.close()
    await untilTold(received(at), expectSample)
  } else await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})

const failing = [wrappers[0], ['always fails', `throw new Error('no network')`]] as const

test.for(failing)('asks nothing of a fetch that %s, and came later', async ([, way], { site, tab }) => {
  const at = await site(guestPage({ after: wrapped(way) }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  expect(await visitor.evaluate('asked')).toEqual([])
  await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})
