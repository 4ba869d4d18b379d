import { catchError, defer, EMPTY, filter, map, merge, type Observable, of, scan } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { Device } from '../payload/payload.ts'
import { battery } from './battery.ts'
import type { ClientHints } from './browser.ts'

/**
 * What the browser tells of the device: at once, and again when it tells more, that is whether it is being charged, or
 * on Android, where the UA string no longer does, the model.
 */
export const device = (page: Page): Observable<{ device: Device }> => {
  const { deviceMemory, hardwareConcurrency, maxTouchPoints, userAgent, userAgentData } =
    page.navigator as DeviceNavigator
  // tablets count: those with Android call themselves not `mobile`, an iPad is a Macintosh that can be touched
  const isMobile =
    userAgentData?.mobile ||
    (maxTouchPoints > 1 && /Mac/.test(userAgent)) ||
    handheld.test(`${userAgent} ${userAgentData?.platform}`)
  const seen: Device = {
    type: isMobile ? 'mobile' : 'desktop',
    platform: vendor(userAgent),
    memory: deviceMemory ?? null,
    cpu: hardwareConcurrency ?? null,
    charging: false,
  }
  return merge(
    of(seen),
    battery(page).pipe(map((charging) => ({ charging }))),
    // asked only where the UA string names no vendor
    seen.platform ? EMPTY : model(userAgentData),
  ).pipe(
    scan((device, news) => ({ ...device, ...news }), {} as Device),
    map((device) => ({ device })),
  )
}

type DeviceNavigator = Navigator & { userAgentData?: ClientHints; deviceMemory?: number }

const handheld = /Mobi|^(?!.*(TV|BRAVIA|AFT|CrKey)).*Android/

const model = (hints?: ClientHints): Observable<Pick<Device, 'platform'>> =>
  defer(() => hints?.getHighEntropyValues(['model']) ?? EMPTY).pipe(
    map(({ model = '' }) => ({ platform: vendor(model) })),
    filter(({ platform }) => platform !== ''),
    catchError(() => EMPTY),
  )

const vendor = (text: string) =>
  vendors.find((models) => RegExp(`(^|[ ;(])(?!\\w+(web|bot|bro))(${models})`, 'i').test(text))?.split('|')[0] ?? ''

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
