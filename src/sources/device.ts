import { catchError, defer, EMPTY, filter, map, merge, type Observable, of, scan } from 'rxjs'
import type { Device } from '../sinks/payload.ts'
import { battery } from './battery.ts'
import type { ClientHints } from './browser.ts'
import type { Page } from './page.ts'

/**
 * What the browser tells of the device: at once, and again when it tells more, that is whether it is being charged, or
 * on Android, where the UA string no longer does, the model.
 */
export const device = (page: Page): Observable<{ device: Device }> =>
  merge(of(page.navigator).pipe(map(seen)), battery(page).pipe(map((charging) => ({ charging }))), model(page)).pipe(
    scan((device, news) => ({ ...device, ...news }), {} as Device),
    map((device) => ({ device })),
  )

type DeviceNavigator = Navigator & { userAgentData?: ClientHints; deviceMemory?: number }

const seen = (navigator: DeviceNavigator): Device => ({
  type: isMobile(navigator) ? 'mobile' : 'desktop',
  platform: vendor(navigator.userAgent),
  memory: navigator.deviceMemory ?? null,
  cpu: navigator.hardwareConcurrency ?? null,
  charging: false,
})

/** Tablets count: those with Android call themselves not `mobile`, an iPad is a Macintosh that can be touched. */
const isMobile = ({ userAgent, userAgentData, maxTouchPoints }: DeviceNavigator) =>
  userAgentData?.mobile ||
  (maxTouchPoints > 1 && /Mac/.test(userAgent)) ||
  handheld.test(`${userAgent} ${userAgentData?.platform}`)

const handheld = /Mobi|^(?!.*(TV|BRAVIA|AFT|CrKey)).*(Android|MIDP)/

/** Asked only where the UA string names no vendor. */
const model = (page: Page): Observable<Pick<Device, 'platform'>> =>
  defer(() => {
    const { userAgent, userAgentData } = page.navigator as DeviceNavigator
    return (!vendor(userAgent) && userAgentData?.getHighEntropyValues(['model'])) || EMPTY
  }).pipe(
    map(({ model = '' }) => ({ platform: vendor(model) })),
    filter(({ platform }) => platform !== ''),
    catchError(() => EMPTY),
  )

const vendor = (text: string) =>
  Object.entries(vendors).find(([name, models]) =>
    RegExp(`(^|[ ;(])(${name}(?![a-z])|${models})`, 'i').test(text),
  )?.[0] ?? ''

/** How a vendor's models begin, where not with its name. The first that fits counts. */
const vendors = {
  Nokia: 'TA-1',
  Google: 'Pixel|Nexus|Cr[OK]',
  Sony: 'BRAVIA|PlayStation|XQ-|SO-|[C-J]\\d{4}\\b',
  Microsoft: 'Windows',
  Apple: 'Mac',
  Amazon: 'KF|AFT|Silk',
  Xiaomi: 'Redmi|POCO|Mi[ -]|M?2\\d{3,}[A-Z]',
  Oppo: 'CPH|P[A-Z]{3}\\d0',
  Motorola: 'moto|XT\\d',
  OnePlus: '[A-Z]{2}[12]\\d{3}\\b',
  Vivo: 'V\\d{4}',
  LG: 'LGE|LM-|Web0S',
  Samsung: 'SM-|GT-|Tizen',
  Huawei: '[A-Z]{3}\\d?-[ALTW]',
}
