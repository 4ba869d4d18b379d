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
