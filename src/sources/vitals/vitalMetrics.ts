import { navigationType } from '../../page/navigationType.ts'
import type { Page } from '../../page/page.ts'
import type { Attribution, Metrics } from '../../payload/payload.ts'
import { tenths } from '../../payload/rounding.ts'
import { score } from '../../payload/score.ts'
import type { SoftNavigationEntry } from './softNavigation.ts'

export type Vital = 'fcp' | 'lcp' | 'cls' | 'inp' | 'ttfb'

/** Makes metrics of one vital, in ms or as a score. */
export type VitalMetrics = (
  name: Vital,
  value: number,
  attribution?: () => Attribution,
  soft?: SoftNavigationEntry,
) => Partial<Metrics>

/** A vital as it is told: with what made it so, or under the id of the soft navigation that it is of. */
export const vitalMetrics =
  (page: Page, isRestored: boolean): VitalMetrics =>
  (name, value, attribution, soft) => {
    const told = { [name]: name === 'cls' ? score(value) : tenths(value) }
    return soft
      ? { softNavigations: { [soft.navigationId]: { url: soft.name, startTime: tenths(soft.startTime), ...told } } }
      : {
          ...told,
          navigationType: isRestored ? 'back-forward-cache' : navigationType(page),
          attribution: { [name]: attribution?.() ?? {} },
        }
  }
