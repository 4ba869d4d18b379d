import { expect, test } from 'vitest'
import { consoleLog } from '../../src/devtools/consoleLog'
import { equip } from '../../src/devtools/equip'
import * as tools from '../../src/devtools/tools'

test('the tools are what the script looks for in crum.debug.js', () => {
  expect({ ...tools }).toEqual({ consoleLog, equip })
})
