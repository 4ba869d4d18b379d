/** What `action` returns, or `otherwise` if it throws: for what the page may have blocked, broken or booby-trapped. */
export const tryOr = <T>(action: () => T, otherwise: T): T => {
  try {
    return action()
  } catch {
    return otherwise
  }
}
