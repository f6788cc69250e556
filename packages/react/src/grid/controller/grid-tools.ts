import { lateGridTexts } from '../../provider/late-grid-texts.ts'
import { addTexts } from '../../provider/translator.ts'

// What only a grid that is worked in needs: loaded when it is first used.
export { fillCells, lineOfNeighbour } from './fill-cells.ts'
export { searchCells, stepToMatch } from './find-cells.ts'
export { fittingWidth } from './fitting-width.ts'
export { pasteCells } from './paste-cells.ts'

addTexts(lateGridTexts)
