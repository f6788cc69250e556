import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files by how long they tend to run: browsers, then databases, then what needs neither. The last ones are to end together. */
const folders = ['/tests/e2e/', '/tests/flows/', '/tests/']

/** Vitest's own order, by size, knows nothing of what a short file starts; a fresh clone has no times of former runs. */
export default class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = folders.findIndex((folder) => moduleId.includes(folder))
  return place === -1 ? folders.length : place
}
