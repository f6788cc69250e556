// What pasting and filling need and a grid that is only read does not: loaded when the grid is first used.
export { parseHtmlTable } from './clipboard-html.ts'
export { parseTsv } from './clipboard-text.ts'
export { fillSeries } from './fill-series.ts'
export { pasteArea, planPaste } from './paste-plan.ts'
