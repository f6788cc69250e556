const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Chinese, Japanese and Korean characters, full-width forms and emoji take two columns of a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1
  return width
}

/** The text on one line in exactly `width` columns: cut with “…”, or filled up with spaces. */
export function fitText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const line = truncate(text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim(), width)
  const space = ' '.repeat(width - displayWidth(line))
  return align === 'left' ? line + space : space + line
}

function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (displayWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}
