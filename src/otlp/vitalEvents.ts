import type { Metrics, Payload } from '../payload/payload.ts'
import type { LogEvent } from './logEvent.ts'
import { snakeCase, under } from './named.ts'

/** Up to the first a vital is good, beyond the second poor. https://web.dev/articles/defining-core-web-vitals-thresholds */
const thresholds = {
  ...{ fcp: [1800, 3000], lcp: [2500, 4000], cls: [0.1, 0.25], inp: [200, 500], fid: [100, 300], ttfb: [800, 1800] },
} satisfies Partial<Record<keyof Metrics, [number, number]>>

type Vital = keyof typeof thresholds

const vitals = Object.keys(thresholds) as Vital[]

/** Each vital as OpenTelemetry's `browser.web_vital`, those of soft navigations too; all other metrics together. */
export const vitalEvents = ({ metrics, beacon }: Payload): LogEvent[] => {
  if (!metrics) return []
  const { attribution = {}, softNavigations = {}, navigationType, ...rest } = metrics
  const view = beacon.id.replace(/-[^-]*$/, '')
  const vital = (values: Partial<Record<Vital, number>>, name: Vital, of: string, more: object): LogEvent[] => {
    const value = values[name]
    if (value === undefined) return []
    const [good, poor] = thresholds[name] as [number, number]
    const attributes = {
      'browser.web_vital.name': name,
      'browser.web_vital.value': value,
      'browser.web_vital.rating': ratingOf(value, good, poor),
      'browser.web_vital.id': `${of}-${name}`,
      ...more,
    }
    return [{ name: 'browser.web_vital', key: `${of === view ? 'metrics' : of}.${name}`, attributes }]
  }
  const own = vitals.flatMap((name) =>
    vital(rest, name, view, {
      'browser.web_vital.navigation_type': navigationType,
      ...under(`crum.${name}`, Object((attribution as Record<string, unknown>)[name])),
    }),
  )
  const soft = Object.entries(softNavigations).flatMap(([id, { url, startTime, ...values }]) =>
    vitals
      .flatMap((name) =>
        vital(values, name, `${view}-${id}`, {
          'browser.web_vital.navigation_type': 'soft-navigation',
          'url.full': url,
        }),
      )
      .map((event) => ({ ...event, startTime })),
  )
  const others = Object.entries(rest).filter(([name]) => !vitals.includes(name as Vital))
  const name = 'crum.metrics'
  if (!others[0]) return [...own, ...soft]
  const attributes = Object.fromEntries(others.map(([metric, value]) => [`${name}.${snakeCase(metric)}`, value]))
  return [...own, ...soft, { name, key: 'metrics', attributes }]
}

const ratingOf = (value: number, good: number, poor: number) => {
  if (value <= good) return 'good'
  return value <= poor ? 'needs-improvement' : 'poor'
}
