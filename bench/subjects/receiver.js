/** Where a peer sends to: the origin that its script came from. */
export const receiver = new URL(document.currentScript.src).origin
