import { of, ReplaySubject } from 'rxjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { equip } from '../../src/devtools/equip'
import type { Status } from '../../src/devtools/status'
import type { Step } from '../../src/devtools/step'
import { steps } from '../../src/devtools/steps'
import { collect, into, type Options } from '../../src/index'
import { collecting } from '../helpers/collecting'
import { fakePage } from '../helpers/page'
import { stepWith } from '../helpers/steps'

afterEach(() => vi.unstubAllGlobals())

/** A collector's debug stream alone, with two steps behind it. */
const collector = (remembered = 200) => {
  const page = fakePage()
  const value$ = new ReplaySubject<Step>(remembered)
  const next = (step: Step) => value$.next(step)
  next(stepWith('init', { timeStamp: 1, settings: {} }))
  next({ type: 'skip', timeStamp: 2 })
  return { page, next, crum: { debug$: steps(value$, fail), version: 5 } }
}

const printed = ({ logged }: ReturnType<typeof fakePage>) => logged.map(({ method, args }) => [method, args[0]])

describe('equip', () => {
  test('counts what the collector did, also before', () => {
    const { page, next, crum } = collector()
    const equipped = equip(crum, page)
    next({ type: 'skip', timeStamp: 3 })

    expect(equipped.status().beacons).toMatchObject({ skip: 2, from: 0 })
    expect(printed(page)).toEqual([
      ['table', expect.objectContaining({ metrics: { state: 'on', readings: 0 } })],
      ['table', expect.objectContaining({ beacons: expect.objectContaining({ skip: 2 }) })],
    ])
  })

  test('gives the collector its tools, and leaves it all that it has', () => {
    const { page, crum } = collector()

    expect(equip(crum, page)).toBe(crum)
    expect(crum).toMatchObject({ version: 5, status: expect.any(Function) })
  })

  test('says since when it counts where the first steps are forgotten, and what `CRUM` says is off', () => {
    const { page, next, crum } = collector(1)
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
    const { page, next, crum } = collector(1)
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

  test('does so once', () => {
    const { page, crum } = collector()
    const { status, debug$ } = equip(crum, page)
    const again = equip(crum, page)

    expect([again.status, again.debug$]).toEqual([status, debug$])
    expect(again.status().beacons.skip).toBe(1)
  })

  test('gives its tools to each object that has the debug stream, as where the script is loaded twice', () => {
    const { page, crum } = collector()
    const other = { ...crum }
    const [one, two] = [equip(crum, page), equip(other, page)]

    expect(one.status().beacons.skip).toBe(1)
    expect(two.status().beacons.skip).toBe(1)
  })

  test('prints to the console of the global page where none is given', () => {
    const { page, crum } = collector()
    vi.stubGlobal('window', page)
    equip(crum).status()

    expect(printed(page).map(([method]) => method)).toEqual(['table', 'table'])
  })
})

describe('equip, of a collector', () => {
  test('counts from the beginning with debug=1, however much happens then', () => {
    const page = fakePage({ url: 'https://shop.test/?debug=1' })
    const source = of(...Array(300).fill({ timeStamp: 0 })).pipe(into('view.events[]'))
    const crum = equip(collect({ page, sources: [source], sinks: [], print: () => (step$) => step$ }), page)
    crum.stop()

    expect(crum.status().sources['view.events[]']).toMatchObject({ readings: 300 })
    expect(crum.status().beacons.from).toBe(0)
  })

  test('counts readings from then on, if the address does not ask for it, and all else from the beginning', () => {
    const page = fakePage()
    const crum = collect({ page, sinks: [] })
    crum.addEvent('early')
    const equipped = equip(crum, page)
    crum.addEvent('late')
    crum.stop()

    expect(equipped.status()).toMatchObject({
      sources: { 'view.events[]': { state: 'on', readings: 1 } },
      beacons: { from: 0, send: 1 },
    })
  })

  test.for(['trackResources', 'trackHeroes', 'trackErrors', 'trackConsole'])(
    'knows for status() what %s switches off',
    (setting) => {
      const run = (options: Options) => {
        const off: string[] = []
        const { steps } = collecting(
          [[500, (page, crum) => off.push(...offIn(equip(crum, page).status()))]],
          600,
          options,
        )
        return { off, silent: steps.filter(({ type }) => type === 'unsupported').map(({ part }) => `${part}`) }
      }
      const offIn = ({ sources }: Status) =>
        Object.entries(sources).flatMap(([field, { state }]) => (state === 'off' ? [field] : []))
      const usual = run({})
      const without = run({ [setting]: false })

      expect(usual.off).toEqual([])
      expect(without.off.length).toBeGreaterThan(0)
      expect(without.off.sort()).toEqual(without.silent.filter((part) => !usual.silent.includes(part)).sort())
    },
  )
})

const fail = (error: unknown) => {
  throw error
}
