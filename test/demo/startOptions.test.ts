import { expect, it } from 'vitest'
import { startOptions } from '../../demo/startOptions.ts'

const read = (args: string[], env = {}) => startOptions(args, env, '/root')

it('has a place for everything where nothing is said', () => {
  expect(read([])).toMatchObject({
    ...{ port: 8080, host: '127.0.0.1', hosts: [], token: undefined, store: '/root/.crum/crum.db', dist: '/root/dist' },
    ...{ maxSize: 2 ** 30, maxAge: 30 * 86_400_000, verbose: false },
  })
})

it('reads sizes, times, names, and the port of the environment', () => {
  const given = ['--max-size=8GiB', '--max-age=12h', '--allowed-host=a.example', '--allowed-host', 'b.example']
  expect(read(given, { PORT: '81' })).toMatchObject({
    ...{ port: 81, maxSize: 8 * 2 ** 30, maxAge: 43_200_000, hosts: ['a.example', 'b.example'] },
  })
})

it.each([
  ['http://localhost:4318', 'http://localhost:4318/v1/logs'],
  ['https://otel.example/team/', 'https://otel.example/team/v1/logs'],
  ['https://otel.example/v1/logs', 'https://otel.example/v1/logs'],
])('takes the collector of %s to listen at %s', (given, url) => {
  expect(read(['--otlp', given]).otlp).toEqual({ url, headers: {} })
})

it('reads headers for the collector where OpenTelemetry has them', () => {
  const env = { OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20a=b, x-tenant = shop' }
  const { otlp } = read(['--otlp', 'http://localhost:4318'], env)
  expect(otlp?.headers).toEqual({ authorization: 'Bearer a=b', 'x-tenant': 'shop' })
})

it.each([
  [['--port', 'http'], {}, "--port takes a port, a whole number from 0 (any free one) to 65535; got 'http'"],
  [['--port', '65536'], {}, "got '65536'"],
  [['--port=-1'], {}, "got '-1'"],
  [[], { PORT: '80.5' }, "PORT takes a port, a whole number from 0 (any free one) to 65535; got '80.5'"],
  [['--prot', '80'], {}, "Unknown option '--prot'"],
  [['--max-size', '5'], {}, "--max-size takes a size, as 500MiB or 8GiB; got '5'"],
  [['--max-size', '0GiB'], {}, "got '0GiB'"],
  [['--max-age', '3toString'], {}, "--max-age takes a time, as 12h or 30d; got '3toString'"],
  [['--token', 'short'], {}, '--token takes 16 to 200 letters'],
  [['--otlp', 'localhost:4318'], {}, "--otlp takes the address of a collector, as http://localhost:4318; got 'loc"],
  [['--otlp', 'http://a:b@c'], {}, '--otlp takes the address of a collector'],
  [['--otlp', 'http://c'], { OTEL_EXPORTER_OTLP_HEADERS: 'a b=c' }, 'OTEL_EXPORTER_OTLP_HEADERS takes name=value'],
])('names what makes no sense: %j %j', (args, env, reason) => {
  expect(() => read(args, env)).toThrow(reason)
})
