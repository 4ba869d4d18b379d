import { type Observable, of } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { Attributes } from '../payload/payload.ts'

type Told = Pick<Attributes, 'browser' | 'browserVersion' | 'uaParser' | 'ua'>

/** `navigator.userAgentData`: Chromium, in secure contexts. */
export interface ClientHints {
  brands: { brand: string; version: string }[]
  mobile: boolean
  platform: string
  getHighEntropyValues(hints: string[]): Promise<{ model?: string }>
}

/**
 * The browser's name and major version, once; empty where unknown. Told by the list of brands where there is one. A
 * list that knows only `Chromium` or `Android WebView` is that of a shell: there, the UA string may name the app.
 */
export const browser = ({ navigator }: Page): Observable<Told> => {
  const { userAgent, userAgentData } = navigator as Navigator & { userAgentData?: ClientHints }
  const listed = read('userAgentData', brands(userAgentData))
  if (!isVague(listed)) return of(listed)
  const written = read('userAgent', userAgent)
  return of(listed.browser && isVague(written) ? listed : written)
}

const isVague = ({ browser }: Told) => /^(Chrom|Android|$)/.test(browser)

/** As text, without those that are noise on purpose: `Not/A)Brand`, https://wicg.github.io/ua-client-hints/#grease */
const brands = (hints?: ClientHints) =>
  (hints?.brands ?? [])
    .flatMap(({ brand, version }) => (/Not.A.Brand/.test(brand) ? [] : `${brand} ${version}`))
    .join(', ')

const read = (uaParser: Told['uaParser'], ua: string): Told => {
  const told = { browser: '', browserVersion: '', uaParser, ua }
  for (const [token, name] of Object.entries(names)) {
    const pattern = RegExp(`\\b(${token})(?:[/ :_]v?(\\d+)|\\b)`, 'i')
    const match = pattern.exec(ua)
    if (match) return { ...told, browser: match[0].replace(pattern, name), browserVersion: match.at(-1) ?? '' }
  }
  return told
}

/**
 * What tells a name, in a brand list or in a UA string; the major version follows it. The first that fits counts:
 * nearly every browser also claims to be those further down.
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
