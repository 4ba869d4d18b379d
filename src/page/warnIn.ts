import { noop } from 'rxjs'
import type { Page } from './page.ts'

/** Writes a line into the console of a page, as an error; a page may have none. */
export const warnIn = ({ console }: Pick<Page, 'console'>): ((...line: unknown[]) => void) =>
  typeof console?.error === 'function' ? console.error.bind(console) : noop
