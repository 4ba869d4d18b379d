/** RxJS's test scheduler beside the build that ships, which is the one under test; its types are the public ones. */
declare module '*/rxjs/dist/esm/testing/index.js' {
  export * from 'rxjs/testing'
}

/** That build itself, where another one has the name. */
declare module '*/rxjs/dist/esm/index.js' {
  export * from 'rxjs'
}

/** Where its timers come from. */
declare module '*/rxjs/dist/esm/internal/scheduler/intervalProvider.js' {
  export const intervalProvider: {
    delegate: { setInterval(tick: () => void, rate?: number): number; clearInterval(handle: number): void }
  }
}
