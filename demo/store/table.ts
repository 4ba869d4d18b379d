import type Database from 'libsql'

/** What changes in a row of a table: now and then, and each time. */
export interface Changing<T> {
  sometimes?: (keyof T & string)[]
  always: (keyof T & string)[]
}

/** Reads and writes rows of a table with a number `n` and a name. The fewer columns are written, the less it costs. */
export function table<T>(db: Database.Database, name: string, key: keyof T & string, changing: Changing<T>) {
  const columns = (db.prepare(`SELECT name FROM pragma_table_info('${name}')`).raw().all() as [string][]).map(
    ([column]) => column as keyof T & string,
  )
  const number = columns.includes('n' as keyof T & string) ? ('n' as keyof T & string) : key
  const byKey = db.prepare(`SELECT * FROM ${name} WHERE ${key} = ?`).raw()
  const byNumber = db.prepare(`SELECT * FROM ${name} WHERE ${number} = ?`).raw()
  const any = db.prepare(`SELECT * FROM ${name} LIMIT 1`).raw()
  const insert = db.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?')})`)
  const update = (changed: (keyof T & string)[]) => {
    const statement = db.prepare(`UPDATE ${name} SET ${changed.map((column) => `${column} = ?`)} WHERE ${number} = ?`)
    return (row: T): void => void statement.run([...changed, number].map((column) => row[column]))
  }
  const read = (values: unknown): T | undefined =>
    values ? (Object.fromEntries(columns.map((column, n) => [column, (values as unknown[])[n]])) as T) : undefined

  return {
    find: (value: string | number): T | undefined => read(byKey.get([value])),
    at: (n: number): T | undefined => read(byNumber.get([n])),
    first: (): T => read(any.get()) as T,
    add: (row: T): void => void insert.run(columns.map((column) => row[column])),
    save: update(changing.always),
    saveAll: update([...changing.always, ...(changing.sometimes ?? [])]),
  }
}
