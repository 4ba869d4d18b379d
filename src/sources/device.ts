import { catchError, defer, EMPTY, filter, map, type Observable, scan, startWith } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { Device } from '../payload/payload.ts'
import { merge } from '../rx/merge.ts'
import { promised } from '../rx/promised.ts'
import { battery } from './battery.ts'
import type { ClientHints } from './browser.ts'

/**
 * What the browser knows of the device: at once, and again when it knows more, that is whether it is charging, or, on
 * Android, whose UA string no longer names it, the model.
 */
export const device = (page: Page): Observable<{ device: Device }> =>
  deviceNews(page).pipe(
    startWith({}),
    scan((device, news) => ({ ...device, ...news }), deviceOf(page)),
    map((device) => ({ device })),
  )

/** What the browser knows at once. */
export const deviceOf = ({ navigator }: Page): Device => {
  const { deviceMemory, hardwareConcurrency, maxTouchPoints, userAgent, userAgentData } = navigator as DeviceNavigator
  // tablets count: those with Android do not call themselves `mobile`, an iPad is a Macintosh that can be touched
  const isMobile =
    userAgentData?.mobile ||
    (maxTouchPoints > 1 && /Mac/.test(userAgent)) ||
    handheld.test(`${userAgent} ${userAgentData?.platform}`)
  return {
    type: isMobile ? 'mobile' : 'desktop',
    platform: vendorOf(userAgent),
    memory: deviceMemory ?? null,
    cpu: hardwareConcurrency ?? null,
    charging: false,
  }
}

/** What it tells later. The model is asked for only if the UA string names no vendor. */
export const deviceNews = (page: Page): Observable<Partial<Device>> => {
  const { userAgent, userAgentData } = page.navigator as DeviceNavigator
  return merge(
    battery(page).pipe(map((charging) => ({ charging }))),
    defer(() => (vendorOf(userAgent) ? EMPTY : model(userAgentData))),
  )
}

type DeviceNavigator = Navigator & { userAgentData?: ClientHints; deviceMemory?: number }

const handheld = /Mobi|^(?!.*(TV|BRAVIA|AFT|CrKey)).*Android/

const model = (hints?: ClientHints): Observable<Pick<Device, 'platform'>> =>
  promised(() => hints?.getHighEntropyValues(['model']) ?? EMPTY).pipe(
    map(({ model = '' }) => ({ platform: vendorOf(model) })),
    filter(({ platform }) => platform !== ''),
    catchError(() => EMPTY),
  )

const vendorOf = (text: string) => {
  if (!text || /\(X11; Linux x86_64\)/.test(text)) return ''
  if (/\(Windows NT 10.0; Win64; x64\)/.test(text)) return 'Microsoft'
  if (/\(Macintosh; /.test(text)) return 'Apple'
  return (
    vendors.find((models) => RegExp(`(^|[ ;(])(?!\\w+(web|bot|bro))(${models})`, 'i').test(text))?.split('|')[0] ?? ''
  )
}

/** Each vendor, and how its models begin, where not with its name. The first that fits counts. */
const vendors = [
  'Google|Pixel|Nexus|Cr[OK]',
  'Sony|BRAVIA|PlayStation',
  'Microsoft|Windows',
  'Apple|Mac',
  'Amazon|AFT|KF',
  'Xiaomi|Redmi|POCO|Mi |M?2\\d{3,}[A-Z]',
  'Oppo|CPH',
  'Motorola|moto',
  'Vivo|V\\d{4}',
  'LG|LM-|Web0S',
  'Samsung|[SG][MT]-|Tizen',
  'Huawei|[A-Z]{3}-[ALT]',
]
