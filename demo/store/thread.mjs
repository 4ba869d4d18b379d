import { register } from 'tsx/esm/api'

// a thread does not take over how its parent reads TypeScript
register()

const { default: answer } = await import('./thread.ts')

export default answer
