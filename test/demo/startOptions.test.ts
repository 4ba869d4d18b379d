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
  [['--port', 'http'], {}, "--port takes a port, a whole number from 0 (any free one) to 65535; got 'http'"],
  [['--port', '65536'], {}, "got '65536'"],
  [['--port=-1'], {}, "got '-1'"],
  [[], { PORT: '80.5' }, "PORT takes a port, a whole number from 0 (any free one) to 65535; got '80.5'"],
  [['--prot', '80'], {}, "Unknown option '--prot'"],
  [['--max-size', '5'], {}, "--max-size takes a size, as 500MiB or 8GiB; got '5'"],
  [['--max-size', '0GiB'], {}, "got '0GiB'"],
  [['--max-age', '3toString'], {}, "--max-age takes a time, as 12h or 30d; got '3toString'"],
  [['--token', 'short'], {}, '--token takes 16 to 200 letters'],
])('names what makes no sense: %j %j', (args, env, reason) => {
  expect(() => read(args, env)).toThrow(reason)
})
