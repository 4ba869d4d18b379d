import { map, type Observable, of } from 'rxjs'
import type { Attributes } from '../sinks/payload'
import type { Page } from './page'

type Told = Pick<Attributes, 'browser' | 'browserVersion' | 'uaParser' | 'ua'>

/** `navigator.userAgentData`: Chromium, in secure contexts. */
export interface ClientHints {
  brands: { brand: string; version: string }[]
  mobile: boolean
  platform: string
  getHighEntropyValues(hints: string[]): Promise<{ model?: string }>
}

/**
 * The browser's name and major version, once; empty where unknown. Told by the list of brands where there is one. A list
 * that knows only `Chromium` or `Android WebView` is that of a shell: there, the UA string may name the app.
 */
export const browser = (page: Page): Observable<Told> =>
  of(page.navigator as Navigator & { userAgentData?: ClientHints }).pipe(
    map(({ userAgent, userAgentData }) => {
      const listed = read('userAgentData', brands(userAgentData))
      const written = read('userAgent', userAgent)
      return !listed.browser ||
        (/^(Chromium|Android)/.test(listed.browser) && !/^(Chrom|Android|$)/.test(written.browser))
        ? written
        : listed
    }),
  )

/** The brands as text, without those that are noise on purpose: `Not/A)Brand`, https://wicg.github.io/ua-client-hints/#grease */
const brands = (hints?: ClientHints) =>
  (hints?.brands ?? [])
    .filter(({ brand }) => !/Not.A.Brand/.test(brand))
    .map(({ brand, version }) => `${brand} ${version}`)
    .join(', ')

const read = (uaParser: Told['uaParser'], ua: string): Told => {
  for (const [name, pattern] of names) {
    const match = pattern.exec(ua)
    if (match) return { browser: match[0].replace(pattern, name), browserVersion: match.at(-1) ?? '', uaParser, ua }
  }
  return { browser: '', browserVersion: '', uaParser, ua }
}

/**
 * Names, and what tells them, in a brand list or a UA string; the last group is the major version. The first that fits
 * counts: nearly every browser also claims to be those further down.
 */
const names: [string, RegExp][] = [
  [
    '$1',
    /((?!cubot)\b[\w.-]*(?:bot|spider|crawler|slurp|external|Google[-O]|-Google|-User|Lighthouse)[\w-]*)[/ ]?(\d*)/i,
  ],
  [
    '$1',
    /\b(Instagram|Line|Snapchat|Pinterest|Vivaldi|Whale|Silk|Electron|Puffin|PaleMoon|SeaMonkey|Epiphany)[/ ](\d+)/,
  ],
  ['Facebook', /FBAV\/(\d+)/],
  ['WeChat', /MicroMessenger\/(\d+)/],
  ['TikTok', /(?:musical_ly|trill)_(\d+)/],
  ['Google App', /GSA\/(\d+)/],
  ['DuckDuckGo', /(?:DuckDuckGo|Ddg)\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Yandex', /YaBrowser[/ ](\d+)/],
  ['$1 Browser', /(\w+)Browser\/(\d+)/],
  ['Chrome Headless', /HeadlessChrome[/ ](\d+)/],
  ['Edge WebView2', /Edge WebView2 (\d+)/],
  ['$1', /^(?:Chromium \d+, )?(?:Google |Microsoft )?([A-Z][\w ]*?) (\d+)/],
  ['Opera Mini', /(?:Opera Mini|OPiOS)\/(\d+)/],
  ['Opera', /(?:OPR|OPT|Opera.*Version|Opera)[/ ](\d+)/],
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
  ['Internet Explorer', /(?:MSIE |Trident.*rv:|IEMobile\/)(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Android WebView', /Version\/[\d.]+ Chrome\/(\d+)/],
  ['Chromium', /Chromium\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['PlayStation', /PlayStation \d[/ ](\d+)/],
  ['Android Browser', /Android.*Version\/(\d+)/],
  ['$1', /(BlackBerry|Tizen).*Version\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
  ['iOS WebView', /OS (\d+)_.*like Mac/],
]
