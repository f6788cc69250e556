/** A page that shows every picture, a row for each screen. */
export function indexPage(names: readonly string[], variants: readonly string[]): string {
  const rows = names.map((name) => {
    const pictures = variants.map((variant) => {
      const file = `${name}-${variant}.png`
      return `<td><a href="${file}"><img src="${file}" alt="${name}, ${variant}" loading="lazy"></a></td>`
    })
    return `<tr><th scope="row">${name}</th>${pictures.join('')}</tr>`
  })
  const head = variants.map((variant) => `<th scope="col">${variant}</th>`).join('')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens</title>
<style>
  body { font: 14px system-ui, sans-serif; margin: 16px; background: #8a8a92 }
  img { height: 300px; display: block }
  th { text-align: start; vertical-align: top; padding: 8px }
  thead th { position: sticky; top: 0; background: #8a8a92 }
</style>
<table><thead><tr><th></th>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</html>
`
}
