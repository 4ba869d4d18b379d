import { tryOr } from './tryOr.ts'

/** What is told of a failure. A page may throw anything, also what throws when it is looked at. */
export const messageOf = (error: unknown): string => tryOr(() => `${error}`, '[unreadable]')
