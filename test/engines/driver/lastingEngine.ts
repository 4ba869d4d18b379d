import type { FoundEngine } from '../../../scripts/engines.ts'
import { type Engine, startEngine } from './engine.ts'

/** An engine that is started anew for the next tab after it has ended or gone silent: that costs one test, not all of them. */
export async function lastingEngine(found: FoundEngine): Promise<Engine> {
  let engine = await started(found)
  return {
    version: engine.version,
    can: engine.can,
    hasEnded: () => engine.hasEnded(),
    open: async (as) => {
      if (engine.hasEnded()) engine = await started(found)
      return engine.open(as)
    },
    kill: () => engine.kill(),
  }
}

/** A busy machine may keep a browser from starting in time: three tries at most. */
async function started(found: FoundEngine, tries = 3): Promise<Engine> {
  try {
    return await startEngine(found)
  } catch (error) {
    if (tries === 1) throw error
    return started(found, tries - 1)
  }
}
