/** `'a=1, b=2'` or a list as a list of labels, without repetitions. */
export const labels = (given: string | string[]): string[] => [
  ...new Set(
    [given]
      .flat()
      .flatMap((text) => text.split(','))
      .map((label) => label.trim())
      .filter(Boolean),
  ),
]
