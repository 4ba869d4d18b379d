import { type Observable, of } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { Attributes } from '../payload/payload.ts'

type Browser = Pick<Attributes, 'browser' | 'browserVersion' | 'uaParser' | 'ua'>

/** `navigator.userAgentData`: Chromium, in secure contexts. */
export interface ClientHints {
  brands: { brand: string; version: string }[]
  mobile: boolean
  platform: string
  getHighEntropyValues(hints: string[]): Promise<{ model?: string }>
}

/** The browser's name and major version, once; empty if unknown. */
export const browser = (page: Page): Observable<Browser> => of(browserOf(page))

/**
 * The same at once. The list of brands counts if there is one. A list with nothing but `Chromium` or `Android WebView` is
 * that of a shell: there, the UA string may name the app.
 */
export const browserOf = ({ navigator }: Page): Browser => {
  const { userAgent, userAgentData } = navigator as Navigator & { userAgentData?: ClientHints }
  const listed = read('userAgentData', brands(userAgentData))
  if (!isVague(listed)) return listed
  const written = read('userAgent', userAgent)
  return listed.browser && isVague(written) ? listed : written
}

const isVague = ({ browser }: Browser) => /^(Chrom|Android|$)/.test(browser)

/** As text, without those that are noise on purpose: `Not/A)Brand`, https://wicg.github.io/ua-client-hints/#grease */
const brands = (hints?: ClientHints) =>
  (hints?.brands ?? [])
    .flatMap(({ brand, version }) => (/Not.A.Brand/.test(brand) ? [] : `${brand} ${version}`))
    .join(', ')

const read = (uaParser: Browser['uaParser'], ua: string): Browser => {
  const unknown = { browser: '', browserVersion: '', uaParser, ua }
  if (!ua) return unknown
  const version = plainChrome.exec(ua)?.[1]
  if (version) return { browser: 'Chrome', browserVersion: version, uaParser, ua }
  for (const [token, name] of Object.entries(names)) {
    const pattern = RegExp(`\\b(${token})(?:[/ :_]v?(\\d+)|\\b)`, 'i')
    const match = pattern.exec(ua)
    if (match) return { browser: match[0].replace(pattern, name), browserVersion: match.at(-1) ?? '', uaParser, ua }
  }
  return unknown
}

/** What most visitors have, with nothing added. Asked first, since the table is long. */
const plainChrome =
  /^(?:\S+ \([^)]+\) AppleWebKit\S+ \(KHTML, like Gecko\) Chrome\/|Google Chrome )(\d+)[.\d]*(?: Mobile| Safari\/[.\d]+|, Chromium \d+)*$/

/**
 * Tokens of a brand list or a UA string, and the names that they stand for; the major version follows. The first that fits
 * counts: nearly every browser also claims to be those further down.
 */
const names: Record<string, string> = {
  '(?!cubot)[\\w.-]*(?:bot|spider|external|google-|-google|-user|lighthouse)[\\w-]*': '$1',
  'Instagram|Line|Snapchat|Pinterest|Vivaldi|Whale|Silk|Electron|DuckDuckGo|Edge WebView2|KakaoTalk|Twitter': '$1',
  FBAV: 'Facebook',
  MicroMessenger: 'WeChat',
  musical_ly: 'TikTok',
  GSA: 'Google App',
  'LinkedInApp.': 'LinkedIn',
  Ddg: 'DuckDuckGo',
  SamsungBrowser: 'Samsung Internet',
  YaBrowser: 'Yandex',
  '(\\w+)Browser': '$2 Browser',
  HeadlessChrome: 'Chrome Headless',
  '^(?:Chromium \\d+, |Google |Microsoft )*([\\w ]+?)(?= \\d)': '$2',
  'OPR|OPT': 'Opera',
  // not a `motorola edge 30`
  'Edg\\w*(?=/)': 'Edge',
  'Firefox|FxiOS': 'Firefox',
  'Version\\S+ Chrome': 'Android WebView',
  Chromium: '$1',
  'Chrome|CriOS': 'Chrome',
  'PlayStation \\d': 'PlayStation',
  Version: 'Safari',
  'OS(?= \\d)': 'iOS WebView',
}
