import { debugging } from '../page/debugging.ts'
import { elapsed } from '../page/elapsed.ts'
import type { Page } from '../page/page.ts'
import { warnIn } from '../page/warnIn.ts'
import { tenths } from '../payload/rounding.ts'
import { history } from './history.ts'
import type { Step, StepTypes } from './step.ts'
import { steps } from './steps.ts'

/** Steps that a late subscriber of the debug stream still gets. */
const remembered = 200

/** The same if the address asks for the steps: none is missing when the tools have been fetched. */
const rememberedForTools = 1e4

/** The debug stream of a collector, and what writes to it. */
export const debugStream = (page: Page) => {
  const isDebugging = !!debugging(page)
  const warn = warnIn(page)
  const { add, complete, step$, isObserved } = history(isDebugging ? rememberedForTools : remembered)
  /** Notes a step. What is `large` in it is for who listens now; it is remembered for the tools only. */
  const note = (type: keyof StepTypes, detail?: object, large?: object): void => {
    const step = { type, timeStamp: tenths(elapsed(page)), ...detail } as Step
    add({ ...step, ...large }, isDebugging ? undefined : step)
  }
  return {
    debug$: steps(step$, (problem) => warn('crum:', problem)),
    note,
    /** Whether single readings are worth a note: there are many. */
    notesReadings: () => isDebugging || isObserved(),
    /** Notes that a part has failed, and says so in the console. */
    fail: (part: string, message: string): void => {
      warn(`crum: ${part} ${message}`)
      note('error', { part, message })
    },
    warn,
    complete,
  }
}
