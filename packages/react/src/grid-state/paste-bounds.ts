/** More are a file to be imported: read here, they would hold the page up. */
export const maxPasteCells = 100_000
