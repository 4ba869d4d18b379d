import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { untilTold } from '../readings/told.ts'
import { bundle } from './bundle.ts'
import { complaints, guestPage, received, settingsScript } from './guestPage.ts'

declare const CRUM: Collector
declare const angular: {
  /** How often change detection has run, by the application's own count, and by that of its zone. */
  checks: number
  turns: number
  isStable: boolean
  hasPendingTasks(): boolean
  run<T>(action: () => T): T
  /** By Angular's router. */
  go(path: string): Promise<unknown>
}

/** What an application is made of. */
interface Parts {
  /** Source text that runs when it has started. */
  more?: string
  /** Its template, and what else its component has. */
  template?: string
  members?: string
}

/** An application with Angular's own zone.js, router and change detection, which counts how often it is woken up. */
const application = ({ more = '', template = '<p>ready</p>', members = '' }: Parts = {}) =>
  bundle(`
    import 'zone.js'
    import '@angular/compiler'
    import { ApplicationRef, Component, NgZone, provideZoneChangeDetection } from '@angular/core'
    import { bootstrapApplication } from '@angular/platform-browser'
    import { provideRouter, Router } from '@angular/router'
    import { collect } from '../../../dist/index.js'

    const angular = { checks: 0, turns: 0, isStable: false }
    const App = Component({ selector: 'app-root', template: '${template}' })(
      class { ngDoCheck() { angular.checks++ } ${members} }
    )
    const Other = Component({ selector: 'app-other', template: 'other' })(class {})
    addEventListener('DOMContentLoaded', async () => {
      const { injector } = await bootstrapApplication(App, {
        providers: [provideZoneChangeDetection(), provideRouter([{ path: 'other', component: Other }, { path: '**', children: [] }])],
      })
      const zone = injector.get(NgZone)
      zone.onMicrotaskEmpty.subscribe(() => angular.turns++)
      Object.assign(angular, {
        run: (action) => zone.run(action),
        go: (path) => injector.get(Router).navigateByUrl(path),
        hasPendingTasks: () => zone.hasPendingMacrotasks || zone.hasPendingMicrotasks,
      })
      ${more}
      injector.get(ApplicationRef).whenStable().then(() => { angular.isStable = true })
      window.angular = angular
    })
  `)

/** Bundled once. */
const alone = application()

const body = '<app-root></app-root>'
const settings = { samplingRate: 100, entriesRate: 100 }

const untilStable = (visitor: Page) => visitor.waitForFunction(() => typeof angular === 'object' && angular.isStable)

/** What wakes the application up while somebody is at work, the client's own loop runs, and beacons are answered. */
async function wakes(visitor: Page): Promise<{ checks: number; turns: number }> {
  const before = await visitor.evaluate(() => ({ ...angular }))
  await visitor.mouse.move(50, 50)
  await visitor.mouse.click(60, 60)
  await visitor.mouse.wheel(0, 50)
  await visitor.evaluate(() => {
    console.error('heard')
    history.pushState(0, '', '/route')
    performance.mark('HE-mark')
    CRUM.addEvent('outside')
  })
  await visitor.waitForTimeout(1500)
  const after = await visitor.evaluate(() => ({ ...angular }))
  return { checks: after.checks - before.checks, turns: after.turns - before.turns }
}

test.for(['before', 'after'] as const)(
  'does not wake an Angular application up, where the script comes %s it',
  async (order, { site, tab }) => {
    // the client stands between the two
    const at = await site(guestPage({ [order === 'before' ? 'after' : 'before']: await alone, body, settings }))
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await untilStable(visitor)
    expect(await wakes(visitor)).toEqual({ checks: 0, turns: 0 })
    // the counters themselves do count
    expect(await visitor.evaluate(() => angular.run(() => angular.checks))).toBeLessThan(
      await visitor.evaluate(() => angular.checks),
    )
    expect(at.beacons.length).toBeGreaterThan(1)
    await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ alive: {} }, { outside: {} }]))
    expect(heard).toEqual([])
  },
)

test('does not wake it up where the script is put into the page inside its zone', async ({ site, tab }) => {
  const insert = `zone.run(() => document.head.append(Object.assign(document.createElement('script'), { id: 'CRUM', src: '/rum' })))`
  const at = await site({
    '/': `<!doctype html><html><head><script src="/settings.js"></script><script src="/app.js"></script></head><body>${body}</body></html>`,
    '/settings.js': settingsScript(settings),
    '/app.js': await application({ more: insert }),
  })
  const visitor = await tab(at.url('/'))
  await untilStable(visitor)
  await visitor.waitForFunction(() => CRUM.debug$)
  await visitor.waitForTimeout(300)
  expect(await wakes(visitor)).toEqual({ checks: 0, turns: 0 })
  await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ outside: {} }]))
})

test('does not wake it up where the package starts inside its zone, and lets it become stable', async ({
  site,
  tab,
}) => {
  const start = `zone.run(() => { window.CRUM = collect({ endpoint: '/rum', samplingRate: 100 }) })`
  const at = await site({
    '/': `<!doctype html><html><head><script src="/app.js"></script></head><body>${body}</body></html>`,
    '/app.js': await application({ more: start }),
  })
  const visitor = await tab(at.url('/'))
  await untilStable(visitor)
  expect(await visitor.evaluate(() => angular.hasPendingTasks())).toBe(false)
  expect(await wakes(visitor)).toEqual({ checks: 0, turns: 0 })
  await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ outside: {} }]))
})

test.for(['addEvent', 'setViewId', 'addToLabels', 'consent', 'debug$.subscribe', 'stop'] as const)(
  'leaves nothing in the zone that %s is called in',
  async (name, { site, tab }) => {
    const at = await site(guestPage({ before: await alone, body, settings }))
    const visitor = await tab(at.url('/'))
    await untilStable(visitor)
    await visitor.waitForTimeout(300)
    const { turns, isPending } = await visitor.evaluate((name) => {
      const calls = {
        addEvent: () => CRUM.addEvent('inside', { a: 1 }),
        setViewId: () => CRUM.setViewId('inside'),
        addToLabels: () => CRUM.addToLabels('inside=1'),
        consent: () => CRUM.consent(true),
        'debug$.subscribe': () => void CRUM.debug$.subscribe(() => {}),
        stop: () => CRUM.stop(),
      }
      const before = angular.turns
      angular.run(calls[name])
      return { turns: angular.turns - before, isPending: angular.hasPendingTasks() }
    }, name)
    // that of the call itself
    expect({ turns, isPending }).toEqual({ turns: 1, isPending: false })
    const before = await visitor.evaluate(() => angular.turns)
    await visitor.waitForTimeout(500)
    expect(await visitor.evaluate(() => angular.turns)).toBe(before)
  },
)

/** Nothing is left to be done in the zone, and nothing wakes it up while several samples go by. */
async function expectCalm(visitor: Page) {
  await expect.poll(() => visitor.evaluate(() => angular.hasPendingTasks())).toBe(false)
  const before = await visitor.evaluate(() => ({ checks: angular.checks, turns: angular.turns }))
  await visitor.waitForTimeout(700)
  expect(await visitor.evaluate(() => ({ checks: angular.checks, turns: angular.turns }))).toEqual(before)
}

/** Does something in the zone ten times, whatever timers of ours are on: its turns, and how often one was left to come. */
const turnsOf = (visitor: Page, action: () => void) =>
  visitor.evaluate(async (action) => {
    const before = angular.turns
    let pending = 0
    for (let time = 0; time < 10; time++) {
      angular.run(new Function(`(${action})()`) as () => void)
      if (angular.hasPendingTasks()) pending++
      await new Promise((resolve) => setTimeout(resolve, 70))
    }
    return { turns: angular.turns - before, pending }
  }, String(action))

test('leaves nothing in the zone that the page logs in', async ({ site, tab }) => {
  const at = await site(guestPage({ before: await alone, body, settings }))
  const visitor = await tab(at.url('/'))
  await untilStable(visitor)
  expect(await turnsOf(visitor, () => console.error('heard'))).toEqual({ turns: 10, pending: 0 })
  await expectCalm(visitor)
  await untilTold(received(at), ({ view }) => expect(view.console).toHaveLength(11))
})

test('lets an application become stable whose template logs at each change detection', async ({ site, tab }) => {
  const template = '{{ noisy }}'
  const members = 'get noisy() { console.error("heard", "from the template"); return "ready" }'
  const at = await site(guestPage({ before: await application({ template, members }), body, settings }))
  const visitor = await tab(at.url('/'))
  await untilStable(visitor)
  expect(await turnsOf(visitor, () => {})).toEqual({ turns: 10, pending: 0 })
  await expectCalm(visitor)
  await untilTold(received(at), ({ view }) =>
    expect(view.console.map(({ value }) => value[1])).toContain('from the template'),
  )
})

test("leaves nothing in the zone of Angular's router, where there is no Navigation API", async ({ site, tab }) => {
  const without = `Object.defineProperty(window, 'navigation', { value: undefined });`
  const at = await site(guestPage({ before: without + (await alone), body, settings }))
  const visitor = await tab(at.url('/'))
  await untilStable(visitor)
  await visitor.evaluate(() => angular.run(() => angular.go('/other')))
  expect(await visitor.evaluate(() => location.pathname)).toBe('/other')
  await expectCalm(visitor)
  await untilTold(received(at), ({ view }) => expect(view.pathname).toBe('/other'))
})
