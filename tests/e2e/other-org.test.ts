import { join } from 'node:path'
import { it } from 'vitest'
import { describeScenes } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'), { development: true })

it('shows nothing of an org once its host has gone to another one', async () => {
  await using scene = await openScene('scene=orgs', {}, 'p')
  await scene.page.getByText('Leads of Acme').waitFor()
  await scene.page.getByRole('button', { name: 'Another org' }).click()
  await scene.page.getByText('Being read').waitFor()
})
