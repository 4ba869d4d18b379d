import { dying } from './dying.ts'
import { leaving } from './leaving.ts'
import { refusing } from './refusing.ts'
import type { Scenario } from './scenario.ts'
import { storing } from './storing.ts'

/** All that a page may meet, as sections of the table in `docs/delivery.md`. */
export const scenarios: { title: string; rows: Scenario[] }[] = [
  { title: 'The page is left', rows: leaving },
  { title: 'The page dies', rows: dying },
  { title: 'The receiver fails', rows: refusing },
  { title: 'The storage fails', rows: storing },
]
