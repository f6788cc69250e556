import { writeFile } from 'node:fs/promises'
import { formulaPage } from '../src/formula/testing/formula-page.ts'

await writeFile(new URL('../../../docs/formulas.md', import.meta.url), formulaPage())
