/** What only DevTools need. For the script this is a file of its own, `crum.debug.js`. */
export { consoleLog } from './consoleLog.ts'
export { equip } from './equip.ts'
