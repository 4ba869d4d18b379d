import type { Attribution, Metrics } from '../../payload/payload.ts'
import { score, tenths } from '../../payload/rounding.ts'
import { stringify } from '../../payload/stringify.ts'
import { textOf } from '../../payload/thrown.ts'
import type { SoftNavigationEntry } from './softNavigation.ts'

export type VitalName = 'fcp' | 'lcp' | 'cls' | 'inp' | 'ttfb'

/** A vital as it is now, ms or a score, and how to explain it, once somebody asks. */
export interface Vital {
  value: number
  attribution?: () => Attribution
}

/** The navigation that vitals belong to: a soft one, or one of this type; and what was reported of it, as JSON. */
export interface Reported {
  soft?: SoftNavigationEntry | undefined
  type: string
  reported: Partial<Record<VitalName, string>>
}

/**
 * The metrics of those vitals that are not what was `reported` last, which it brings up to date. Vitals of a soft navigation
 * are under its id. `undefined` if nothing is new.
 */
export const vitalNews = (
  vitals: Partial<Record<VitalName, Vital>>,
  { soft, type, reported }: Reported,
): Partial<Metrics> | undefined => {
  const values: Record<string, number> = {}
  const attribution: Record<string, Attribution> = {}
  for (const [name, vital] of Object.entries(vitals) as [VitalName, Vital][]) {
    const value = name === 'cls' ? score(vital.value) : tenths(vital.value)
    const why = soft ? undefined : (vital.attribution?.() ?? {})
    const now = stringify([value, why])
    if (now === reported[name]) continue
    reported[name] = now
    values[name] = value
    if (why) attribution[name] = why
  }
  if (!Object.keys(values)[0]) return undefined
  return soft
    ? {
        softNavigations: {
          [soft.navigationId]: { url: textOf(soft.name), startTime: tenths(soft.startTime), ...values },
        },
      }
    : { ...values, navigationType: type, attribution }
}

/** The news of several navigations in one; `undefined` if there are none. */
export const mergeVitalNews = (news: (Partial<Metrics> | undefined)[]): Partial<Metrics> | undefined => {
  const all = news.filter((metrics) => metrics !== undefined)
  const soft = all.map(({ softNavigations }) => softNavigations).filter(Boolean)
  if (!all[0]) return undefined
  return Object.assign({}, ...all, soft[0] && { softNavigations: Object.assign({}, ...soft) })
}
