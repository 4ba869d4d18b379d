import type { Step } from '../../src/devtools/step'

/** A step of which a test may ask for any detail. */
export type AnyStep = Pick<Step, 'type' | 'timeStamp'> & { [Detail in DetailOf<Step>]?: unknown }

type DetailOf<One> = One extends One ? Exclude<keyof One, 'type' | 'timeStamp'> : never

/** A step with as much in it as a test needs. */
export const stepWith = (type: string, details: object = {}): Step => ({ type, timeStamp: 0, ...details }) as Step
