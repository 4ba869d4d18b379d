/** Samples so long that what a dying browser leaves is in its outbox only. */
export const slowly = { samplingRate: 1500 }
