import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'

declare const CRUM: Collector

const html = (title: string) =>
  `<!doctype html><html><head><title>${title}</title>${loader('/rum', { samplingRate: 60_000 })}</head><body><button crum-action="${title}">${title}</button></body></html>`

test.for([
  ['with the snippet in it', html('anew'), false],
  ['without the snippet', '<!doctype html><button crum-action="anew">anew</button>', false],
  ['twice', html('anew'), true],
] as const)(
  'hears clicks, errors and leaving in a document that is written anew, %s',
  async ([, written, isTwice], { site, tab }) => {
    const at = await site({ '/': html('first') })
    const visitor = await tab(at.url('/'))
    await visitor.until(() => !!CRUM.debug$)
    for (let times = isTwice ? 2 : 1; times > 0; times--) {
      await visitor.run((written) => {
        document.open()
        document.write(written)
        document.close()
      }, written)
      await wait(300)
    }
    await visitor.click('button')
    await visitor.script("setTimeout(() => { throw new Error('odd') })")
    await wait(100)
    await visitor.hide()
    const views = () => at.beacons.map(({ payload }) => payload.view)
    await expect
      .poll(() => views().flatMap(({ errors = [] }) => errors))
      .toMatchObject([{ message: expect.stringMatching(/Error: odd$/) }])
    expect(views().flatMap(({ actions = [] }) => actions)).toMatchObject([{ name: 'anew' }])
    expect(at.beacons.map(({ payload }) => payload.beacon.reason)).toContain('hidden')
    const inits = await visitor.run(() => {
      let count = 0
      CRUM.debug$.filter('init').subscribe(() => count++)
      return count
    })
    expect(inits).toBe(1)
  },
)
