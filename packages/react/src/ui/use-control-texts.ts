import { dialogTexts } from '../provider/dialog-texts.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { addTexts, type Translate } from '../provider/translator.ts'

// Controls may stand where only the grid's texts are: in a host's own cell or editor.
addTexts(dialogTexts)

/** The texts of controls, which come with them. */
export function useControlTexts(): Translate {
  return useOpsContext().translate
}
