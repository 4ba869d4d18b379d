/**
 * Stands in for `tslib` in the drop-in script. RxJS needs these four only to read async iterables and streams, which
 * nothing in the script gives it; they would be half a kilobyte of it.
 */
const unsupported = (): never => {
  throw TypeError('an async iterable was given, expected an Observable, a promise or an array')
}

export {
  unsupported as __asyncGenerator,
  unsupported as __asyncValues,
  unsupported as __await,
  unsupported as __awaiter,
}
