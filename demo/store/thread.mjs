import { register } from 'tsx/esm/api'

// a thread does not take over how its parent reads TypeScript
register()
const questions = await import('./questions.ts')

/** Answers one question. */
export default ({ name, asked }) => questions[name](asked)
