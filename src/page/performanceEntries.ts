import { native } from '../payload/native.ts'
import type { Page } from './page.ts'

/** The entries of a type that the browser keeps itself. */
export const performanceEntries = ({ performance }: Page, type: string): PerformanceEntry[] =>
  (native(performance, 'getEntriesByType') as (type: string) => PerformanceEntry[]).call(performance, type)
