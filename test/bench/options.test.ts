import { describe, expect, test } from 'vitest'
import { readOptions } from '../../bench/options.ts'

const read = (...args: string[]) => readOptions(args, '/dist/crum.js')

test('measure everything but Lighthouse, of all peers and the build, where nothing is said', () => {
  expect(read()).toEqual({
    commands: ['startup', 'app', 'heap', 'events', 'idle', 'wire'],
    builds: [{ name: 'ours', path: '/dist/crum.js' }],
    peers: ['web-vitals', 'elastic', 'datadog'],
    settings: {},
    strict: false,
  })
})

test('take commands in the order given', () => {
  expect(read('wire', 'startup').commands).toEqual(['wire', 'startup'])
})

test('take several builds instead of the one', () => {
  expect(read('--subject', 'a=/x.js', '--subject=b=./y=z.js').builds).toEqual([
    { name: 'a', path: '/x.js' },
    { name: 'b', path: './y=z.js' },
  ])
})

test('take peers, settings, rounds, strictness', () => {
  const args = ['--subjects', 'elastic,datadog', '--crum', '{"samplingRate":3000}', '--rounds', '3', '--strict']

  expect(read(...args)).toMatchObject({
    peers: ['elastic', 'datadog'],
    settings: { samplingRate: 3000 },
    rounds: 3,
    strict: true,
  })
})

test('take no peer at all', () => {
  expect(read('--subjects=').peers).toEqual([])
})

describe('name what was given, and what was expected:', () => {
  test.for([
    [['strtup'], "'strtup' is no measurement; expected one of startup, app, "],
    [['--round', '3'], '--round is no option; expected one of --rounds, --subject, --subjects, --crum, --strict'],
    [['--rounds', '0'], "--rounds got '0'; expected a whole number from 1 to 9999"],
    [['--rounds', '2.5'], "--rounds got '2.5'; expected a whole number"],
    [['--rounds'], '--rounds got nothing; expected a whole number'],
    [['--subject', 'x.js'], "--subject got 'x.js'; expected name=/path/to/crum.js"],
    [['--subject'], '--subject got nothing; expected name=/path/to/crum.js'],
    [['--subject', 'elastic=/x.js'], "--subject got the name 'elastic'; expected one that no peer has"],
    [['--subject', 'a=/x.js', '--subject', 'a=/y.js'], "--subject got the name 'a' twice; expected another name"],
    [
      ['--subjects', 'elastic,sentry'],
      "--subjects got 'elastic,sentry'; expected some of web-vitals, elastic, datadog",
    ],
    [['--subjects'], '--subjects got nothing; expected some of'],
    [
      ['--crum', '{samplingRate:3000}'],
      "--crum got '{samplingRate:3000}'; expected the settings of crum as a JSON object",
    ],
    [['--crum', '[1]'], "--crum got '[1]'; expected the settings"],
    [['--strict=yes'], "--strict got 'yes'; expected no value"],
  ] as const)('%j', ([args, message]) => {
    expect(() => read(...args)).toThrow(message)
  })

  test('with the usage below', () => {
    expect(() => read('--foo')).toThrow(/\n\nUsage: npm run bench -- /)
  })
})
