/** Node wants the file's name, and the package's types have only the folder's. */
declare module 'selenium-webdriver/http/index.js' {
  export { Executor, HttpClient } from 'selenium-webdriver/http'
}
