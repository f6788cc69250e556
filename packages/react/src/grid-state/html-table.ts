import type { TextMatrix } from './clipboard-text.ts'

/** Cells as an HTML table, for spreadsheets and mail. */
export function buildHtmlTable(lines: TextMatrix): string {
  const rows = lines.map((line) => `<tr>${line.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`)
  return `<table>${rows.join('')}</table>`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br>')
}
