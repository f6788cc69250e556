/** Editors that are more than a field: they come with the tools of the grid, or when the first of them opens. */
export { DateEditor } from './date-editor.tsx'
export { OptionEditor, TagsEditor } from './option-editor.tsx'
export { RatingEditor } from './rating-editor.tsx'
