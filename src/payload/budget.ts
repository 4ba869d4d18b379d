/** Bounds of a copied value: how deep, how many items or keys at each level, characters of a name, of one text and of all, ms, ms of one value. */
export const limit = { depth: 6, items: 50, name: 50, text: 2_000, total: 8_000, time: 50, stall: 20 }

/** What is left of the bounds. */
export interface Budget {
  left: number
  /** ms */
  spent: number
  /** When it was looked at last. */
  last: number
}

/** As it was when the client came: a page may replace it later. */
const { now } = Date

/** A value costs four characters even where it has none. */
const valueCost = 4

export const newBudget = (): Budget => ({ left: limit.total + valueCost, spent: 0, last: now() })

/** Takes one more value from what is left. */
export const spend = (budget: Budget): void => {
  budget.left -= valueCost
  // a few values are never cut by time
  if (limit.total - budget.left <= limit.items * 2) return
  const time = now()
  // a busy machine may let a page wait in between: that counts for no more than this
  budget.spent += Math.min(time - budget.last, limit.stall)
  budget.last = time
  if (budget.spent > limit.time) budget.left = 0
}
