import { describe, expect, test } from 'vitest'
import { browser } from '../../src/sources/browser'
import { device } from '../../src/sources/device'
import { type Case, heldOut, userAgents } from '../fixtures/userAgents'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

const chrome = { brand: 'Google Chrome', version: '126' }
const chromium = { brand: 'Chromium', version: '126' }
const grease = { brand: 'Not/A)Brand', version: '8' }
const slack = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Electron/31.0.1 Safari/537.36'

const told = (userAgent: string, brands?: Case['brands']) => {
  const userAgentData = brands && { brands, mobile: false, platform: '' }
  return watch(browser(fakePage({ navigator: { userAgent, userAgentData } })))
}

describe('browser', () => {
  test('tells name and major version once, from the brand list', () => {
    const { seen, end } = told('Mozilla/5.0', [chrome, chromium])
    expect(seen).toEqual([
      { browser: 'Chrome', browserVersion: '126', uaParser: 'userAgentData', ua: 'Google Chrome 126, Chromium 126' },
    ])
    expect(end.completed).toBe(true)
  })

  test('reads the UA string where there is no brand list', () => {
    const ua = 'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0'
    expect(told(ua).seen).toEqual([{ browser: 'Firefox', browserVersion: '115', uaParser: 'userAgent', ua }])
  })

  test.each([[[]], [[grease]]])('reads the UA string where the brand list names nobody', (brands) => {
    expect(told(slack, brands).seen).toMatchObject([{ browser: 'Electron', uaParser: 'userAgent', ua: slack }])
  })

  test('skips brands that are noise, wherever they stand', () => {
    expect(told('', [chromium, grease, chrome]).seen).toMatchObject([{ ua: 'Chromium 126, Google Chrome 126' }])
  })

  test('takes the name of a brand that it has never heard of', () => {
    const brands = [chromium, { brand: 'Otter Deluxe', version: '3' }]
    expect(told(slack, brands).seen).toMatchObject([{ browser: 'Otter Deluxe', browserVersion: '3' }])
  })

  test('lets the UA string name the app in a shell that the brand list calls Chromium', () => {
    expect(told(slack, [chromium, grease]).seen).toMatchObject([{ browser: 'Electron', browserVersion: '31' }])
  })

  test('stays with the brand list where the UA string knows no more', () => {
    const ua = slack.replace(/Electron\S+ /, '')
    expect(told(ua, [chromium, grease]).seen).toMatchObject([{ browser: 'Chromium', uaParser: 'userAgentData' }])
  })

  test.each(['', 'curl', 'Mozilla/5.0 (compatible)'])('leaves the name of %j empty', (ua) => {
    expect(told(ua).seen).toEqual([{ browser: '', browserVersion: '', uaParser: 'userAgent', ua }])
  })
})

/** What the sources make of a case, next to what it is. */
const judged = (known: Case) => {
  const { ua, brands, touch, model } = known
  const userAgentData = brands && { brands, mobile: /Mobile/.test(ua), platform: '' }
  const page = fakePage({ navigator: { userAgent: ua, userAgentData, maxTouchPoints: touch } })
  const { seen } = watch(browser(page))
  const { seen: devices } = watch(device(page))
  // what the browser answers when it is asked for the model reads like a UA string
  const asked = fakePage({ navigator: { userAgent: model ?? ua } })
  const { type } = devices[0]?.device ?? {}
  const platform = devices[0]?.device.platform || watch(device(asked)).seen[0]?.device.platform
  return { family: seen[0]?.browser, major: seen[0]?.browserVersion, type, platform }
}

const truth = ({ browser, major, type, platform }: Case) => ({ family: browser, major, type, platform })

const score = (cases: Case[]) => {
  const parts = ['family', 'major', 'type', 'platform'] as const
  const misses = cases.flatMap((known) => {
    const [is, said] = [truth(known), judged(known)]
    return parts
      .filter((part) => is[part] !== said[part])
      .map((part) => ({ part, text: `${part}: '${said[part]}' for '${is[part]}': ${known.ua}` }))
  })
  const right = Object.fromEntries(
    parts.map((part) => [part, cases.length - misses.filter((miss) => miss.part === part).length]),
  ) as Record<(typeof parts)[number], number>
  const line = parts.map((part) => `${part} ${right[part]}/${cases.length}`).join(', ')
  return { right, line, misses: misses.map(({ text }) => text) }
}

describe.each([
  ['known browsers', [...heldOut, ...userAgents]],
  ['those that were held out', heldOut],
])('among %s', (title, cases) => {
  test('tells family and major of 95 %, the type of 98 % and the platform of 85 %', () => {
    const { right, line, misses } = score(cases)
    console.info([`${title}: ${line}`, ...misses].join('\n  '))
    const share = (part: keyof typeof right) => right[part] / cases.length
    expect(share('family')).toBeGreaterThanOrEqual(0.95)
    expect(share('major')).toBeGreaterThanOrEqual(0.95)
    expect(share('type')).toBeGreaterThanOrEqual(0.98)
    expect(share('platform')).toBeGreaterThanOrEqual(0.85)
  })
})
