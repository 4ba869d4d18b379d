import { merge, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { defaultSources } from '../src/defaultSources'
import { knownFields } from '../src/payload/fields'
import { type Reading, unbatched, valueIn } from '../src/payload/reading'
import type { SourceOptions } from '../src/sources/source'
import { type Acts, collecting, mark, resources } from './helpers/collecting'
import { FakeElement, type FakePage, fakePage } from './helpers/page'
import { reading } from './helpers/readings'
import { settled } from './helpers/settled'
import { valuesOf } from './helpers/sources'
import { FakeTarget } from './helpers/target'
import { watch } from './helpers/watch'

/** What all of a name read while a page does something. */
const readBy = (name: string, page: FakePage, options: SourceOptions = {}, act?: (page: FakePage) => void): Reading[] =>
  valuesOf(
    page,
    merge(...defaultSources().flatMap((source) => (source.name === name ? [source(page, options)] : []))),
    act,
  )

describe('defaultSources', () => {
  test('are plain observables of readings, for any use', () => {
    const page = fakePage({ navigation: new FakeTarget() })
    const { seen, unsubscribe } = watch(merge(...defaultSources().map((source) => source(page))))
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    unsubscribe()

    expect(seen).toContainEqual({ field: 'view.longTasks[]', value: { name: 'self', startTime: 0, duration: 60 } })
    expect(seen).toContainEqual({ field: 'view', value: { visibility: 'visible' } })
    expect(page.open()).toBe(0)
  })

  test('take nothing from the page before somebody subscribes', () => {
    const page = fakePage()
    const started = defaultSources().map((source) => source(page))

    expect(started.length).toBeGreaterThan(10)
    expect(page.open()).toBe(0)
  })

  test('switches off what the settings switch off', () => {
    const off = { trackResources: false, trackHeroes: false, trackErrors: false, trackConsole: false }
    const acts: Acts = [
      [
        1000,
        (page) => {
          page.emit('resource', resources(3))
          page.console.warn('a')
          page.fire('error', { message: 'a' })
        },
      ],
      [1001, mark('a')],
    ]
    const { payloads } = collecting(acts, 6000, off)

    for (const field of ['resources', 'resourceTypes', 'marks', 'errors', 'console']) {
      expect(payloads[0]?.view).not.toHaveProperty(field)
    }
  })

  test('have the name of the field that they fill, or are cuts', () => {
    const names = defaultSources().map(({ name }) => name)

    expect([...new Set(names)].sort()).toEqual([...knownFields, 'cut'].sort())
    expect(names).toEqual(expect.arrayContaining(['view', 'metrics', 'view.resources[]', 'view.actions[]']))
  })

  test.for<[keyof SourceOptions, string[]]>([
    ['trackResources', ['view.resources[]', 'view.resourceTypes']],
    ['trackHeroes', ['view.marks[]']],
    ['trackErrors', ['view.errors[]']],
    ['trackConsole', ['view.console[]']],
  ])('observe nothing of what %s switches off', ([setting, fields]) => {
    const without = (options: SourceOptions) =>
      defaultSources()
        .map((source) => {
          const page = fakePage()
          const { unsubscribe } = watch(source(page, options))
          const isOn = page.open() > 0
          unsubscribe()
          return isOn ? source.name : ''
        })
        .filter(Boolean)
    const on = without({})

    expect(on).toEqual(expect.arrayContaining(fields))
    expect(without({ [setting]: false })).toEqual(on.filter((name) => !fields.includes(name)))
  })

  test('work out who the browser is when somebody asks, and not before', () => {
    const [who] = readBy('attributes', fakePage({ navigator: { userAgent: 'Mozilla/5.0 (Macintosh; )' } }))

    expect(who).toEqual({ field: 'attributes', late: expect.any(Function) })
    expect(valueIn(who as Reading)).toMatchObject({ device: { platform: 'Apple', type: 'desktop' } })
  })

  test('ask the browser for the rest of the device when the page is calm', () => {
    const calm$ = new Subject()
    let asked = 0
    const userAgentData = {
      getHighEntropyValues: () => {
        asked++
        return new Promise(() => {})
      },
    }
    const page = fakePage({ navigator: { userAgent: '', userAgentData } })
    const askedAfter: number[] = []
    readBy('attributes', page, { calm$ }, () => {
      askedAfter.push(asked)
      calm$.next(0)
      askedAfter.push(asked)
    })

    expect(askedAfter).toEqual([0, 1])
  })

  test('ask for it at once where nobody says when the page is calm', async () => {
    const getBattery = async () => Object.assign(new FakeTarget(), { charging: true })
    const [source] = defaultSources()
      .flatMap((source) => (source.name === 'attributes' ? [source] : []))
      .slice(1)
    const { seen, unsubscribe } = watch((source as NonNullable<typeof source>)(fakePage({ navigator: { getBattery } })))
    await settled()
    unsubscribe()

    expect(seen).toEqual([{ field: 'attributes', value: { device: { charging: true } } }])
  })

  test('audit the page once, in its first view', () => {
    const audit = { field: 'audits', value: { crossOriginIsolated: true } }

    expect(readBy('audits', fakePage({ crossOriginIsolated: true }))).toEqual([audit])
    expect(readBy('audits', fakePage({ crossOriginIsolated: true }), { since: 9000 })).toEqual([])
  })

  test('read resource entries as they come, to be taken apart when they leave', () => {
    const readings = readBy('view.resources[]', fakePage(), {}, (page) => page.emit('resource', resources(3)))

    expect(readings.map(({ batch }) => batch?.length)).toEqual([3])
    expect(readings.flatMap(unbatched).map(valueIn)).toMatchObject(resources(3).map(({ name }) => ({ name })))
  })

  test('close the sample with a click that is not to wait, which is the last one in it', () => {
    const click = (attributes: Record<string, string>) => (page: FakePage) =>
      page.fire('click', { target: new FakeElement('button', { 'crum-action': 'pay', ...attributes }) })
    const urgent = readBy('view.actions[]', fakePage(), {}, click({ 'crum-send': '' }))
    const usual = readBy('view.actions[]', fakePage(), {}, click({}))

    expect(urgent).toMatchObject([{ field: 'view.actions[]', value: { name: 'pay' }, cut: 'action' }])
    expect(urgent[0]?.value).not.toHaveProperty('isUrgent')
    expect(usual.map(({ cut }) => cut)).toEqual([undefined])
  })

  test('close the sample when the page is left, which it is while it still calls itself visible', () => {
    const page = fakePage()

    expect(readBy('cut', page, {}, () => page.fire('pagehide'))).toEqual([
      { field: 'view', value: { visibility: 'hidden' }, cut: 'hidden' },
    ])
  })

  test('close the sample of a view before they introduce the next one', () => {
    const page = fakePage({ navigation: new FakeTarget() })
    const introduced = readBy('view', page, {}, () => page.navigate('/cart'))

    // the visibility of the page comes from a source of its own
    expect(introduced.map(({ value, cut }) => [Object(value).pathname, cut])).toEqual([
      ['/', undefined],
      [undefined, undefined],
      [undefined, 'route'],
      ['/cart', undefined],
    ])
  })

  test('fill in what the owner says', () => {
    const [labels$, event$] = [new Subject<string[]>(), new Subject<never>()]
    const paid = { paid: {}, timeStamp: 5 }

    expect(readBy('attributes', fakePage(), { labels$ }, () => labels$.next(['a=1'])).at(-1)).toEqual(
      reading('attributes', { labels: ['a=1'] }),
    )
    expect(readBy('view.events[]', fakePage(), { event$ }, () => event$.next(paid as never))).toEqual([
      { field: 'view.events[]', value: paid },
    ])
  })
})
