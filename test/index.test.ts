import { map, NEVER } from 'rxjs'
import { afterEach, expect, test, vi } from 'vitest'
import * as crum from '../src/index'
import { fakePage } from './helpers/page'

afterEach(() => vi.unstubAllGlobals())

test('the package gives the collector, its parts, and tools for DevTools', () => {
  expect(Object.keys(crum).sort()).toEqual([
    ...['beaconSink', 'chunkEntries', 'collect', 'consoleLog', 'defaultSources', 'distinctPayload', 'dryRun', 'equip'],
    ...['holdUntil', 'into', 'printLines', 'sampleEvery'],
  ])
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
