/** RxJS's test scheduler beside the build that ships, which is the one under test; its types are the public ones. */
declare module '*/rxjs/dist/esm/testing/index.js' {
  export * from 'rxjs/testing'
}
