import { readFileSync } from 'node:fs'
import type { Collector } from '../../../src/index.ts'
import { untilTold } from '../../browser/readings/told.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

/** Half a character in a JSON: strict parsers refuse all of it. */
const half = /[^\\](\\\\)*\\ud[89a-f]/i

test('tells well-formed Unicode wherever a text is cut, and whatever the page or its owner made of it', async ({
  site,
  tab,
}) => {
  const hook =
    `<script>CRUM.beforeSend = (payload) => { payload.attributes.labels.push('cut \ud83d'.slice(0, 5)); return payload }</script>`.replace(
      '\ud83d',
      '\\ud83d',
    )
  const at = await site({
    '/': fieldPage('<button>Order</button>').replace('<script id="CRUM"', `${hook}<script id="CRUM"`),
  })
  const visitor = await tab(at.url('/'))
  await visitor.run(() => {
    // each length cuts at another place
    for (const length of [1996, 1997, 1998, 1999, 2000, 2001]) {
      const wide = `${'x'.repeat(length)}\u{1f600}\u{1f600}`
      CRUM.addEvent(wide, { [wide]: wide })
      CRUM.addEvent('list', [wide, wide, wide, wide, wide])
      CRUM.addError(new Error(wide, { cause: wide }), wide)
      CRUM.addToLabels(`a=${wide}`)
      console.error(
        wide,
        { [Symbol.toStringTag]: wide },
        Object.defineProperty(() => 0, 'name', { value: wide }),
      )
      performance.mark(`HE-${wide}`, { detail: wide })
      document.querySelector('button')?.setAttribute('crum-action', wide)
    }
    CRUM.addEvent('halves', ['a\ud83d', '\ude00b', { '\ud83d': '\ude00' }])
    CRUM.setViewId(`${'x'.repeat(1999)}\u{1f600}`)
  })
  await visitor.click('button')
  const { view } = await untilTold(at, ({ view }) => expect(view.actions).toHaveLength(1))
  expect(view.events.find((event) => 'halves' in event)?.halves).toEqual(['a\ufffd', '\ufffdb', { '\ufffd': '\ufffd' }])
  await visitor.leave()
  await untilTold(at, ({ view }) => expect(view.marks).toHaveLength(6))
  expect(at.beacons.length).toBeGreaterThan(0)
  for (const { text } of at.beacons) {
    expect(text).not.toMatch(half)
    expect(text).not.toMatch(/\p{Cs}/u)
  }
})

test('is a script of pure ASCII', () => {
  const text = readFileSync(new URL('../../../dist/crum.js', import.meta.url), 'latin1')
  expect(text).toMatch(/^[\0-\x7f]+$/)
})

test.for(['windows-1251', 'shift_jis'])(
  'marks what was cut in a page in %s, to which the script comes without a charset',
  async (charset, { site, tab }) => {
    const at = await site({ '/': { body: fieldPage(''), headers: { 'content-type': `text/html;charset=${charset}` } } })
    at.routes['/rum'] = { ...(at.routes['/rum'] as object), headers: { 'content-type': 'text/javascript' } }
    const visitor = await tab(at.url('/'))
    expect(await visitor.run(() => document.characterSet.toLowerCase())).toBe(charset)
    await visitor.run(() => CRUM.addEvent('long', 'x'.repeat(3000)))
    const { view } = await untilTold(at, ({ view }) => expect(view.events).toHaveLength(1))
    expect(String(view.events[0]?.long).slice(-2)).toBe('x\u2026')
  },
)
