// What only a grid that is worked in needs: loaded when it is first used.
export { dropMark } from '../drop-mark.ts'
export { fillCells, fillToNeighbour, fillWithin } from './fill-cells.ts'
export { searchCells, stepToMatch } from './find-cells.ts'
export { fittingWidth } from './fitting-width.ts'
export { openLateRow } from './late-row.ts'
export { pasteCells } from './paste-cells.ts'
export { rowsInRanges } from './rows-in-ranges.ts'
