/** Says below an editor why its text cannot be read. */
export function Refusal({ id, text }: { readonly id: string; readonly text: string | null }) {
  return text === null ? null : (
    <div className="ops-refusal" id={id} role="alert">
      {text}
    </div>
  )
}
