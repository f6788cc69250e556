/*
 * What each method of an org takes, as zod schemas: for servers, command lines and tools that get inputs as JSON. The
 * methods check their inputs themselves; nothing here is needed to call them.
 */
export { checkInput } from '../errors/check-input.ts'
export { budgetInputs, cellInputs } from './cell-inputs.ts'
export { changeInputs, historyInputs, liveInputs, undoOperationInput } from './change-inputs.ts'
export { columnInputs } from './column-inputs.ts'
export { callInputs, connectionInputs, pluginInputs } from './connection-inputs.ts'
export { formulaInputs } from './formula-inputs.ts'
export { importInputs } from './import-inputs.ts'
export {
  advisorInputs,
  auditInputs,
  exportInput,
  keyInputs,
  purgeInput,
  runInputs,
  settingsInputs,
} from './org-inputs.ts'
export { rowInputs } from './row-inputs.ts'
export { tableInputs } from './table-inputs.ts'
export { viewInputs } from './view-inputs.ts'
export { actionInputs, scheduleInputs, sourceInputs } from './work-inputs.ts'
