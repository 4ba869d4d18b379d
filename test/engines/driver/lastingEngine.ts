import type { FoundEngine } from '../../../scripts/engines.ts'
import { type Engine, startEngine } from './engine.ts'

/** An engine that is started anew for the next tab after it has ended or gone silent: that costs one test, not all of them. */
export async function lastingEngine(found: FoundEngine): Promise<Engine> {
  let engine = await startEngine(found)
  return {
    version: engine.version,
    can: engine.can,
    hasEnded: () => engine.hasEnded(),
    open: async () => {
      if (engine.hasEnded()) engine = await startEngine(found)
      return engine.open()
    },
    kill: () => engine.kill(),
  }
}
