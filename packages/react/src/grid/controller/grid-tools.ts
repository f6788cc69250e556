// What only a grid that is worked in needs: loaded when it is first used.
export { fillCells, fillToNeighbour, fillWithin } from './fill-cells.ts'
export { searchCells, stepToMatch } from './find-cells.ts'
export { fittingWidth } from './fitting-width.ts'
export { pasteCells } from './paste-cells.ts'
