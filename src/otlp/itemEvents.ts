import type { Action, ConsoleCall, PageError, PageEvent, Payload, Resource } from '../payload/payload.ts'
import { whole } from './anyValue.ts'
import type { LogEvent, Severity } from './logEvent.ts'
import { snakeCase, under } from './named.ts'

type Event = Omit<LogEvent, 'key' | 'startTime'>
type Item = { startTime?: number; timeStamp?: number }

/** The lists of `view`, item by item; one that is not known here is told under its own name. */
export const itemEvents = ({ view }: Payload): LogEvent[] =>
  Object.entries(view)
    .filter((entry): entry is [string, Item[]] => Array.isArray(entry[1]))
    .flatMap(([list, items]) =>
      items.map((item, at): LogEvent => {
        const { startTime, timeStamp = startTime } = Object(item) as Item
        return { ...eventOf(list, item), key: `view.${list}[${at}]`, startTime: timeStamp }
      }),
    )

const eventOf = (list: string, item: Item): Event => {
  const known = events[list]
  if (known) return known(item as never)
  const name = `crum.${names[list] ?? snakeCase(list)}`
  const { startTime, timeStamp, ...rest } = Object(item) === item ? item : { value: item }
  return { name, attributes: under(name, rest) }
}

/** What one item is called. */
const names: Record<string, string> = {
  longTasks: 'long_task',
  longAnimationFrames: 'long_animation_frame',
  marks: 'mark',
  fps: 'frame_rate',
}

const resource = ({ name, startTime, responseStatus, nextHopProtocol, ...rest }: Resource): Event => {
  const { encodedBodySize, transferSize, entryType, ...more } = rest
  const version = /^h(?:ttp\/)?(\d.*)/.exec(`${nextHopProtocol}`)?.[1]
  return {
    name: 'crum.resource',
    attributes: {
      'url.full': name,
      // 0: the browser does not tell
      'http.response.status_code': whole(responseStatus || undefined),
      'http.response.body.size': whole(encodedBodySize),
      'http.response.size': whole(transferSize),
      'network.protocol.name': version && 'http',
      'network.protocol.version': version,
      ...under('crum.resource', more),
    },
  }
}

/** Not `error`: terser takes that for another function's, and leaves it out. */
const pageError = ({ type, message, stack, source, line, column, timeStamp, ...rest }: PageError): Event => {
  const own = { 'crum.error.type': type, ...under('crum.error', rest) }
  const severity = 'ERROR'
  if (type === 'resource' || type === 'csp')
    return { name: 'crum.error', severity, body: message, attributes: { ...own, 'url.full': source } }
  return {
    name: 'exception',
    severity,
    body: message,
    attributes: {
      'exception.type': typeIn(stack) ?? typeIn(message),
      'exception.message': message,
      'exception.stacktrace': stack,
      'code.file.path': source,
      'code.line.number': whole(line || undefined),
      'code.column.number': whole(column || undefined),
      ...own,
    },
  }
}

/** The class of an error, with which V8 begins a stack, and every browser what it says of an error that nobody has caught. */
const typeIn = (text: string) => /^(?:Uncaught )?(?:\(in promise\) )?(\w*(?:Error|Exception))(?=:|\n|$)/.exec(text)?.[1]

const severities: Record<ConsoleCall['type'], Severity> = { error: 'ERROR', warn: 'WARN', debug: 'DEBUG' }

const consoleCall = ({ type, value }: ConsoleCall): Event => ({
  name: 'crum.console',
  severity: severities[type],
  body: Object.values(value)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(' '),
  attributes: { 'crum.console.type': type, 'crum.console.arguments': Object.values(value) },
})

const action = ({ name, timeStamp, ...rest }: Action): Event => ({
  name: 'app.widget.click',
  body: name,
  attributes: { 'app.widget.id': name, ...under('crum.action', rest) },
})

const pageEvent = ({ timeStamp, ...rest }: PageEvent): Event => {
  const [[name, context] = ['', {}]] = Object.entries(rest)
  return {
    name: 'crum.event',
    body: name,
    attributes: { 'crum.event.name': name, 'crum.event.context': context },
  }
}

/** Items that OpenTelemetry has names for, or of which there is more to tell. */
const events: Record<string, (item: never) => Event> = {
  resources: resource,
  errors: pageError,
  console: consoleCall,
  actions: action,
  events: pageEvent,
}
