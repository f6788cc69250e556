import { EditorPopup } from './editor-popup.tsx'

/** Says below an editor why its text cannot be read. */
export function Refusal({ id, text }: { readonly id: string; readonly text: string | null }) {
  return text === null ? null : (
    <EditorPopup className="ops-refusal">
      <div id={id} role="alert">
        {text}
      </div>
    </EditorPopup>
  )
}
