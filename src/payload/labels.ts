import { toJson } from './toJson.ts'

/** `'a=1, b=2'` or a list as a list of labels, without repetitions, bounded. */
export const labels = (given: string | string[]): string[] =>
  toJson([
    ...new Set(
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .map((label) => label.trim())
        .filter(Boolean),
    ),
  ]) as string[]
