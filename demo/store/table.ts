import type Database from 'libsql'

/** Reads and writes whole rows of a table with a number `n` and a name. What is `fixed` never changes in a row. */
export function table<T>(db: Database.Database, name: string, key: keyof T & string, fixed: (keyof T & string)[]) {
  const columns = (db.prepare(`SELECT name FROM pragma_table_info('${name}')`).raw().all() as [string][]).map(
    ([column]) => column as keyof T & string,
  )
  const changing = columns.filter((column) => column !== 'n' && !fixed.includes(column))
  const number = columns.includes('n' as keyof T & string) ? ('n' as keyof T & string) : key
  const byKey = db.prepare(`SELECT * FROM ${name} WHERE ${key} = ?`).raw()
  const byNumber = db.prepare(`SELECT * FROM ${name} WHERE ${number} = ?`).raw()
  const any = db.prepare(`SELECT * FROM ${name} LIMIT 1`).raw()
  const insert = db.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?')})`)
  const update = db.prepare(`UPDATE ${name} SET ${changing.map((column) => `${column} = ?`)} WHERE ${number} = ?`)
  const read = (values: unknown): T | undefined =>
    values ? (Object.fromEntries(columns.map((column, n) => [column, (values as unknown[])[n]])) as T) : undefined

  return {
    find: (value: string | number): T | undefined => read(byKey.get([value])),
    at: (n: number): T | undefined => read(byNumber.get([n])),
    first: (): T => read(any.get()) as T,
    add: (row: T): void => void insert.run(columns.map((column) => row[column])),
    save: (row: T): void => void update.run([...changing, number].map((column) => row[column])),
  }
}
