import type { Collector } from '../../../src/index.ts'
import { told } from '../../browser/readings/told.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

/** A recursion without an end, whose error the page catches where it happens. */
const caught = (call: string) => `(function render(n) { try { render(n + 1) } catch (error) { ${call} } })(0)`

test.for([
  ['logs its error at the bottom', caught('console.error(error)')],
  ['reports its error at the bottom', caught('CRUM.addError(error)')],
] as const)('goes on after a recursion without an end that %s', async ([, recursion], { site, tab }) => {
  const at = await site({ '/': fieldPage('') })
  const visitor = await tab(at.url('/'))
  await visitor.run(() => console.warn('before'))
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.console))
  await visitor.script(recursion)
  const isTold = async () => {
    // again, as the recursion may have used up what a sample has room for
    await visitor.run(() => {
      console.warn('after')
      CRUM.addError(new Error('after'))
      CRUM.addEvent('after')
    })
    const { console: lines, errors, events } = told(at.beacons).view
    return [
      lines.some(({ value }) => value[0] === 'after'),
      errors.some(({ message }) => message === 'after'),
      events.some((event) => 'after' in event),
    ]
  }
  await expect.poll(isTold, { interval: 500 }).toEqual([true, true, true])
})
