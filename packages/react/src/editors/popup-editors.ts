/** Editors that are more than a field, which a grid loads once it stands. */
export { OptionEditor, TagsEditor } from './option-editor.tsx'
export { RatingEditor } from './rating-editor.tsx'
