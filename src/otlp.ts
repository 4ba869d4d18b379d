/** Payloads as OTLP log records: pure functions, without RxJS, for browsers and Node alike. */
export type { AnyValue, Attributes, KeyValue } from './otlp/anyValue.ts'
export { type LogRecord, type LogsOptions, type LogsRequest, type ResourceLogs, toLogs } from './otlp/toLogs.ts'
