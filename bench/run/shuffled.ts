/** The same items in an order of chance; each order is as likely as any other. */
export function shuffled<T>(items: T[], random: () => number = Math.random): T[] {
  const rest = [...items]
  return items.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0] as T)
}
