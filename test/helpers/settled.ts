/** Later than all that is under way: promises, and the tasks of fake-indexeddb. For what knows no virtual time. */
export const settled = async (tasks = 50): Promise<void> => {
  for (let at = 0; at < tasks; at++) await new Promise((resolve) => setImmediate(resolve))
}
