import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Names of components that React has rendered since the last look. */
    rendered: string[]
  }
}

/** The part of React's inner tree that tells what a commit rendered. */
interface Fiber {
  readonly type: unknown
  readonly flags: number
  readonly child: Fiber | null
  readonly sibling: Fiber | null
}

/** Writes down what React renders, as its developer tools do. To be called before the page loads. */
export async function watchRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const performedWork = 1
    let before = new Set<Fiber>()
    window.rendered = []
    const nameOf = (type: unknown): string => {
      if (typeof type === 'function') return type.name
      return typeof type === 'object' && type !== null && 'type' in type ? nameOf(type.type) : ''
    }
    const onCommitFiberRoot = (_id: number, root: { readonly current: Fiber }) => {
      const now = new Set<Fiber>()
      const walk = (fiber: Fiber | null) => {
        for (let at = fiber; at !== null; at = at.sibling) {
          now.add(at)
          const name = nameOf(at.type)
          // A node that was there before was not touched by this commit.
          if (name !== '' && !before.has(at) && (at.flags & performedWork) !== 0) window.rendered.push(name)
          walk(at.child)
        }
      }
      walk(root.current)
      before = now
    }
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        isDisabled: false,
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberRoot,
        onCommitFiberUnmount: () => {},
        onPostCommitFiberRoot: () => {},
      },
    })
  })
}

/** The components that React rendered while something was done, each once. */
export async function renderedBy(page: Page, act: () => Promise<void>): Promise<readonly string[]> {
  await page.evaluate(() => {
    window.rendered = []
  })
  await act()
  // Later work, such as that of a grid that has come to rest, counts too.
  await page.waitForTimeout(300)
  return await page.evaluate(() => [...new Set(window.rendered)].toSorted())
}
