import { catchError, defer, EMPTY, map, type Observable, startWith, switchMap } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'

/** `navigator.getBattery()`: Chromium, in secure contexts, where the permissions policy allows it. */
type BatteryNavigator = Navigator & { getBattery?(): Promise<EventTarget & { charging: boolean }> }

/** Whether the device is being charged: as soon as the browser tells, and at each change. Empty where it refuses. */
export const battery = (page: Page): Observable<boolean> =>
  defer(() => (page.navigator as BatteryNavigator).getBattery?.() ?? EMPTY).pipe(
    switchMap((battery) =>
      events(battery, 'chargingchange').pipe(
        startWith(0),
        map(() => battery.charging),
      ),
    ),
    // a page without the permission is no failure
    catchError(() => EMPTY),
  )
