import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { columnTypeDocs, columnTypePage } from '../../scripts/generate-column-type-docs.ts'

test('docs/column-types.md is up to date; run packages/core/scripts/generate-column-type-docs.ts', async () => {
  expect(await readFile(columnTypeDocs, 'utf8')).toBe(columnTypePage())
})
