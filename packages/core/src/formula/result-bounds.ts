import { maxCellBytes } from '../values/cell-bounds.ts'

/** The longest text that a function gives, in bytes of UTF-8; longer is `#VALUE!`. */
export const textBound = maxCellBytes

/** The most elements of a list; more is `#VALUE!`. */
export const listBound = 10_000

/** The longest text that pattern functions read, in code points; longer is `#VALUE!`. */
export const patternTextBound = 100_000

/** The longest text in which patterns are replaced, in code points: each match begins a new search. */
export const replaceTextBound = 10_000
