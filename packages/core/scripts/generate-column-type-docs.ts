import { writeFile } from 'node:fs/promises'
import { columnTypePage } from '../src/values/testing/column-type-page.ts'

await writeFile(new URL('../../../docs/column-types.md', import.meta.url), columnTypePage())
