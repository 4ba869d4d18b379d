import { runInNewContext } from 'node:vm'

/**
 * Runs a function as a script that is ended in its midst once it calls `stick`: no `catch` and no `finally` of it runs, as when
 * Firefox ends the script of a tab that is closed.
 */
export const endedScript = (script: () => void): void => {
  try {
    runInNewContext('script()', { script }, { timeout: 10 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
  }
}

/** Never comes back. */
export const stick = (): never => {
  for (;;);
}
