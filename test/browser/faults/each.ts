import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../harness/bareTab.ts'
import type { Stage, Visitor } from './scenario.ts'

/** Does this in each tab, at moments of their own within a tenth of a second. */
export const each =
  (act: (tab: Tab, visitor: Visitor) => Promise<unknown>) =>
  ({ visitors }: Stage): Promise<unknown> =>
    Promise.all(
      visitors.flatMap((visitor) =>
        visitor.tabs.map(async (tab) => {
          await wait(Math.random() * 100)
          await act(tab, visitor)
        }),
      ),
    )
