import { ReplaySubject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { equip } from '../../src/devtools/equip'
import type { Step } from '../../src/devtools/step'
import { steps } from '../../src/devtools/steps'
import type { Collector } from '../../src/index'
import { fakePage } from '../helpers/page'

/** A collector's debug stream alone, with two steps behind it. */
const collector = (url = 'https://shop.test/', remembered = 200) => {
  const page = fakePage({ url })
  const value$ = new ReplaySubject<Step>(remembered)
  const next = (step: Step) => value$.next(step)
  next({ type: 'init', timeStamp: 1, settings: {} })
  next({ type: 'skip', timeStamp: 2 })
  const crum = { debug$: steps(value$, fail) } as Collector
  return { page, next, crum }
}

const printed = ({ logged }: ReturnType<typeof fakePage>) => logged.map(({ method, args }) => [method, args[0]])

describe('equip', () => {
  test('counts what the collector did, also before', () => {
    const { page, next, crum } = collector()
    equip(crum, page)
    next({ type: 'skip', timeStamp: 3 })

    expect(crum.status().beacons).toMatchObject({ skip: 2, from: 0 })
    expect(printed(page)).toEqual([
      ['table', expect.objectContaining({ metrics: { state: 'on', readings: 0 } })],
      ['table', expect.objectContaining({ beacons: expect.objectContaining({ skip: 2 }) })],
    ])
  })

  test('says since when it counts where the first steps are forgotten, and what `CRUM` says is off', () => {
    const { page, next, crum } = collector('https://shop.test/', 1)
    Object.assign(page, { CRUM: { ...crum, trackConsole: false, trackErrors: 'no' } })
    next({ type: 'skip', timeStamp: 12_345 })
    const { sources, beacons } = equip(crum, page).status()

    expect(beacons.from).toBe(12_345)
    expect(sources).toMatchObject({
      'view.console[]': { state: 'off' },
      // what is no setting has changed nothing
      'view.errors[]': { state: 'unknown' },
      'view.longTasks[]': { state: 'unknown' },
    })
    expect(printed(page).map(([method]) => method)).toEqual(['table', 'table', 'log'])
    expect(printed(page).at(-1)).toEqual(['log', expect.stringMatching(/^crum: counted since 12\.3 s .*\?debug=1/)])
  })

  test('takes no settings from another `CRUM`', () => {
    const { page, next, crum } = collector('https://shop.test/', 1)
    Object.assign(page, { CRUM: { trackConsole: false } })
    next({ type: 'skip', timeStamp: 2 })

    expect(equip(crum, page).status().sources['view.console[]']?.state).toBe('unknown')
  })

  test('lets one loop over the debug stream', async () => {
    const { page, crum } = collector()
    const types: string[] = []
    for await (const { type } of equip(crum, page).debug$) {
      types.push(type)
      if (type === 'skip') break
    }

    expect(types).toEqual(['init', 'skip'])
  })

  test('shows the steps where the address asks for it, the remembered ones first', () => {
    const { page, next, crum } = collector('https://shop.test/?debug=1')
    equip(crum, page)
    next({ type: 'stop', timeStamp: 3 })

    expect(printed(page).filter(([method]) => method === 'groupCollapsed')).toEqual(
      ['init', 'skip', 'stop'].map((type) => ['groupCollapsed', expect.stringMatching(`crum ${type}`)]),
    )
  })

  test('does so once', () => {
    const { page, crum } = collector('https://shop.test/?debug=1')
    const { status } = equip(crum, page)

    expect(equip(crum, page).status).toBe(status)
    expect(printed(page).filter(([method]) => method === 'groupCollapsed')).toHaveLength(2)
  })

  test('tells of a console that fails, and reaches nobody else', () => {
    const { page, next, crum } = collector('https://shop.test/?debug=1')
    page.console.groupCollapsed = () => {
      throw new Error('of theirs')
    }
    equip(crum, page)
    next({ type: 'skip', timeStamp: 3 })

    expect(printed(page)).toEqual([['error', 'crum:']])
    expect(crum.status().beacons.skip).toBe(2)
  })
})

const fail = (error: unknown) => {
  throw error
}
