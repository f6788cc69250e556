import { describe, expect, it } from 'vitest'
import { parseHtmlTable } from './clipboard-html.ts'
import { buildHtmlTable } from './html-table.ts'
import { maxPasteCells } from './paste-bounds.ts'

describe('HTML of the clipboard', () => {
  it('reads what Excel writes', () => {
    const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso:1}</style></head><body>
      <!--StartFragment--><table border=0><col width=64><tr height=20><td class=xl65>Name</td><td x:num="5">5</td></tr>
      <tr><td>A&amp;B<br>second</td><td>&nbsp;1 234,5&#8364;</td></tr><!--EndFragment--></table></body></html>`
    expect(parseHtmlTable(html)).toEqual([
      ['Name', '5'],
      ['A&B\nsecond', '1 234,5€'],
    ])
  })

  it('reads what Google Sheets writes, cells without end tags included', () => {
    const html = `<google-sheets-html-origin><style type="text/css">td {border: 1px}</style><table><tbody>
      <tr><td style="a:b" data-sheets-value='{"1":2,"2":">x"}'>x<td>y<tr><td>z<td></table>`
    expect(parseHtmlTable(html)).toEqual([
      ['x', 'y'],
      ['z', ''],
    ])
  })

  it('leaves room for cells that span', () => {
    const html =
      '<table><tr><td rowspan=2>a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>'
    expect(parseHtmlTable(html)).toEqual([['a', 'b', ''], ['', 'c', 'd'], ['e']])
  })

  it('takes scripts, styles, comments and handlers as nothing at all', () => {
    const html = `<table><tr><td>ok<script>alert("<td>no</td>")</script><style>x{}</style><!-- <td>no</td> --></td>
      <td><img src=x onerror="alert('>')">shown</td></tr></table>`
    expect(parseHtmlTable(html)).toEqual([['ok', 'shown']])
  })

  it('keeps text that looks like markup as text', () => {
    const cells = [['<b>&"bold"</b>', '=1+1', "a'b", 'two\nlines']]
    expect(parseHtmlTable(buildHtmlTable(cells))).toEqual(cells)
  })

  it('says when there is no table', () => {
    expect(parseHtmlTable('<p>hello</p>')).toBeNull()
    expect(parseHtmlTable('')).toBeNull()
  })

  it('reads little more than may be pasted, however many cells are spanned', () => {
    const rows = '<tr><td colspan=1000 rowspan=1000>x</td></tr>'.repeat(2_000)
    const cells = parseHtmlTable(`<table>${rows}</table>`)?.reduce((sum, line) => sum + line.length, 0) ?? 0
    expect(cells).toBeGreaterThan(maxPasteCells)
    expect(cells).toBeLessThan(2 * maxPasteCells)
  })

  it('stays quick with hostile input', () => {
    const before = performance.now()
    parseHtmlTable(`<table><tr><td ${'a="'.repeat(50_000)}`)
    parseHtmlTable('<table>'.repeat(50_000))
    parseHtmlTable(`<table><tr>${'<td>x'.repeat(100_000)}`)
    parseHtmlTable(`<table>${'<script>'.repeat(20_000)}`)
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
