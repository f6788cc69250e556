import type { Dialogs } from '../data/registries.ts'

/** Our own dialogs by id, each in a chunk of its own that is loaded when it is first opened. */
export const builtInDialogs: Dialogs = {}
