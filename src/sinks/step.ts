/** One step of the client's life, as the debug stream shows it. */
export interface Step {
  /**
   * `init`, `load`, `reading`, `sample`, `skip`, `send`, `sent`, `retry`, `drop`, `unstored`, `unsupported`, `session`,
   * `visibility`, `stop`, `error` …
   */
  type: string
  /** Milliseconds from the navigation start. */
  timeStamp: number
  [detail: string]: unknown
}

/** What a step says, in one line; what is no word or number is left for a closer look. */
export const summary = ({ type: _type, timeStamp, id: _id, ...details }: Step): string =>
  [`${Math.round(timeStamp)} ms`]
    .concat(Object.entries(details).flatMap(([name, detail]) => (Object(detail) === detail ? [] : `${name} ${detail}`)))
    .join(', ')
