import { readdirSync, readFileSync } from 'node:fs'
import { map, NEVER, type Observable } from 'rxjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as crum from '../src/index'
import { fakePage } from './helpers/page'
import { FakeTarget } from './helpers/target'

afterEach(() => vi.unstubAllGlobals())

/** The files of a folder that export a function under their own name, which gives this. */
const functionsIn = (folder: string, gives: string) => {
  const place = new URL(`../src/${folder}/`, import.meta.url)
  const paths = readdirSync(place, { recursive: true, encoding: 'utf8' })
  // what a sink is made of is none
  return paths
    .filter((path) => !path.startsWith('delivery'))
    .flatMap((path) => {
      const name = /(\w+)\.ts$/.exec(path)?.[1]
      const signature = RegExp(`^export const ${name} =\\s+\\((?:(?!=>\\s*\\n|=> {)[^])*?\\): ${gives}\\b`, 'm')
      return name && signature.test(readFileSync(new URL(path, place), 'utf8')) ? [name] : []
    })
}

describe('the package', () => {
  test.for<[kind: string, names: string[]]>([
    ['the collector, and what it is put together from', ['collect', 'defaultSources', 'into', 'lateOnce']],
    ['tools for DevTools', ['equip', 'consoleLog', 'printLines']],
    ['ways between RxJS and the browser', ['fromPlatform', 'toPlatform']],
    ['every source', functionsIn('sources', 'Observable')],
    ['the states and events of the page', ['visibility', 'route', 'loaded', 'pageLeave', 'pageRestored']],
    ['every sink', [...functionsIn('sinks', 'Sink'), 'beaconSink']],
  ])('gives %s', ([, names]) => {
    expect(names.length).toBeGreaterThan(1)
    expect(Object.keys(crum)).toEqual(expect.arrayContaining(names))
  })

  test('looks for its sources and sinks in all folders', () => {
    expect(functionsIn('sources', 'Observable')).toEqual(expect.arrayContaining(['longTasks', 'webVitals']))
    expect(functionsIn('sinks', 'Sink')).toEqual(expect.arrayContaining(['dryRun', 'callbackSink']))
  })

  test('gives sources that need nothing but a page', () => {
    const page = fakePage({ navigation: new FakeTarget() })
    const seen: unknown[] = []
    const { longTasks, heroMarks, visibility, webVitals } = crum
    const open = [longTasks, heroMarks, visibility, webVitals].map((source) =>
      (source(page) as Observable<unknown>).subscribe((value) => seen.push(value)),
    )
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    page.emit('mark', [{ name: 'HE-a' }])
    for (const one of open) one.unsubscribe()

    expect(seen).toMatchObject(['visible', { name: 'self' }, { name: 'HE-a' }])
    expect(page.open()).toBe(0)
  })
})

test('the collector of the package checks what it is given, and runs in the global page', () => {
  const page = fakePage()
  vi.stubGlobal('window', page)
  const { debug$, stop } = crum.collect({ sources: [NEVER.pipe(map(() => 'text' as never)), 'text' as never] })
  stop()
  const types: string[] = []
  debug$.filter('error', 'stop').subscribe(({ type }) => types.push(type))

  expect(types).toEqual(['error', 'stop'])
  expect(page.open()).toBe(0)
})

test('a collector has functions that need no `this`', () => {
  const { addEvent, addToLabels, consent, debug$, onReady, setViewId, stop } = crum.collect({ page: fakePage() })
  const types: string[] = []
  debug$.subscribe(({ type }) => types.push(type))
  setViewId('a')
  addToLabels('a=1')
  addEvent('a')
  onReady({})
  consent(true)
  stop()

  expect(types).not.toContain('error')
  expect(types.at(-1)).toBe('stop')
})
