import type { Attributes } from './anyValue.ts'

/** Something that happened, on its way to a log record. */
export interface LogEvent {
  /** What it is: OpenTelemetry's name of it where there is one. */
  name: string
  /** Tells it from all others of its beacon, and is the same whenever that is mapped. */
  key: string
  attributes: Attributes
  /** When, ms from the navigation start. Default: when the sample closed. */
  startTime?: number | undefined
  /** `INFO` if it has none. */
  severity?: Severity | undefined
  /** What a reader of logs sees. */
  body?: string | undefined
}

/** https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
export type Severity = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
