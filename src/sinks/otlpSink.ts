import { map } from 'rxjs'
import type { Attributes } from '../otlp/anyValue.ts'
import { keepingSink } from './delivery/keepingSink.ts'
import { logsInit, postLogs } from './delivery/postLogs.ts'
import type { Delivery, Sink } from './sink.ts'

/** Where log records go, and what goes with them. */
export interface OtlpOptions {
  /** The endpoint for logs: `https://collector.example/v1/logs`. Default: the setting `endpoint`. */
  url?: string | undefined
  /** Sent with each request: `{ authorization: 'Bearer …' }`. Another origin has to allow each of them. */
  headers?: Record<string, string> | undefined
  /** Attributes of the resource, which win over labels: `{ 'service.name': 'shop' }`. */
  resource?: Attributes | undefined
}

/**
 * Sends each payload as OTLP log records to an OpenTelemetry Collector, or whatever else takes OTLP over HTTP, until it
 * acknowledges them, and emits the outcome. Keeps, tries again and recovers as `beaconSink` does, in the same outbox; beside
 * that sink each acknowledges for itself. A record that arrives twice has the same `log.record.uid`.
 */
export const otlpSink = ({ url, headers, resource }: OtlpOptions = {}): Sink => {
  const sink = keepingSink((scope, addressOf) => {
    const endpoint = url ? scope.absolute(url) : scope.settings.endpoint
    const to = { endpoint, headers, resource }
    return { endpoint, request: postLogs(scope, to, addressOf), init: logsInit(to), mark: markOf(endpoint) }
  })
  const unmarked: Sink = (payload$, scope) => sink(payload$, scope).pipe(map(withoutMark))
  return Object.assign(unmarked, { forget: sink.forget, url })
}

/** Other sinks of the origin keep the same beacons. */
const markOf = (endpoint: string) => ` ${endpoint.replaceAll('-', '_')}`

const withoutMark = ({ id, ...delivery }: Delivery): Delivery => ({
  ...delivery,
  ...(id && { id: `${id.split(' ')[0]}` }),
})
