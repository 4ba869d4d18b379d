import { expect, test } from '../harness/browserTest.ts'
import { untilTold } from '../readings/told.ts'
import { complaints, guestPage, received } from './guestPage.ts'

/** Everything that has to do with JSON: the stored session, copies for `beforeSend`, masks, and halves of what is large. */
const settings = `CRUM = {
  samplingRate: 200,
  maskUrl: (url) => url.replace(/[?].*$/, ''),
  beforeSend: (payload) => Object.assign(payload, { view: { ...payload.view, referer: 'seen' } }),
}`

test.for([
  ['JSON.stringify that fails', `JSON.stringify = () => { throw new Error('no JSON') }`],
  ['JSON.parse that fails', `JSON.parse = () => { throw new Error('no JSON') }`],
  [
    'another JSON.stringify, and another JSON.parse',
    `JSON.stringify = () => '"theirs"'; JSON.parse = () => ({ id: 'theirs' })`,
  ],
  ['a toJSON of all objects', `Object.prototype.toJSON = function () { return 'theirs' }`],
] as const)(
  'keeps its session, masks and splits in pages with %s, whose script came later',
  async ([, after], { site, tab }) => {
    const at = await site({ ...guestPage({ after }), '/settings.js': settings })
    at.routes['/next'] = at.routes['/'] as object
    const visitor = await tab()
    const heard = complaints(visitor)
    const sessions: string[] = []
    for (const path of ['/?secret', '/next?secret']) {
      await visitor.goto(at.url(path))
      await visitor.evaluate(() => {
        const { CRUM } = globalThis as unknown as { CRUM: { addEvent(name: string, context: object): void } }
        // many bytes in few characters
        for (let index = 0; index < 20; index++) CRUM.addEvent('large', { text: '€'.repeat(2000) })
      })
      const { session, view } = await untilTold(received(at), ({ view }) => {
        expect(view.href).toBe(at.url(path.replace('?secret', '')))
        expect(view.events).toHaveLength(21)
        expect(view.console).toMatchObject([{ value: { 0: 'heard', 1: { deep: [1] } } }])
      })
      expect(view).toMatchObject({ search: '', referer: 'seen' })
      sessions.push(session.id)
    }
    expect(sessions[0]).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(sessions[1]).toBe(sessions[0])
    expect(Math.max(...at.beacons.map(({ text }) => Buffer.byteLength(text)))).toBeLessThanOrEqual(60_000)
    expect(heard).toEqual([])
  },
)
