import { setTimeout as wait } from 'node:timers/promises'
import type { WebDriver } from 'selenium-webdriver'
import { Command, Name } from 'selenium-webdriver/lib/command.js'
import type { Point, Tab } from './tab.ts'

type InTurn = <T>(act: () => Promise<T>) => Promise<T>

/** A tab that is driven by W3C WebDriver; each command first turns to it. */
export function webDriverTab(driver: WebDriver, handle: string, inTurn: InTurn, opens: 'tab' | 'window'): Tab {
  let before = ''
  const here = <T>(act: () => Promise<T>) =>
    inTurn(async () => {
      await driver.switchTo().window(handle)
      return act()
    })
  const perform = (actions: object[]) =>
    here(async () => {
      await driver.execute(new Command(Name.ACTIONS).setParameter('actions', actions))
      await driver.execute(new Command(Name.CLEAR_ACTIONS))
    })
  const run: Tab['run'] = async (script, ...args) => {
    const answer = await here(() => driver.executeAsyncScript<Answer>(`(${inPage})(${script}, ...arguments)`, ...args))
    if ('thrown' in answer) throw new Error(answer.thrown)
    return answer.value as never
  }
  const arrive = async (path: string) => {
    // a page that is asked while another takes its place may never answer in WebKit, nor does what is asked after it
    await wait(300)
    await tab.until((path) => location.pathname === path && document.readyState === 'complete', path)
  }
  const tab: Tab = {
    run,
    go: (url) => here(() => driver.get(url)),
    until: async (script, ...args) => {
      // a script that races a navigation may lose its answer in WebKit: it is given up after 8 s and asked again
      for (const end = performance.now() + 30_000; ; await wait(50)) {
        const value = await run(script, ...args).catch(() => undefined)
        if (value) return value as never
        if (performance.now() > end) throw new Error(`in vain, for ${script}`)
      }
    },
    script: async (text) => {
      await run((text) => {
        const { document } = window
        document.head.append(Object.assign(document.createElement('script'), { text }))
      }, text)
    },
    click: async (where, { pointerType = 'mouse', at, times = 1 } = {}) => {
      const point = typeof where === 'string' ? await run(pointOf, where, at ?? null) : where
      const presses = Array.from({ length: times }, () => [down, up]).flat()
      const actions = [{ type: 'pointerMove', duration: 0, origin: 'viewport', ...point }, ...presses]
      await perform([{ type: 'pointer', id: pointerType, parameters: { pointerType }, actions }])
    },
    focus: async (selector) => {
      await run((selector) => document.querySelector<HTMLElement>(selector)?.focus(), selector)
    },
    keys: (text) => perform([{ type: 'key', id: 'keys', actions: [...text].flatMap(stroke) }]),
    back: async (path) => {
      await run(() => void setTimeout(() => history.back()))
      await arrive(path)
    },
    leave: async (path = '/left') => {
      await run((path) => void setTimeout(() => location.assign(path)), path)
      await arrive(path)
    },
    reload: () => here(() => driver.navigate().refresh()),
    hide: () =>
      here(async () => {
        if (opens === 'window') return void (await driver.manage().window().minimize())
        await driver.switchTo().newWindow('tab')
        before = await driver.getWindowHandle()
      }),
    show: async () => {
      if (opens === 'window') return void (await here(() => driver.manage().window().setRect({ x: 0, y: 0 })))
      await inTurn(async () => {
        await driver.switchTo().window(before)
        await driver.close()
      })
      await here(async () => {})
    },
    close: () => here(async () => void (await driver.close())),
  }
  return tab
}

type Answer = { value: unknown } | { thrown: string }

/** Runs in the page: WebDriver's last argument is what it waits for. */
const inPage = (script: (...args: unknown[]) => unknown, ...args: unknown[]) => {
  const done = args.pop() as (answer: Answer) => void
  Promise.resolve()
    .then(() => script(...args))
    .then(
      (value) => done({ value: value === undefined ? null : value }),
      (error) => done({ thrown: `${error}\n${error?.stack}` }),
    )
}

/** Runs in the page. */
const pointOf = (selector: string, at: Point | null) => {
  const element = document.querySelector(selector)
  if (!element) throw new Error(`nothing matches ${selector}`)
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  const { x, y, width, height } = element.getBoundingClientRect()
  return { x: Math.round(x + (at?.x ?? width / 2)), y: Math.round(y + (at?.y ?? height / 2)) }
}

const down = { type: 'pointerDown', button: 0 }
const up = { type: 'pointerUp', button: 0 }

const stroke = (value: string) => [
  { type: 'keyDown', value },
  { type: 'keyUp', value },
]
