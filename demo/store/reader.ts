import { join } from 'node:path'
import { Piscina } from 'piscina'
import { demo, isBuilt } from '../places.ts'
import type * as questions from './questions.ts'
import type { ReadingData } from './questions.ts'

type Questions = typeof questions
type Question = {
  [name in keyof Questions]: Questions[name] extends (...args: never[]) => unknown ? name : never
}[keyof Questions]
type Asked<Name extends Question> = Parameters<Questions[Name]>[0]
type Answered<Name extends Question> = ReturnType<Questions[Name]>

/** Asks the reading thread, which starts with the first question. One question is answered after the other. */
export class Reader {
  readonly #pool: Piscina

  constructor(data: ReadingData) {
    this.#pool = new Piscina({
      filename: isBuilt ? join(import.meta.dirname, 'thread.js') : join(demo, 'store/thread.mjs'),
      workerData: data,
      // what it makes for an answer is soon of no use: a small nursery keeps that from piling up
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
    })
  }

  ask<Name extends Question>(name: Name, asked: Asked<Name>): Promise<Answered<Name>> {
    return this.#pool.run({ name, asked })
  }

  /** Ends when what was asked is answered: a thread must not end within SQLite. */
  async close(): Promise<void> {
    await this.#pool.close()
  }
}
