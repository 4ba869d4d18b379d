import { causeNames } from './causes.ts'

/** What an error has, but not to be listed; then what its causes do not tell of it. A MediaError has a code for a name. */
export const errorNames = (error: Error) =>
  new Set(
    ['name', 'code', 'message', 'stack', 'causes', ...Object.keys(error)].filter((name) => !causeNames.includes(name)),
  )

/** What other objects of the browser have, but not of their own. (The `code` of a key event would tell what was typed.) */
export const hiddenNames = (tag: string): readonly string[] => [
  ...(/Event$/.test(tag) ? ['type', 'target', 'reason'] : []),
  ...(hidden.get(tag) ?? []),
]

const hidden = new Map([
  ['CloseEvent', ['code', 'wasClean']],
  ['Response', ['url', 'status', 'statusText']],
  ['XMLHttpRequest', ['responseURL', 'status', 'statusText']],
])
