import { identityFields } from '../payload/identity.ts'
import type { Payload } from '../payload/payload.ts'
import { type AnyValue, type Attributes, anyValue, type KeyValue, keyValues, whole } from './anyValue.ts'
import { itemEvents } from './itemEvents.ts'
import type { LogEvent } from './logEvent.ts'
import { snakeCase, under } from './named.ts'
import { resourceAttributes } from './resourceAttributes.ts'
import { vitalEvents } from './vitalEvents.ts'

/** A log record as OTLP's JSON has it. https://opentelemetry.io/docs/specs/otel/logs/data-model/ */
export interface LogRecord {
  /** Epoch nanoseconds. */
  timeUnixNano: string
  severityNumber: number
  severityText: string
  eventName: string
  body?: AnyValue
  attributes: KeyValue[]
}

/** The records of one payload, under who it is from. */
export interface ResourceLogs {
  resource: { attributes: KeyValue[] }
  scopeLogs: { scope: { name: string; version: string }; logRecords: LogRecord[] }[]
}

/** The body of a request to `/v1/logs`. */
export interface LogsRequest {
  resourceLogs: ResourceLogs[]
}

/** What the mapping can be told. */
export interface LogsOptions {
  /** Attributes of the resource, which win over those of the payload: `{ 'service.name': 'shop' }`. */
  resource?: Attributes | undefined
}

/**
 * Payloads as OTLP log records, one for each thing that happened, and one for each beacon. The same payload gives the same
 * records, each with a `log.record.uid` by which a repeated one is known.
 */
export const toLogs = (payloads: Payload[], options: LogsOptions = {}): LogsRequest => ({
  resourceLogs: payloads.map((payload) => toResourceLogs(payload, options)),
})

const toResourceLogs = (payload: Payload, { resource }: LogsOptions): ResourceLogs => {
  const { beacon } = payload
  const events = [beaconEvent(payload), ...itemEvents(payload), ...vitalEvents(payload), ...valueEvents(payload)]
  return {
    resource: { attributes: keyValues({ ...resourceAttributes(payload), ...resource }) },
    scopeLogs: [
      {
        scope: { name: 'crum', version: beacon.version },
        logRecords: events.map((event) => logRecord(payload, event)),
      },
    ],
  }
}

/** That there was a beacon: `seq` tells of one that is missing, `dropped` of what was lost before it. */
const beaconEvent = ({ session, view, beacon: { id, seq, reason, dropped } }: Payload): LogEvent => ({
  name: 'crum.beacon',
  key: 'beacon',
  attributes: {
    ...{ 'crum.beacon.id': id, 'crum.beacon.seq': whole(seq), 'crum.beacon.reason': reason },
    'crum.beacon.dropped': dropped,
    'crum.session.duration': whole(session?.duration),
    ...under('crum.view', { referrer: view.referer, visibility: view.visibility }),
  },
})

/** The values of `view` that are no lists and no part of its identity, and `audits`. */
const valueEvents = ({ view, audits }: Payload): LogEvent[] => {
  const values = Object.entries(view).filter(([name, value]) => !identityFields.includes(name) && !Array.isArray(value))
  return [...values, ...(audits ? [['audits', audits] as const] : [])].map(([field, value]) => {
    const name = `crum.${snakeCase(field)}`
    const parts = Object(value) === value ? (value as object) : { value }
    return { name, key: field, attributes: under(name, parts) }
  })
}

const severityNumbers = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 }

const logRecord = (payload: Payload, event: LogEvent): LogRecord => {
  const { session, view, beacon } = payload
  const { name, key, startTime, severity = 'INFO', body, attributes } = event
  return {
    timeUnixNano: nanoseconds(startTime === undefined ? session.lastLoop : timeOriginOf(payload) + startTime),
    severityNumber: severityNumbers[severity],
    severityText: severity,
    eventName: name,
    ...(body !== undefined && { body: anyValue(body) }),
    attributes: keyValues({
      'log.record.uid': `${beacon.id}/${key}`,
      'browser.document.url.full': view.href,
      'crum.view.id': view.id,
      ...attributes,
    }),
  }
}

/** From where times in lists count. A view that began later than its page tells it. */
const timeOriginOf = ({ view }: Payload) => view.timeOrigin ?? view.startTime

/** Epoch ms as nanoseconds: more digits than a number has. */
const nanoseconds = (ms: number) => `${Math.round(ms * 1000)}000`
