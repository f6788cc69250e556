import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { columnTypePage } from './testing/column-type-page.ts'

test('docs/column-types.md is up to date; run packages/core/scripts/generate-column-type-docs.ts', async () => {
  const page = await readFile(new URL('../../../../docs/column-types.md', import.meta.url), 'utf8')
  expect(page).toBe(columnTypePage())
})
