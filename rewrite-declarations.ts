import { globSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Runs in a package after `tsc` and lets its declarations name `.js` files, which exist once published. TypeScript copies
 * the `.ts` of our relative imports, which its newer versions follow and other tools do not.
 */
for (const path of globSync('dist/**/*.d.ts')) {
  const declarations = readFileSync(path, 'utf8')
  const relativeImport = /(\b(?:from|import)\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+)\.tsx?\2/g
  writeFileSync(path, declarations.replace(relativeImport, '$1$2$3.js$2'))
}
