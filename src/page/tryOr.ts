/** What `action` returns, `undefined` where it throws: for what the page may have blocked, broken or booby-trapped. */
export const tryOr = <T>(action: () => T): T | undefined => {
  try {
    return action()
  } catch {
    return undefined
  }
}
