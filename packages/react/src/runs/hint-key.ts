import { runsTexts } from '../provider/runs-texts.ts'
import type { TextKey } from '../provider/texts.ts'

/** The text that says what to do about a code that a cell or row has failed with; undefined where nothing helps in general. */
export function hintKey(code: string): TextKey | undefined {
  const isStatus = /^[45]\d\d$/.test(code)
  return [`hint.${code}`, ...(isStatus ? [`hint.${code[0]}xx`] : [])].find(isHint)
}

function isHint(key: string): key is TextKey & keyof typeof runsTexts {
  return Object.hasOwn(runsTexts, key)
}
