import { catchError, EMPTY, map, type Observable, switchMap } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import { promised } from '../rx/promised.ts'

/** `navigator.getBattery()`: Chromium, in secure contexts, if the permissions policy allows it. */
type BatteryNavigator = Navigator & { getBattery?(): Promise<EventTarget & { charging: boolean }> }

/** Whether the device is charging: as soon as the browser tells, and at each change. Empty if the browser refuses. */
export const battery = (page: Page): Observable<boolean> =>
  promised(() => (page.navigator as BatteryNavigator).getBattery?.() ?? EMPTY).pipe(
    switchMap((battery) => events(battery, 'chargingchange', { now: true }).pipe(map(() => battery.charging))),
    // a page without the permission is no failure
    catchError(() => EMPTY),
  )
