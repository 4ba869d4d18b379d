import { catchError, defer, EMPTY, filter, map, merge, type Observable, of, scan } from 'rxjs'
import type { Device } from '../sinks/payload'
import { battery } from './battery'
import type { ClientHints } from './browser'
import type { Page } from './page'

/**
 * What the browser tells of the device: at once, and again when it tells more, that is whether it is being charged, or on
 * Android, where the UA string no longer does, the model.
 */
export const device = (page: Page): Observable<{ device: Device }> =>
  merge(
    of(page.navigator).pipe(map(seen)),
    battery(page).pipe(map((charging) => ({ charging }))),
    model(page).pipe(
      map((model) => ({ platform: vendor(model) })),
      filter(({ platform }) => platform !== ''),
    ),
  ).pipe(
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
  (maxTouchPoints > 1 && /Macintosh/.test(userAgent)) ||
  handheld.test(`${userAgent} ${userAgentData?.platform}`)

const handheld =
  /Mobi|^(?!.*(?:TV|BRAVIA|AFT[A-Z]|CrKey)).*(?:Android|iP[ao]d|iPhone|Opera Mini|MIDP|Symbian|BlackBerry|Tablet OS|hp-tablet|Kindle)/

/** Asked only where the UA string names no vendor. */
const model = (page: Page): Observable<string> =>
  defer(() => {
    const { userAgent, userAgentData } = page.navigator as DeviceNavigator
    return (!vendor(userAgent) && userAgentData?.getHighEntropyValues?.(['model'])) || EMPTY
  }).pipe(
    map(({ model = '' }) => model),
    catchError(() => EMPTY),
  )

const vendor = (text: string) => vendors.find(([, models]) => models.test(text))?.[0] ?? ''

/** How vendors' models begin. The first that fits counts. */
const vendors: [string, RegExp][] = [
  ['Nokia', /\b(?:Nokia|TA-1)/i],
  ['Google', /Pixel|Nexus|CrOS|CrKey/],
  ['Sony', /Sony|Xperia|BRAVIA|PlayStation|XQ-|SO-\d| [C-J]\d{4}\b/],
  ['Microsoft', /Windows|Xbox/],
  ['Apple', /iPhone|iPad|iPod|Macintosh/],
  ['Amazon', /Kindle|; KF|; AFT|Silk/],
  ['Xiaomi', /Xiaomi|Redmi|POCO|\bMi[ -]|\b(M2|2\d)\d{3,}[A-Z]/i],
  ['Oppo', /OPPO|CPH\d|P[A-Z]{3}\d0/],
  ['Realme', /RMX\d/],
  ['Motorola', /moto|XT\d/i],
  ['OnePlus', /OnePlus|\b[A-Z]{2}[12]\d{3}\b/i],
  ['Vivo', /vivo|V\d{4}[A-Z]?\b/],
  ['LG', /LG|LM-|Web0S/],
  ['Lenovo', /Lenovo|TB-?\w?\d/],
  ['Samsung', /SAMSUNG|SM-|GT-|S[CGP]H-|SHV-|Tizen/],
  ['Honor', /HONOR|[A-Z]{3}-A?N/i],
  ['Huawei', /HUAWEI|[A-Z]{3}\d?-[ALTW]/],
  ['HTC', /HTC/],
  ['Asus', /ASUS/],
  ['Nintendo', /Nintendo/],
]
