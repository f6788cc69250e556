import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { formulaPage } from './testing/formula-page.ts'

test('docs/formulas.md is up to date; run packages/core/scripts/generate-formula-docs.ts', async () => {
  const page = await readFile(new URL('../../../../docs/formulas.md', import.meta.url), 'utf8')
  expect(page).toBe(formulaPage())
})
