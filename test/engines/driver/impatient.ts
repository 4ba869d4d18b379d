import type { Command, Executor } from 'selenium-webdriver/lib/command.js'

/** More than the slowest command may take: a page that loads has 30 s, a script 8 s. */
const patience = 45_000

/** Gives each command a time for its answer. When there is none, `onSilence` is called and the command fails. */
export const impatient = (executor: Executor, onSilence: () => void): Executor => ({
  execute: async (command: Command) => {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        onSilence()
        reject(new Error(`the browser was expected to answer ${command.getName()} within ${patience / 1000} s`))
      }, patience)
    })
    try {
      return await Promise.race([executor.execute(command), silence])
    } finally {
      clearTimeout(timer)
    }
  },
})
